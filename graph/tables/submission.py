"""From what a file says to a change of its graph: what rows said before and no longer say goes.

It judges and writes nothing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

import pyoxigraph as ox

from graph.journal import Change
from graph.namespaces import ID, ONTOLOGY, PREFIXES, SV
from graph.store import Store
from graph.tables.known_tables import TABLES
from graph.tables.names import TYPE, slug
from graph.tables.statements import DERIVED_FROM, Drawn, term
from graph.tables.values import typed

_AGENT: Final = ox.NamedNode(PREFIXES["prov"] + "Agent")
_HEADER: Final = ox.NamedNode(PREFIXES["owl"] + "Ontology")
_INVERSE: Final = frozenset(
    term(column.property)
    for table in TABLES
    for column in table.columns
    if column.inverse and column.property
)
_IMPORTED: Final = (ONTOLOGY + "core", ONTOLOGY + "alignments/prov")


@dataclass(frozen=True)
class Origin:
    """Which file an import comes from, the SHA-256 of its content, who imports it and when."""

    file: str
    sha256: str
    author: str
    at: datetime

    @classmethod
    def of(cls, file: str, content: bytes, author: str) -> Self:
        """Say that the file is imported now."""
        now = datetime.now(UTC).replace(microsecond=0)
        return cls(file, hashlib.sha256(content).hexdigest(), author, now)


@dataclass(frozen=True)
class Submission:
    """What an import would change.

    `removed` are the ids of rows that the graph has and the file no longer has.
    """

    change: Change
    removed: tuple[str, ...]


def submission(store: Store, drawn: Drawn, origin: Origin, *, replace: bool = False) -> Submission:
    """Work out what separates the graph of a file from what the file says now.

    What a row said before and does not say now goes. A row that is no longer there keeps what it
    said, unless the file is to `replace` all. What a row made that changes a thing of another graph
    stays while it is in use: such a row says anew only what differs. If only the origin would
    change, nothing does. What rows change in other graphs comes along.
    """
    header = set(_header(drawn.graph, origin))
    present = set(store.quads(drawn.graph))
    about = {quad.subject for quad in header} | _agents(present)
    body = {quad for quad in present if quad.subject not in about}
    things = _things_of_rows(body)
    removed = things.keys() - _things_of_rows(drawn.quads).keys() - drawn.amending
    kept = _in_use(store, drawn, {each for row in drawn.amending for each in things.get(row, ())})
    if not replace:
        kept |= {thing for row in removed for thing in things[row]}
    wanted = set(drawn.quads)
    wanted.update(_kept(body, {quad.subject for quad in wanted}, kept, removed | drawn.amending))
    change = drawn.amends
    if wanted != body:
        wanted |= header
        adds, removes = tuple(wanted - present), tuple(present - wanted)
        change = Change((*change.adds, *adds), (*change.removes, *removes))
    return Submission(change, tuple(sorted(map(_row_id, removed))))


def _header(graph: ox.NamedNode, origin: Origin) -> Iterator[ox.Quad]:
    """Describe where the graph comes from, in PROV terms."""
    name = graph.value.rpartition("/")[2]
    dataset, table = (ox.NamedNode(f"{ID}{noun}/{name}") for noun in ("dataset", "source"))
    agent = ox.NamedNode(f"{ID}agent/{slug(origin.author)}")
    at = typed(origin.at.isoformat().replace("+00:00", "Z"), "dateTime")
    title = ox.Literal(f"Table {origin.file}", language="en")
    described: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (graph, "rdf:type", _HEADER),
        *((graph, "owl:imports", ox.NamedNode(iri)) for iri in _IMPORTED),
        (graph, "dcterms:title", title),
        (graph, "dcterms:creator", ox.Literal(origin.author)),
        (graph, "dcterms:modified", at),
        (dataset, "rdf:type", ox.NamedNode(SV + "Dataset")),
        (dataset, "rdfs:label", title),
        (dataset, "namedGraph", typed(graph.value, "anyURI")),
        (dataset, "prov:wasDerivedFrom", table),
        (dataset, "prov:wasAttributedTo", agent),
        (dataset, "prov:generatedAtTime", at),
        (table, "rdf:type", ox.NamedNode(SV + "Source")),
        (table, "rdfs:label", title),
        (table, "title", ox.Literal(origin.file)),
        (table, "retrievedOn", at),
        (table, "dcterms:identifier", ox.Literal(f"sha256:{origin.sha256}")),
        (agent, "rdf:type", _AGENT),
        (agent, "rdfs:label", ox.Literal(origin.author, language="en")),
    ]
    for subject, property_, value in described:
        yield ox.Quad(subject, term(property_), value, graph)


def _agents(present: Iterable[ox.Quad]) -> set[ox.NamedNode | ox.BlankNode | ox.Triple]:
    """Give who imported the file before."""
    return {quad.subject for quad in present if quad.object == _AGENT and quad.predicate == TYPE}


def _things_of_rows(quads: Iterable[ox.Quad]) -> Mapping[str, set[ox.NamedNode]]:
    """Give the things that each row describes, by the IRI of the row."""
    things: dict[str, set[ox.NamedNode]] = defaultdict(set)
    for quad in quads:
        if (
            quad.predicate == DERIVED_FROM
            and isinstance(quad.object, ox.NamedNode)
            and isinstance(quad.subject, ox.NamedNode)
        ):
            things[quad.object.value].add(quad.subject)
    return things


def _in_use(store: Store, drawn: Drawn, made: set[ox.NamedNode]) -> set[ox.NamedNode]:
    """Give those of some things that anything names which stays, or which is said now."""
    gone = set(drawn.amends.removes)
    anew = {quad.subject for quad in drawn.quads}
    named = {quad.object for quad in (*drawn.quads, *drawn.amends.adds)}
    waiting = [
        thing
        for thing in made
        if thing in named
        or any(
            quad not in gone and quad.subject not in made and quad.subject not in anew
            for quad in store.match(None, None, thing)
        )
    ]
    found: set[ox.NamedNode] = set()
    while waiting:
        thing = waiting.pop()
        found.add(thing)
        if thing not in anew:
            within = {quad.object for quad in store.match(thing)}
            waiting += (made & within) - found
    return found


def _kept(
    body: Iterable[ox.Quad],
    described: Collection[object],
    things: Collection[object],
    rows: Collection[str],
) -> Iterator[ox.Quad]:
    """Give what rows said of their things before, but not of things that are described anew."""
    for quad in body:
        derived = quad.predicate == DERIVED_FROM and str(quad.object)[1:-1] in rows
        said = quad.subject in things and (derived or quad.subject not in described)
        if said or (quad.predicate in _INVERSE and quad.object in things):
            yield quad


def _row_id(row: str) -> str:
    """Give the table and the id of a row from its IRI."""
    table, _, row_id = row.rpartition("#")[2].partition(".")
    return f"{table} {row_id}"
