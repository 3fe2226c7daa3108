"""Describes every class and property of the ontology with how often a graph uses it.

It is made of the ontology and the graph alone, and has the same words for the same version.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from io import StringIO
from typing import Final

import pyoxigraph as ox

from graph.namespaces import DATA, ID, ONTOLOGY, PREFIXES, SV

_RDF, _OWL = PREFIXES["rdf"], PREFIXES["owl"]
_TYPE: Final = _RDF + "type"
_LABEL: Final = PREFIXES["rdfs"] + "label"
_RANGE: Final = PREFIXES["rdfs"] + "range"
_DEFINITION: Final = PREFIXES["skos"] + "definition"
_KINDS: Final = {
    _OWL + "Class": "class",
    _OWL + "ObjectProperty": "property to a thing",
    _OWL + "DatatypeProperty": "property to a value",
    _OWL + "AnnotationProperty": "note",
}
_LONGEST_EXAMPLE: Final = 200
_Index = dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]]


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
    declared: _Index = {}
    used: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for quad in sorted(quads, key=str):
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        assert isinstance(subject, ox.NamedNode)
        assert isinstance(value, ox.NamedNode | ox.Literal)
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if graph.startswith(ONTOLOGY):
            declared.setdefault(subject.value, []).append((predicate, value))
        elif graph.startswith(DATA):
            term = value.value if predicate == _TYPE else predicate
            used[term] += 1
            shown = _short(subject.value)
            if predicate != _TYPE:
                shown += f" → {_short(value.value)}"
            examples.setdefault(term, _cut(shown))
    terms = ((term, _kind(declared, term)) for term in sorted(declared) if term.startswith(SV))
    return [
        Entry(
            _short(term),
            kind,
            _text(declared, term, _LABEL),
            _text(declared, term, _DEFINITION),
            ", ".join(_ranges(declared, term)),
            used[term],
            examples.get(term, ""),
        )
        for term, kind in terms
        if kind
    ]


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


def _kind(declared: _Index, term: str) -> str | None:
    types = _values(declared, term, _TYPE)
    return next((kind for iri, kind in _KINDS.items() if iri in types), None)


def _ranges(declared: _Index, term: str) -> Iterator[str]:
    for value in _values(declared, term, _RANGE):
        members = [*_members(declared, value)]
        yield " or ".join(members) if members else _short(value)


def _members(declared: _Index, anonymous: str) -> Iterator[str]:
    """Give the classes that a class without a name unites."""
    cells = _values(declared, anonymous, _OWL + "unionOf")
    while cells and cells[0] != _RDF + "nil":
        yield from map(_short, _values(declared, cells[0], _RDF + "first"))
        cells = _values(declared, cells[0], _RDF + "rest")


def _values(declared: _Index, term: str, predicate: str) -> list[str]:
    return [value.value for each, value in declared.get(term, ()) if each == predicate]


def _text(declared: _Index, term: str, predicate: str) -> str:
    found = [
        value.value
        for each, value in declared[term]
        if each == predicate and isinstance(value, ox.Literal) and value.language == "en"
    ]
    return found[0] if found else ""


def _short(iri: str) -> str:
    for name, base in PREFIXES.items():
        if iri.startswith(base) and base != ID:
            return f"{name}:{iri.removeprefix(base)}"
    return iri.removeprefix(ID)


def _cut(text: str) -> str:
    """Keep an example to one line of a sensible length."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_EXAMPLE else line[: _LONGEST_EXAMPLE - 1] + "…"


def _escaped(text: str) -> str:
    """Let a text of the graph be shown as it is in Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_<>[]|#" else sign for sign in text)
