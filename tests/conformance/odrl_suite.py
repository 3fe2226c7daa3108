"""Reads the ODRL test suite that lies beside the project; it maps and judges nothing.

The suite: https://github.com/SolidLabResearch/ODRL-Test-Suite (MIT), 68 cases of a policy, a
request, a state of the world and the report that is expected of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Final

import pyoxigraph as ox

from graph import rdf
from graph.namespaces import PREFIXES
from tests.shared import SHARED

FOLDER = SHARED / "data" / "odrl-test-suite" / "data"

ODRL: Final = "http://www.w3.org/ns/odrl/2/"
REPORT: Final = "https://w3id.org/force/compliance-report#"
EX: Final = "http://example.org/"
TYPE: Final = PREFIXES["rdf"] + "type"
CREATED: Final = PREFIXES["dcterms"] + "created"
_ISSUED: Final = PREFIXES["dcterms"] + "issued"
_TITLE: Final = PREFIXES["dcterms"] + "title"
_CURRENT_TIME: Final = "http://example.com/request/currentTime"
_DATE_TIME: Final = PREFIXES["xsd"] + "dateTime"


@dataclass(frozen=True)
class Facts:
    """Triples as texts: an address or the lexical form of a literal stands for each term."""

    triples: frozenset[tuple[str, str, str]]
    instants: frozenset[datetime]
    """Every time that a literal names."""

    def objects(self, subject: str, predicate: str) -> list[str]:
        """Give the values of a property, in order."""
        return sorted(self._index.get(subject, {}).get(predicate, ()))

    def object(self, subject: str, predicate: str) -> str:
        """Give the one value of a property."""
        (only,) = self.objects(subject, predicate)
        return only

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Give the things for which a property has a value, in order."""
        return sorted(s for s, p, o in self.triples if (p, o) == (predicate, value))

    def predicates(self, subject: str) -> set[str]:
        """Give the properties that a thing has."""
        return set(self._index.get(subject, ()))

    @cached_property
    def _index(self) -> Mapping[str, Mapping[str, list[str]]]:
        index: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, value in self.triples:
            index.setdefault(subject, {}).setdefault(predicate, []).append(value)
        return index


@dataclass(frozen=True)
class Case:
    """One case: `given` is the policy, the request and the state of the world together."""

    number: int
    title: str
    policy: str
    request: str
    world: str
    given: Facts
    report: Facts

    @property
    def name(self) -> str:
        """Give what a test of the case is called."""
        return f"{self.number:03} {self.title}"

    @property
    def now(self) -> datetime:
        """Give the time at which the request is judged."""
        return datetime.fromisoformat(self.given.object(_CURRENT_TIME, _ISSUED))


def read_cases() -> list[Case]:
    """Read every case that the index of the suite lists, by number."""
    index = _facts("index.ttl")
    cases = (_case(index, subject) for subject in {s for s, _, _ in index.triples})
    return sorted(cases, key=lambda case: case.number)


def _case(index: Facts, subject: str) -> Case:
    def path(folder: str, source: str) -> str:
        return f"{folder}/{index.object(subject, EX + source).rpartition('/')[2]}"

    expected = path("test_cases", "expectedReportSource")
    number = re.search(r"testcase-(\d+)", expected)
    assert number is not None, expected
    report = _facts(expected)
    return Case(
        number=int(number[1]),
        title=report.object(subject, _TITLE),
        policy=report.object(subject, EX + "policy"),
        request=report.object(subject, EX + "request"),
        world=report.object(subject, EX + "sotw"),
        given=joined(
            _facts(path("policies", "policySource")),
            _facts(path("requests", "requestSource")),
            _facts(path("sotw", "sotwSource")),
        ),
        report=report,
    )


def joined(*parts: Facts) -> Facts:
    """Give the triples of all parts."""
    return Facts(
        frozenset().union(*(part.triples for part in parts)),
        frozenset().union(*(part.instants for part in parts)),
    )


@cache
def _facts(path: str) -> Facts:
    return facts((FOLDER / path).read_bytes(), path)


def facts(turtle: bytes, source: str) -> Facts:
    """Read a Turtle text without blank nodes."""
    quads = rdf.parse(turtle, format=rdf.TURTLE, source=source)
    return Facts(frozenset(_texts(quads)), frozenset(_instants(quads)))


def _texts(quads: Iterable[ox.Quad]) -> Iterable[tuple[str, str, str]]:
    for quad in quads:
        assert isinstance(quad.subject, ox.NamedNode), quad
        assert isinstance(quad.object, ox.NamedNode | ox.Literal), quad
        yield quad.subject.value, quad.predicate.value, quad.object.value


def _instants(quads: Iterable[ox.Quad]) -> Iterable[datetime]:
    for quad in quads:
        if isinstance(quad.object, ox.Literal) and quad.object.datatype.value == _DATE_TIME:
            yield datetime.fromisoformat(quad.object.value)
