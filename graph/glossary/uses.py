"""Which shapes check a term, and which questions ask about it: those that name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import SHAPES, SV, terms_named_in
from graph.query import NamedQuery
from graph.rules import Rules, Severity
from graph.triples import Term

_RULE: Final = SV + "ruleId"
_ORDER: Final[tuple[Severity, ...]] = ("violation", "warning", "info")


@dataclass(frozen=True)
class Rule:
    """A rule that data are checked by; `file` is the name of the file of shapes it stands in."""

    id: str
    severity: Severity
    message: str
    file: str


def checking(rules: Rules) -> dict[str, tuple[Rule, ...]]:
    """Give for each term the rules whose shapes name it, the severest first."""
    below = defaultdict[Term, list[ox.Triple]](list)
    for triple in rules.triples:
        below[triple.subject].append(triple)
    found = defaultdict[str, set[Rule]](set)
    for shape in {each.subject for each in rules.triples if each.predicate.value == _RULE}:
        if isinstance(shape, ox.NamedNode):
            rule = _rule(rules, shape.value)
            for term in set(_named(below, shape)):
                found[term].add(rule)
    return {
        term: tuple(sorted(many, key=lambda rule: (_ORDER.index(rule.severity), rule.id)))
        for term, many in found.items()
    }


def asking(queries: Iterable[NamedQuery]) -> dict[str, tuple[NamedQuery, ...]]:
    """Give for each term the named queries whose text names it, in their order."""
    found = defaultdict[str, list[NamedQuery]](list)
    for query in queries:
        for term in terms_named_in(query.text):
            found[term].append(query)
    return {term: tuple(many) for term, many in found.items()}


def _rule(rules: Rules, shape: str) -> Rule:
    chain = rules.chain(shape)
    messages = rules.messages(chain)
    english = [each.value for each in messages if each.language in ("en", None)]
    file = shape.removeprefix(SHAPES).partition("#")[0]
    return Rule(rules.rule(chain), rules.severity(chain), " ".join(english[:1]), file)


def _named(below: Mapping[Term, list[ox.Triple]], shape: ox.NamedNode) -> Iterator[str]:
    """Give the terms that a shape names, in its parts and in its SPARQL, but in no other rule."""
    seen: set[Term] = set()
    waiting: list[Term] = [shape]
    while waiting:
        node = waiting.pop()
        if node in seen or (node != shape and _is_rule(below, node)):
            continue
        seen.add(node)
        for triple in below.get(node, ()):
            item = triple.object
            if isinstance(item, ox.Literal):
                yield from terms_named_in(item.value)
            elif isinstance(item, ox.NamedNode) and item.value.startswith(SV):
                yield item.value
            else:
                waiting.append(item)


def _is_rule(below: Mapping[Term, list[ox.Triple]], node: Term) -> bool:
    return any(triple.predicate.value == _RULE for triple in below.get(node, ()))
