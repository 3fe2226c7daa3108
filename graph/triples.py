"""Triples by subject and predicate, with the readings of them that a model is built from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final, TypeAlias, TypeVar

import pyoxigraph as ox

from graph.errors import UnreadableInput
from graph.namespaces import PREFIXES, SV
from graph.timeline import Day, Span

T = TypeVar("T")
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

Predicates: TypeAlias = Mapping[str, tuple[Term, ...]]

_TYPE: Final = PREFIXES["rdf"] + "type"
_LABEL: Final = PREFIXES["rdfs"] + "label"


@dataclass
class Triples:
    """Triples by subject and predicate, with the readings a builder needs of them.

    Predicates and individuals of the vocabulary are named by their local part. `seen` collects the
    subjects that were looked up, whether the graph has them or not.
    """

    _index: dict[str, Predicates]
    seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad | ox.Triple]) -> Triples:
        """Index triples; the graphs they stand in do not matter here."""
        index: dict[str, dict[str, set[Term]]] = {}
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode):
                of_subject = index.setdefault(quad.subject.value, {})
                of_subject.setdefault(quad.predicate.value, set()).add(quad.object)
        return cls({subject: _sorted(predicates) for subject, predicates in index.items()})

    def replace(self, subject: str, quads: Iterable[ox.Quad]) -> bool:
        """Put what is said of a subject now in place of what was, and tell whether it differs."""
        now = Triples.of(quads).about(subject)
        if now == self.about(subject):
            return False
        self._index[subject] = now
        if types := _classes(now):
            self.types[subject] = types
        else:
            self.types.pop(subject, None)
        if not now:
            del self._index[subject]
        return True

    def about(self, subject: str) -> Predicates:
        """Give what is said of a subject, by predicate."""
        self.seen.add(subject)
        return self._index.get(subject, {})

    @cached_property
    def types(self) -> dict[str, frozenset[str]]:
        """Give the vocabulary's classes of each subject that has one."""
        found = {subject: _classes(predicates) for subject, predicates in self._index.items()}
        return {subject: types for subject, types in found.items() if types}

    def classes(self, subject: str) -> frozenset[str]:
        """Give the vocabulary's classes of a subject."""
        self.seen.add(subject)
        return self.types.get(subject, frozenset())

    def a(self, *classes: str) -> list[str]:
        """Give the subjects of one of some classes, in order."""
        return sorted(s for s, types in self.types.items() if types & set(classes))

    def terms(self, subject: str, name: str) -> tuple[Term, ...]:
        """Give the values of a property of the vocabulary."""
        return self.about(subject).get(SV + name, ())

    def ids(self, subject: str, name: str) -> tuple[str, ...]:
        """Give the things a property points to."""
        found = self.terms(subject, name)
        return tuple(term.value for term in found if isinstance(term, ox.NamedNode))

    def id(self, subject: str, name: str) -> str | None:
        """Give the one thing a property points to, if it points to any."""
        return next(iter(self.ids(subject, name)), None)

    def needed(self, subject: str, name: str) -> str:
        """Give the one thing a property points to, or say what lacks it."""
        found = self.id(subject, name)
        if found is None:
            raise UnreadableInput(f"`{subject}` has no `sv:{name}`", hint="add one")
        return found

    def some(self, subject: str, name: str) -> tuple[str, ...]:
        """Give the things a property points to, or say what lacks it."""
        self.needed(subject, name)
        return self.ids(subject, name)

    def text(self, subject: str, name: str) -> str | None:
        """Give the one literal of a property, as it stands."""
        found = self.terms(subject, name)
        return next((term.value for term in found if isinstance(term, ox.Literal)), None)

    def texts(self, subject: str, name: str) -> list[str]:
        """Give the literals of a property, as they stand."""
        return [term.value for term in self.terms(subject, name) if isinstance(term, ox.Literal)]

    def number(self, subject: str, name: str) -> int | None:
        """Give a whole number."""
        text = self.text(subject, name)
        return None if text is None else self._read_as(int, subject, name, text)

    def decimal(self, subject: str, name: str) -> Decimal:
        """Give a figure exactly as it was written, or say what lacks it."""
        text = self.text(subject, name)
        if text is None:
            raise UnreadableInput(f"`{subject}` has no `sv:{name}`", hint="give a figure")
        return self._read_as(Decimal, subject, name, text)

    def _read_as(self, read: Callable[[str], T], subject: str, name: str, text: str) -> T:
        try:
            return read(text)
        except (ValueError, ArithmeticError):
            raise UnreadableInput(
                f"`{text}` is no possible `sv:{name}` of `{subject}`", hint="mend it"
            ) from None

    def true(self, subject: str, name: str) -> bool:
        """Tell whether a property is stated to be true."""
        return self.text(subject, name) in {"true", "1"}

    def word(self, subject: str, name: str) -> str | None:
        """Give the local name of the vocabulary's individual that a property points to."""
        found = self.id(subject, name)
        return None if found is None else found.removeprefix(SV)

    def chosen(self, subject: str, name: str, words: Mapping[str, T]) -> T | None:
        """Give what a word of the vocabulary stands for; an error for one it does not have."""
        word = self.word(subject, name)
        if word is None or word in words:
            return None if word is None else words[word]
        legal = ", ".join(f"`sv:{legal}`" for legal in words)
        raise UnreadableInput(
            f"`{word}` is no possible `sv:{name}` of `{subject}`", hint=f"choose one of {legal}"
        )

    def needs(self, subject: str, name: str, words: Mapping[str, T]) -> T:
        """Give what a word of the vocabulary stands for, or say what lacks it."""
        self.needed(subject, name)
        found = self.chosen(subject, name, words)
        assert found is not None
        return found

    def day(self, subject: str, name: str) -> Day | None:
        """Give the day of a dateTime."""
        text = self.text(subject, name)
        if text is None:
            return None
        return self._read_as(lambda t: date.fromisoformat(t[:10]), subject, name, text).toordinal()

    def span(self, subject: str, name: str, precision: str = "precision") -> Span | None:
        """Give a dateTime with the precision that stands beside it as the days it may be."""
        day = self.day(subject, name)
        return None if day is None else widened(day, self.word(subject, precision))

    def labels(self, language: str = "en") -> dict[str, str]:
        """Give what each thing is called in one language."""
        return {
            subject: term.value
            for subject, predicates in self._index.items()
            for term in predicates.get(_LABEL, ())
            if isinstance(term, ox.Literal) and term.language == language
        }


def widened(day: Day, precision: str | None) -> Span:
    """Give the days that a point in time known to the month or the year may be."""
    on = date.fromordinal(day)
    if precision == "MonthPrecision":
        following = date(on.year + on.month // 12, on.month % 12 + 1, 1)
        return Span(on.replace(day=1).toordinal(), following.toordinal() - 1)
    if precision == "YearPrecision":
        return Span(date(on.year, 1, 1).toordinal(), date(on.year, 12, 31).toordinal())
    return Span(day, day)


def _sorted(predicates: Mapping[str, set[Term]]) -> Predicates:
    return {predicate: tuple(sorted(terms, key=str)) for predicate, terms in predicates.items()}


def _classes(predicates: Predicates) -> frozenset[str]:
    return frozenset(
        term.value.removeprefix(SV)
        for term in predicates.get(_TYPE, ())
        if isinstance(term, ox.NamedNode) and term.value.startswith(SV)
    )
