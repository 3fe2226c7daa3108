"""What an import tells, in JSON: over HTTP while it goes on, and from the command line."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field

from graph.tables.faults import Fault, errors, order
from graph.tables.plan import Plan

MOST_TOLD: Final = 1000


class Progress(StrEnum):
    """How far an import is."""

    waiting = "waiting"
    reading = "reading"
    writing = "writing"
    done = "done"
    refused = "refused"
    failed = "failed"

    @property
    def is_last(self) -> bool:
        """Tell whether nothing follows."""
        return self in (Progress.done, Progress.refused, Progress.failed)


class Mistake(BaseModel):
    """Something to mend, by the table, row and column it stands in."""

    table: str | None = Field(default=None, description="The sheet, or the kind of table of a CSV")
    row: int | None = Field(default=None, description="As the spreadsheet counts: headings are 1")
    column: str | None = Field(default=None, description="The heading")
    value: str | None = Field(default=None, description="What the cell holds")
    message: str
    hint: str | None = Field(default=None, description="What to do")

    @classmethod
    def of(cls, fault: Fault) -> Self:
        """Show a fault."""
        place = fault.place
        return cls(
            table=place.table if place else None,
            row=place.row if place else None,
            column=(place.column or None) if place else None,
            value=fault.value,
            message=fault.message,
            hint=fault.hint,
        )


class Report(BaseModel):
    """What an import did, would do, or is doing."""

    model_config = ConfigDict(serialize_by_alias=True)

    file: str
    name: str = Field(description="The name of its graph, after `data/table-`")
    dry_run: bool = Field(alias="dryRun", description="Whether nothing is to be written")
    state: Progress = Progress.waiting
    rows: int | None = Field(default=None, description="Rows in the file; null before it was read")
    done: int = Field(default=0, description="Rows that were taken in")
    added: int = Field(default=0, description="Statements that came, or would")
    removed: int = Field(default=0, description="Statements that went, or would")
    rows_gone: list[str] = Field(
        default_factory=list,
        alias="rowsGone",
        description="Rows of an earlier import that the file no longer has; they stay in the graph "
        "unless the import was to replace them",
    )
    mistakes: int = Field(
        default=0, description=f"How many there are; `errors` has the first {MOST_TOLD}"
    )
    errors: list[Mistake] = Field(default_factory=list)
    warnings: list[Mistake] = Field(
        default_factory=list, description="What is not in order and refuses nothing"
    )
    version: int | None = Field(default=None, description="The version of the graph after it")

    def take(self, plan: Plan) -> None:
        """Take over what is planned."""
        change = plan.submission.change
        self.rows = plan.drawn.rows
        self.added, self.removed = len(change.adds), len(change.removes)
        self.rows_gone = list(plan.submission.removed)

    def finish(self, version: int, found: Iterable[Fault]) -> None:
        """Say that all of it was done; `found` are warnings."""
        self.state, self.version, self.done = Progress.done, version, self.rows or 0
        self._tell(found)

    def refuse(self, found: Iterable[Fault]) -> None:
        """Say that nothing was done, and why."""
        self.state = Progress.refused
        self.added = self.removed = 0
        self._tell(found)

    def _tell(self, found: Iterable[Fault]) -> None:
        found = sorted(found, key=order)
        wrong = errors(found)
        self.mistakes = len(wrong)
        self.errors = [Mistake.of(each) for each in wrong[:MOST_TOLD]]
        warned = [each for each in found if each.severity == "warning"]
        self.warnings = [Mistake.of(each) for each in warned[:MOST_TOLD]]
