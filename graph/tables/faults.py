"""What is wrong with a table, by row and column, for the person who filled it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph.errors import ServandaError


@dataclass(frozen=True, order=True)
class Place:
    """Where in a file something stands: rows count from 1, the row of headings."""

    table: str
    row: int
    column: str = ""


@dataclass(frozen=True)
class Fault:
    """One mistake: `value` is what the cell holds, `hint` says what to do.

    What has no place is about the file, or about a thing in the graph that no row describes.
    """

    message: str
    hint: str | None = None
    place: Place | None = None
    value: str | None = None
    severity: Literal["error", "warning"] = "error"

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Fault:
        """Read what `dataclasses.asdict` made of a fault."""
        return cls(**{**told, "place": told["place"] and Place(**told["place"])})

    def __str__(self) -> str:
        """Say it on one line."""
        said = f"{self.message}; {self.hint}" if self.hint else self.message
        if self.place is None:
            return said
        column = f', column "{self.place.column}"' if self.place.column else ""
        return f"{self.place.table}, row {self.place.row}{column}: {said}"


class TableRefused(ServandaError):
    """A table has mistakes; nothing was changed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep every mistake, in the order of the rows, and the warnings beside them."""
        self.faults = tuple(sorted(faults, key=order))
        wrong = len(errors(faults))
        super().__init__(
            f"refused: {wrong} mistake{'s' * (wrong != 1)} in the table",
            hint="nothing was changed; mend the cells and import the file again",
        )


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Leave out the warnings."""
    return [fault for fault in faults if fault.severity == "error"]


def order(fault: Fault) -> tuple[bool, Place, str]:
    """Put mistakes in the order of the rows; what has no place comes last."""
    return fault.place is None, fault.place or Place("", 0), fault.message
