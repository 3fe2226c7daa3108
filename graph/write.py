"""The one way into the graph: judged, written to the journal, then shown; it asks for no rights.

Whoever calls has made sure that the author may write; the role is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyoxigraph as ox

from graph.candidate import Candidate
from graph.database import Database
from graph.dataset import undeclared
from graph.deprecated import check_deprecated_after
from graph.errors import Conflict
from graph.journal import Change
from graph.namespaces import SV
from graph.quotations import SourceTexts, check_changed_quotations, check_quotations_after
from graph.rules import Rules, read_rules
from graph.slices.verdict import Judge, judge_change
from graph.store import Store
from graph.validate import Finding, Refused, report_digest


@dataclass(frozen=True)
class WriteReport:
    """What a write did.

    `findings` are about what it touches and hold no violation; `digest` is that of the report they
    make. `seq` is the number of its transaction, None if the graph held all of it already; then
    no rule was asked. `version` is the one after it. `judged_all_because` says why everything was
    judged, None if a slice was enough. `texts` are the graphs whose source text is another now.
    """

    findings: tuple[Finding, ...]
    seq: int | None
    version: int
    digest: str
    judged_all_because: str | None = None
    texts: tuple[ox.NamedNode, ...] = ()


def write(
    database: Database,
    change: Change,
    *,
    author: str,
    role: str,
    reason: str,
    source: str,
    undoes: int | None = None,
    back_to: int | None = None,
    if_version: int | None = None,
    shapes: Path | None = None,
    at: datetime | None = None,
    judge: Judge = judge_change,
) -> WriteReport:
    """Make a change, if what it touches keeps the rules; all of it or nothing.

    What was wrong elsewhere before does not stand in its way, unless everything has to be judged.
    Where a quotation is not in the source text of today, that of the version `back_to` comes back
    if all that the dataset then quotes is in it.
    Raises Refused with every finding when a rule of severity violation is broken, Conflict when
    the graph is not at `if_version`, UnreadableInput for a term that the ontology does not
    declare, and what `judge` and `Database.commit` raise. Then nothing was changed.
    """
    with database.writing:
        if if_version not in (None, database.version):
            raise Conflict(
                f"the graph is at version {database.version}, not at `{if_version}`",
                hint="look at what has changed since, and make the change to the present version",
            )
        state = Candidate(database.store, effective(database.store, change))
        refuse_unknown_terms(state)
        found, texts = _quotations(database, state, back_to)
        return accept(
            database,
            state,
            found,
            author=author,
            role=role,
            reason=reason,
            source=source,
            undoes=undoes,
            shapes=shapes,
            at=at,
            texts=texts,
            judge=judge,
        )


def _quotations(
    database: Database, state: Candidate, back_to: int | None
) -> tuple[list[Finding], SourceTexts]:
    """Find quotations that have no text to stand in, and give the texts that have to come back."""
    present, text = database.version, database.judged_by.text
    found = check_changed_quotations(state, lambda graph: text(graph, present))
    if not found or back_to is None:
        return found, {}
    graphs = {ox.NamedNode(finding.graph) for finding in found if finding.graph}
    then = {graph: text(graph, back_to) for graph in graphs}
    return (found, {}) if check_quotations_after(state, then) else ([], then)


def effective(store: Store, change: Change) -> Change:
    """Leave out what is there already and what is absent anyway."""
    return Change(
        adds=tuple(quad for quad in change.adds if quad not in store),
        removes=tuple(quad for quad in change.removes if quad in store),
    )


def accept(
    database: Database,
    state: Candidate,
    found: Iterable[Finding],
    *,
    author: str,
    role: str,
    reason: str,
    source: str,
    shapes: Path | None,
    at: datetime | None,
    texts: SourceTexts,
    undoes: int | None = None,
    judge: Judge = judge_change,
) -> WriteReport:
    """Judge a candidate state and make it the present one; `found` are findings made beside it.

    `texts` are the source texts that go with it. The caller holds `database.writing`. Raises
    Refused when one of all findings is a violation.
    """
    if not state.change:
        _refuse_violations(tuple(found))
        kept = _keep_texts(database, texts)
        return WriteReport((), None, database.version, report_digest(()), texts=kept)
    rules = read_rules(shapes)
    verdict = judge(state, rules, _why_all(database, rules))
    findings = (*found, *check_deprecated_after(state), *verdict.findings)
    _refuse_violations(findings)
    digest = report_digest(findings)
    transaction = database.commit(
        state.change,
        author=author,
        role=role,
        reason=reason,
        source=source,
        report_digest=digest,
        undoes=undoes,
        at=at,
    )
    assert transaction is not None
    database.judged_by.keep_rules(rules.digest)
    kept = _keep_texts(database, texts)
    return WriteReport(findings, transaction.seq, database.version, digest, verdict.reason, kept)


def _refuse_violations(findings: Sequence[Finding]) -> None:
    if any(finding.severity == "violation" for finding in findings):
        raise Refused(findings)


def _keep_texts(database: Database, texts: SourceTexts) -> tuple[ox.NamedNode, ...]:
    """Keep the texts that are not those kept already, and give their graphs."""
    kept = database.judged_by
    version = database.version
    others = {graph: text for graph, text in texts.items() if text != kept.text(graph, version)}
    if others:
        database.require_writable()
    for graph, text in others.items():
        kept.keep_text(graph, version, text)
    return tuple(others)


def _why_all(database: Database, rules: Rules) -> str | None:
    """Say why a slice is not enough, if what is there already tells."""
    if database.version == 0:
        return "the graph was empty"
    if database.judged_by.rules != rules.digest:
        return "the graph was not judged by these rules before"
    return None


def refuse_unknown_terms(state: Candidate) -> None:
    """Refuse a term of the vocabulary that is added and that nothing declares: UnreadableInput."""
    used = {
        term
        for quad in state.change.adds
        for term in (quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(SV)
    }
    for term in sorted(used, key=str):
        if not any(True for _ in state.match(term)):
            declared = {str(quad.subject).strip("<>") for quad in state.quads()}
            raise undeclared("the change", term.value, declared)
