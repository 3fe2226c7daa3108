"""Answers about things that are no undertakings, as values and tables."""

from __future__ import annotations

from api.client.tables import Answer, Row
from api.v1 import schemas_of_lists as lists
from api.v1 import schemas_of_things as things


class Actor(things.Actor, Answer):
    """An actor with what it owes, is owed and decides."""

    def rows(self) -> list[Row]:
        """Give a row for each undertaking that it owes or is owed."""
        owes = [
            {**_undertaking("owes", each), "state": each.state and each.state.value}
            for each in self.owes
        ]
        return owes + [{**_undertaking("is owed", each), "state": None} for each in self.owed]


class Instrument(things.Instrument, Answer):
    """A text with what it records and who adheres to it."""

    def rows(self) -> list[Row]:
        """Give a row for each undertaking that it records."""
        return [_undertaking("records", each) for each in self.records]


class Event(things.Event, Answer):
    """An event with the claims about it and what hangs on it."""

    def rows(self) -> list[Row]:
        """Give a row for each undertaking that hangs on it."""
        return [_undertaking("is awaited by", each) for each in self.awaited_by]


class Domain(things.Domain, Answer):
    """A domain with what is undertaken in it."""

    def rows(self) -> list[Row]:
        """Give a row for each undertaking."""
        return [_undertaking("has", each) for each in self.undertakings]


def _undertaking(relation: str, of: things.LinkedUndertaking) -> Row:
    return {
        "relation": relation,
        "id": of.id,
        "commitment": of.label,
        "kind": of.kind.value,
        "distribution": of.distribution,
    }


class Claim(things.SingleClaim, Answer):
    """A claim that a matter is so, or is not."""

    def rows(self) -> list[Row]:
        """Give one row."""
        return [{"claim": self.label, "matter": self.matter.label, "holds": self.holds}]


class Statement(things.Statement, Answer):
    """What a speaker said."""

    def rows(self) -> list[Row]:
        """Give a row for each quotation."""
        speakers = ", ".join(each.label for each in self.speakers)
        return [{"speakers": speakers, "quotation": each} for each in self.quotations]


class Source(things.Source, Answer):
    """A source with what stands in it."""

    def rows(self) -> list[Row]:
        """Give a row for each claim and each statement."""
        said = (("claim", self.claims), ("statement", self.statements))
        return [
            {"sort": sort, "id": each.id, "label": each.label}
            for sort, these in said
            for each in these
        ]


class Terms(lists.FoundTerms, Answer):
    """The terms and things that complete a word, best first; `total` counts all of them."""

    def rows(self) -> list[Row]:
        """Give a row for each term."""
        return [
            {"name": each.name, "label": each.label, "kind": each.kind.value} for each in self.items
        ]
