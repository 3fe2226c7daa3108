"""Words for people: the labels of things, and terms written so that they can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pyoxigraph as ox

from graph.namespaces import ID, PREFIXES, prefixed
from graph.store import Store, Term

NAMING: Final = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("skos", "prefLabel"), ("rdfs", "label"), ("dcterms", "title"))
)
BETWEEN: Final[Mapping[str, str]] = {
    "After": "later than",
    "Before": "earlier than",
    "Within": "within days of",
}
"""How the first condition of a comparison stands to the second, by the class of the comparison."""
_NOT_NEEDED: Final = "not needed"
_DATE_TIME: Final = ox.NamedNode(PREFIXES["xsd"] + "dateTime")
_MIDNIGHT: Final = "T00:00:00Z"
_MOST_OFFERED: Final = 1000


Naming = tuple[ox.NamedNode, ox.NamedNode, ox.Literal]


def judged(node: Mapping[str, Any]) -> str:
    """Give the verdict of a node of a tree, as JSON, or that its debtor does not need it."""
    verdict: str = node["verdict"]
    return verdict if node["applies"] else _NOT_NEEDED


def naming(quads: Iterable[ox.Quad]) -> Iterator[Naming]:
    """Give the statements that give things their labels."""
    for quad in quads:
        if (
            quad.predicate in NAMING
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.Literal)
        ):
            yield quad.subject, quad.predicate, quad.object


def labels(store: Store, terms: Iterable[object]) -> dict[str, str]:
    """Give the English label, else the first there is, of each IRI among `terms`."""
    iris = {term for term in terms if isinstance(term, ox.NamedNode)}
    # A NamedNode holds no character that could end the <> it is written in.
    text = f"""
        SELECT DISTINCT ?term ?property ?label WHERE {{
            VALUES ?term {{ {" ".join(map(str, iris))} }}
            VALUES ?property {{ {" ".join(map(str, NAMING))} }}
            ?term ?property ?label
            FILTER(isLiteral(?label))
        }}"""
    return best(
        (solution["term"], solution["property"], solution["label"])
        for solution in store.query(text).rows()
    )


def suggestions(store: Store) -> list[tuple[str, str]]:
    """Offer the things a form may ask about, each by its short identifier and its label.

    Offers none where they are more than anyone would look through.
    """
    text = f"""
        SELECT DISTINCT ?thing WHERE {{ ?thing ?p ?o FILTER(STRSTARTS(STR(?thing), "{ID}")) }}
        ORDER BY ?thing LIMIT {_MOST_OFFERED + 1}"""
    things = [row["thing"] for row in store.query(text).rows()]
    if len(things) > _MOST_OFFERED:
        return []
    names = labels(store, things)
    return [(thing.value.removeprefix(ID), names.get(thing.value, "")) for thing in things]


def best(
    statements: Iterable[Naming],
    wanted: str = "en",
) -> dict[str, str]:
    """Choose for each subject: the wanted language, English, none, others; then as NAMING."""
    order = list(dict.fromkeys((wanted, "en", "")))

    def rank(statement: Naming) -> tuple[int, int, str]:
        _, naming, label = statement
        language = (label.language or "").partition("-")[0]
        return (
            order.index(language) if language in order else len(order),
            NAMING.index(naming),
            label.value,
        )

    chosen: dict[str, str] = {}
    for subject, _, label in sorted(statements, key=rank):
        chosen.setdefault(subject.value, label.value)
    return chosen


def readable(term: Term | ox.DefaultGraph, labels: Mapping[str, str]) -> str:
    """Write an IRI as its label or prefixed name, a literal as its text, midnight UTC as a date."""
    if isinstance(term, ox.NamedNode):
        return labels.get(term.value) or prefixed(term.value)
    if isinstance(term, ox.Literal):
        is_time = term.datatype == _DATE_TIME
        return term.value.removesuffix(_MIDNIGHT) if is_time else term.value
    return str(term)
