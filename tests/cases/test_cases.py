"""Runs every case file of this folder: each case is a test that is named by its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest

from graph import rdf
from graph.errors import UnreadableInput
from graph.namespaces import ID
from graph.resources import resource
from graph.validate import validate
from tests.cases.answers import Answers, CoreAnswers, Owed
from tests.cases.cases import Ask, Case, days_of, mapping, parse_cases, read_cases
from tests.cases.turtle import ALONE, turtle
from tests.cases.writer import DATASET

FOLDER = Path(__file__).parent
GOOD = [case for path in sorted(FOLDER.glob("*.yaml")) for case in read_cases(path)]
BAD = [case for path in sorted(FOLDER.glob("bad/*.yaml")) for case in read_cases(path)]


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    answers = CoreAnswers(turtle(case.given))
    for ask in case.asks:
        assert answered(answers, case, ask) == expected(answers, case, ask), f"as of {ask.as_of}"


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_bad_case(case: Case) -> None:
    with pytest.raises(UnreadableInput) as refused:
        CoreAnswers(turtle(case.given)).unnamed("promise")
    assert str(refused.value) == case.error


def test_what_cases_give_can_be_loaded_as_data() -> None:
    """All of it is judged at once, each case under addresses of its own: judging is slow."""
    quads = [
        quad
        for place, case in enumerate(GOOD)
        for quad in _quads(turtle(case.given).replace(ID, f"{ID}case-{place}/"), DATASET)
    ]
    ontology = resource("ontology").glob("*.ttl")
    quads += [quad for path in ontology for quad in _quads(path.read_text("utf-8"), path.stem)]
    findings = [each for each in validate(quads) if each.severity == "violation"]
    assert findings == []


def _quads(text: str, graph: str) -> list[ox.Quad]:
    name = ox.NamedNode(f"{DATASET}/{graph.rpartition('/')[2]}")
    return rdf.read(text.encode(), format=rdf.TURTLE, graph=name, source=graph)


def test_case_names_are_unlike() -> None:
    names = [case.name for case in [*GOOD, *BAD]]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("case: x", "a case file is a list of cases; begin each with `- case:`"),
        ("- case: x\n  given: {}", "`x` asks nothing; give either asks or an error"),
        (
            "- case: x\n  given: {}\n  aks: []",
            "a case has no key `aks`; legal keys are `case`, `given`, `asks`, `error`",
        ),
        (
            "- case: x\n  given: {}\n  asks: [{known at: 2026-01-01}]",
            "an ask needs the key `as of`",
        ),
        ("- case: x\n  case: y\n  given: {}", "the key `case` stands twice"),
    ],
)
def test_a_malformed_case_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        parse_cases(text)
    assert str(refused.value) == message


def expected(answers: Answers, case: Case, ask: Ask) -> dict[tuple[str, str, str | None], Any]:
    """Spread what an ask expects over debtors: (what, of which thing, for whom) -> what is so."""
    found: dict[tuple[str, str, str | None], Any] = {}
    for what, things in ask.expected.items():
        for thing, wanted in things.items():
            if what in {"named", "unnamed"}:
                found[what, thing, None] = wanted
                continue
            undertaking = context(case, ask) if what == "verdicts" else thing
            each = isinstance(wanted, Mapping)
            for debtor in wanted if each else answers.named(undertaking):
                one = wanted[debtor] if each else wanted
                found[what, thing, debtor] = _SPREAD.get(what, lambda as_is: as_is)(one)
    assert found, f"nothing is expected as of {ask.as_of}"
    return found


def _owed(raw: object) -> Owed:
    legal = ("trigger", "since", "due", "state", "unforeseeable")
    about = mapping(raw, "an obligation", legal, needed=("since", "state"))
    return Owed(
        trigger=about.get("trigger"),
        since=days_of(about["since"]),
        due=days_of(about["due"]) if "due" in about else None,
        state=about["state"],
        unforeseeable=about.get("unforeseeable", False),
    )


_SPREAD: Final[Mapping[str, Callable[[Any], Any]]] = {
    "remarks": sorted,
    "obligations": lambda each: [_owed(one) for one in each],
}


def answered(answers: Answers, case: Case, ask: Ask) -> dict[tuple[str, str, str | None], Any]:
    """Answer everything that an ask expects something of."""
    return {
        (what, thing, debtor): answer(answers, case, ask, what, thing, debtor)
        for what, thing, debtor in expected(answers, case, ask)
    }


def answer(
    answers: Answers, case: Case, ask: Ask, what: str, thing: str, debtor: str | None
) -> object:
    if debtor is None:
        named, unnamed = answers.named(thing), answers.unnamed(thing)
        return list(named) if what == "named" else "unknown" if unnamed is None else unnamed
    if what == "verdicts":
        return answers.verdict(thing, context(case, ask), debtor, ask)
    if what == "obligations":
        return answers.obligations(thing, debtor, ask)
    standing = answers.standing(thing, debtor, ask)
    return {
        "states": standing.state,
        "remarks": sorted(standing.remarks),
        "shares": standing.share,
    }[what]


def context(case: Case, ask: Ask) -> str:
    """Give the undertaking for whose debtors a condition is judged: the first, if none is named."""
    return ask.of or next(_undertakings(case))


def _undertakings(case: Case) -> Iterator[str]:
    for section in ("commitments", "intentions", "possibilities"):
        yield from case.given.get(section, ())
    yield from ALONE
