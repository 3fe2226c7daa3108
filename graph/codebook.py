"""Describes every class and property of the ontology with how often a graph uses it.

It is made of the ontology and the graph alone, and has the same words for the same version.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from io import StringIO
from typing import Final

import pyoxigraph as ox

from graph.glossary.statements import LABEL, OWL, RDFS, SKOS, TYPE, Statements
from graph.namespaces import DATA, ID, ONTOLOGY, SV, prefixed
from graph.triples import Term

_KINDS: Final = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "property to a thing",
    OWL + "DatatypeProperty": "property to a value",
    OWL + "AnnotationProperty": "note",
}
_LONGEST_EXAMPLE: Final = 200


@dataclass(frozen=True)
class Entry:
    """A class or property; `used` counts its instances, or the statements made with it."""

    term: str
    kind: str
    label: str
    definition: str
    range: str
    used: int
    example: str


def codebook(quads: Iterable[ox.Quad]) -> list[Entry]:
    """Give an entry for each class and property of Servanda, in the order of their names."""
    ontology: list[ox.Triple] = []
    used: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for quad in sorted(quads, key=str):
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if graph.startswith(ONTOLOGY):
            ontology.append(quad.triple)
        elif graph.startswith(DATA):
            term, example = _use(quad)
            used[term] += 1
            examples.setdefault(term, _cut(example))
    of = Statements(ontology)
    terms = {
        iri: kind
        for type_, kind in _KINDS.items()
        for iri in of.having(TYPE, type_)
        if iri.startswith(SV)
    }
    return [
        _entry(of, iri, kind, used[iri], examples.get(iri, ""))
        for iri, kind in sorted(terms.items())
    ]


def _use(quad: ox.Quad) -> tuple[str, str]:
    """Give the term that a statement uses, and what it says with it."""
    value = quad.object
    assert isinstance(quad.subject, ox.NamedNode)
    assert isinstance(value, ox.NamedNode | ox.Literal)
    if quad.predicate.value == TYPE:
        return value.value, _short(quad.subject.value)
    return quad.predicate.value, f"{_short(quad.subject.value)} → {_short(value.value)}"


def _entry(of: Statements, iri: str, kind: str, used: int, example: str) -> Entry:
    node = ox.NamedNode(iri)
    return Entry(
        _short(iri),
        kind,
        of.text(node, LABEL),
        of.text(node, SKOS + "definition"),
        ", ".join(_classes(of, each) for each in of.values(node, RDFS + "range")),
        used,
        example,
    )


def _classes(of: Statements, node: Term) -> str:
    """Name a class, or those that one without a name unites."""
    cells = of.values(node, OWL + "unionOf")
    members = [each for cell in cells for each in of.items(cell)] or [node]
    return " or ".join(_short(each.value) for each in members if isinstance(each, ox.NamedNode))


def as_csv(entries: Sequence[Entry]) -> bytes:
    """Write entries as CSV with a heading."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(field.name for field in fields(Entry))
    writer.writerows(astuple(entry) for entry in entries)
    return out.getvalue().encode()


def as_markdown(entries: Sequence[Entry]) -> bytes:
    """Write entries as sections of Markdown, classes before properties."""
    lines = ["# Codebook", "", "How often a term is used counts the data, not the ontology.", ""]
    for entry in sorted(entries, key=lambda entry: entry.kind != "class"):
        lines += [f"## {entry.label} (`{entry.term}`)", "", entry.definition, ""]
        lines += [f"- {entry.kind}, used {entry.used} times"]
        lines += [f"- range: {entry.range}"] if entry.range else []
        lines += [f"- example: {_escaped(entry.example)}"] if entry.example else []
        lines += [""]
    return "\n".join(lines).encode()


def _short(iri: str) -> str:
    return iri.removeprefix(ID) if iri.startswith(ID) else prefixed(iri)


def _cut(text: str) -> str:
    """Keep an example to one line of a sensible length."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_EXAMPLE else line[: _LONGEST_EXAMPLE - 1] + "…"


def _escaped(text: str) -> str:
    """Let a text of the graph be shown as it is in Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_<>[]|#" else sign for sign in text)
