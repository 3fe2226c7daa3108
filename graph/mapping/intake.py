"""Takes tables into the graph by a mapping: all that it says of them, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from graph.database import Database
from graph.errors import Conflict
from graph.load import LoadReport, judged, take_in
from graph.mapping.columns import Mapping
from graph.mapping.follow import Followed, follow_mapping
from graph.slices.verdict import Judge, judge_change
from graph.store import Store
from graph.tables.faults import Fault, TableRefused, errors
from graph.tables.judging import faults_of
from graph.validate import Finding, Refused


def import_mapped(
    database: Database, mapping: Mapping, files: Sequence[Path], *, author: str, reason: str
) -> tuple[LoadReport, tuple[Fault, ...]]:
    """Replace the graph of a mapping by what it says of files, and give the warnings as well.

    It is one transaction. Raises what `follow_mapping` raises, and TableRefused with what breaks a
    rule.
    """
    with database.writing:
        followed = follow_mapping(mapping, files, database.store)
        return take_in_followed(database, followed, author=author, reason=reason)


def take_in_followed(
    database: Database,
    followed: Followed,
    *,
    author: str,
    reason: str,
    role: str = "editor",
    if_version: int | None = None,
    shapes: Path | None = None,
    judge: Judge = judge_change,
) -> tuple[LoadReport, tuple[Fault, ...]]:
    """Write what a mapping says, in one transaction, and give the warnings as well.

    Raises TableRefused with what breaks a rule, and Conflict where the graph is at another version
    than `if_version`, in which actors were looked up.
    """
    with database.writing:
        if if_version not in (None, database.version):
            raise Conflict("the graph has changed since", hint="follow the mapping again")
        try:
            report = take_in(
                database,
                [followed.dataset],
                {},
                author=author,
                reason=reason,
                role=role,
                shapes=shapes,
                judge=judge,
            )
        except Refused as refused:
            raise TableRefused(_faults(refused.findings, followed)) from None
    return report, _faults(report.findings, followed)


def judge_mapped(
    store: Store, mapping: Mapping, files: Sequence[Path]
) -> tuple[int, int, tuple[Fault, ...]]:
    """Judge such an import: give how many statements would come and go, and the warnings.

    Raises what `import_mapped` raises before it writes.
    """
    return judge_followed(store, follow_mapping(mapping, files, store))


def judge_followed(
    store: Store, followed: Followed, *, shapes: Path | None = None, judge: Judge = judge_change
) -> tuple[int, int, tuple[Fault, ...]]:
    """Judge what a mapping says as `judge_mapped` does."""
    change, findings = judged(store, [followed.dataset], shapes=shapes, judge=judge)
    faults = _faults(findings, followed)
    if errors(faults):
        raise TableRefused(faults)
    return len(change.adds), len(change.removes), faults


def _faults(findings: Iterable[Finding], followed: Followed) -> tuple[Fault, ...]:
    """Say by table and row what refuses an import, and what else is found of what it describes."""
    told = [
        finding
        for finding in findings
        if finding.severity == "violation" or finding.focus in followed.origins
    ]
    return tuple(faults_of(told, followed.drawn({finding.focus for finding in told})))
