"""Answers about undertakings and the whole graph as values with types, and as tables."""

from __future__ import annotations

from html import escape

from api.client.tables import Answer, Row
from api.v1 import schemas


class Commitment(schemas.Undertaking, Answer):
    """Where an undertaking stands for each named debtor."""

    def rows(self) -> list[Row]:
        """Give a row for each debtor."""
        return [_standing(each) for each in self.debtors]

    def _repr_html_(self) -> str:
        title = f"<p><b>{escape(self.label)}</b>: {escape(self.distribution)}</p>"
        return title + super()._repr_html_()


class Explanation(schemas.Explanation, Answer):
    """Why an undertaking stands where it stands."""

    def rows(self) -> list[Row]:
        """Give a row for each debtor; `debtors` have the trees."""
        return [_standing(each) for each in self.debtors]


def _standing(of: schemas.DebtorStanding) -> Row:
    return {
        "debtor": of.label,
        "state": of.state.value,
        "sentence": of.sentence,
        "since": of.since,
    }


class Judgement(schemas.Judgement, Answer):
    """What a condition comes to for debtors of an undertaking."""

    def rows(self) -> list[Row]:
        """Give a row for each debtor; `debtors` have the trees."""
        return [
            {"debtor": each.label, "condition": each.tree.label, "verdict": each.tree.verdict.value}
            for each in self.debtors
        ]


class Timeline(schemas.Timeline, Answer):
    """The phases an undertaking goes through."""

    def rows(self) -> list[Row]:
        """Give a row for each phase of each debtor."""
        return [
            {
                "debtor": each.label,
                "from": phase.start,
                "to": phase.end,
                "state": phase.state.value,
                "because": "; ".join(cause.text for cause in phase.because),
            }
            for each in self.debtors
            for phase in each.phases
        ]


class Matrix(schemas.Matrix, Answer):
    """How many undertakings of each actor are in which state."""

    def rows(self) -> list[Row]:
        """Give a row for each cell and state."""
        return [
            {"actor": cell.label, "column": cell.column_label, "state": state.value, "count": count}
            for cell in self.cells
            for state, count in cell.states.items()
        ]


class Gaps(schemas.Gaps, Answer):
    """What each commitment lacks."""

    def rows(self) -> list[Row]:
        """Give a row for each commitment."""
        return [
            {
                "commitment": each.label,
                "distribution": each.distribution,
                "absent": ", ".join(particular.value for particular in each.absent),
                **each.particulars,
            }
            for each in self.commitments
        ]


class Deadlocks(schemas.Deadlocks, Answer):
    """The circles of conditions that wait for each other."""

    def rows(self) -> list[Row]:
        """Give a row for each link; `circle` counts from 1."""
        return [
            {
                "circle": number,
                "hard": circle.hard,
                "link": link.label,
                "held by": link.held_by,
                "way": link.way.value,
            }
            for number, circle in enumerate(self.circles, start=1)
            for link in circle.waits
        ]
