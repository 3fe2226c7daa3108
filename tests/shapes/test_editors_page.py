"""The five examples of docs/editors.md keep every rule, and each twin breaks the rule it names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from graph.namespaces import DATA
from graph.validate import validate
from tests.shapes.conftest import TESTS, ontology, rules

PAGE = (TESTS.parent / "docs" / "editors.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```turtle\n(.*?)```", re.DOTALL)
GRAPH = ox.NamedNode(f"{DATA}example")


@dataclass(frozen=True)
class Example:
    title: str
    right: str
    wrong: str
    rule: str

    def __str__(self) -> str:
        return self.title


def frame() -> str:
    found = BLOCK.search(PAGE)
    assert found
    return found[1]


def prefixes() -> str:
    return "".join(line + "\n" for line in frame().splitlines() if line.startswith("@prefix"))


def examples() -> list[Example]:
    found = []
    for section in re.split(r"^### (?=\d\. )", PAGE, flags=re.MULTILINE)[1:]:
        right, wrong = BLOCK.findall(section)
        (rule,) = re.findall(r"Refused by `([a-z-]+)`", section)
        found.append(Example(section.partition("\n")[0], right, wrong, rule))
    return found


def quads(turtle: str) -> list[ox.Quad]:
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, GRAPH)
        for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    ]


def refused(data: Iterable[ox.Quad]) -> set[str]:
    found = validate([*ontology(), *data])
    return {each.rule for each in found if each.severity != "info"}


def test_there_are_five_examples() -> None:
    assert [example.title[0] for example in examples()] == ["1", "2", "3", "4", "5"]
    assert {example.rule for example in examples()} <= set(rules())


@pytest.mark.parametrize("example", examples(), ids=str)
def test_an_example_keeps_every_rule(example: Example) -> None:
    assert refused(quads(frame() + example.right)) == set()


@pytest.mark.parametrize("example", examples(), ids=str)
def test_its_twin_breaks_the_rule_that_is_named(example: Example) -> None:
    twin = quads(prefixes() + example.wrong)
    rewritten = {quad.subject for quad in twin}
    kept = [q for q in quads(frame() + example.right) if q.subject not in rewritten]
    assert rewritten <= {quad.subject for quad in quads(frame() + example.right)}
    assert refused([*kept, *twin]) == {example.rule}
