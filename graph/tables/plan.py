"""What an import would do, and the way into the graph that every import of a table takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.database import Database
from graph.rules import Rules, read_rules
from graph.slices.verdict import Judge, judge_change
from graph.store import Store
from graph.tables.faults import Fault, TableRefused
from graph.tables.judging import faults_of, judged
from graph.tables.statements import Drawn
from graph.tables.submission import Origin, Submission, submission
from graph.validate import Refused
from graph.write import WriteReport, write


@dataclass(frozen=True)
class Plan:
    """What an import would do; `faults` are the mistakes in the cells."""

    drawn: Drawn
    submission: Submission
    author: str
    faults: tuple[Fault, ...] = ()

    def judged(self, store: Store, rules: Rules) -> tuple[Fault, ...]:
        """Judge it as if it were done: give mistakes in cells, broken rules and warnings."""
        return tuple(judged(store, self.submission.change, self.drawn, self.faults, rules))

    def carry_out(
        self,
        database: Database,
        *,
        role: str,
        reason: str,
        source: str,
        if_version: int | None = None,
        shapes: Path | None = None,
        judge: Judge = judge_change,
    ) -> tuple[WriteReport, tuple[Fault, ...]]:
        """Do it, all of it or nothing, and give the warnings as well.

        The graph is as it was when this was planned: the caller holds `database.writing` since
        then, or names that version. Raises TableRefused with all mistakes at once, in cells as
        against rules, and what `write` raises.
        """
        if self.faults:
            raise TableRefused(self.judged(database.store, read_rules(shapes)))
        try:
            report = write(
                database,
                self.submission.change,
                author=self.author,
                role=role,
                reason=reason,
                source=source,
                if_version=if_version,
                shapes=shapes,
                judge=judge,
            )
        except Refused as refused:
            raise TableRefused(faults_of(refused.findings, self.drawn)) from None
        return report, tuple(faults_of(report.findings, self.drawn))


def planned(
    store: Store,
    drawn: Drawn,
    origin: Origin,
    *,
    replace: bool = False,
    faults: Sequence[Fault] = (),
) -> Plan:
    """Plan to make the graph of a file say what was drawn from it."""
    change = submission(store, drawn, origin, replace=replace)
    return Plan(drawn, change, origin.author, tuple(faults))
