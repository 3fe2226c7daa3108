"""The way by which a change reaches the journal: judged by the shapes, and only if it passes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from graph.database import Database
from graph.journal import Change, Transaction
from graph.validate import Refused, report_digest, validate


def write(
    database: Database,
    change: Change,
    *,
    author: str,
    role: str,
    reason: str,
    source: str,
    undoes: int | None = None,
    shapes: Path | None = None,
    at: datetime | None = None,
) -> Transaction | None:
    """Record a change when the graph it leads to breaks no rule; None when it changes nothing.

    Raises Refused with the findings otherwise, and what `Database.commit` raises; then nothing was
    changed. `shapes` is a folder that stands in for the shipped one.
    """
    if not change:
        return None
    gone = set(change.removes)
    kept = (quad for quad in database.store.quads() if quad not in gone)
    findings = validate({*kept, *change.adds}, shapes)
    if any(finding.severity == "violation" for finding in findings):
        raise Refused(findings)
    return database.commit(
        change,
        author=author,
        role=role,
        reason=reason,
        source=source,
        report_digest=report_digest(findings),
        undoes=undoes,
        at=at,
    )
