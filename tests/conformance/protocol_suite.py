"""Reads the W3C tests that are exchanges over HTTP: the SPARQL and the Graph Store Protocol."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

_MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_HT: Final = "http://www.w3.org/2011/http#"
_CNT: Final = "http://www.w3.org/2011/content#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_CODES: Final = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}
Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True)
class Step:
    """A request, and what must come of it: a status begins with one of `statuses`."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: tuple[str, ...]
    format: str | None
    boolean: bool | None
    location: str | None
    graph: str | None


@dataclass(frozen=True)
class Exchange:
    """A test: requests that are made one after the other."""

    name: str
    steps: tuple[Step, ...]


def exchanges(manifest: Path) -> list[Exchange]:
    """Read the tests of a manifest, in its order; none where it is not."""
    if not manifest.is_file():
        return []
    store = ox.Store()
    store.load(path=manifest, format=ox.RdfFormat.TURTLE, base_iri="http://example.org/manifest")
    read = _Manifest(store)
    (entries,) = read.values(None, _MF + "entries")
    return [read.exchange(test) for test in read.items(entries)]


class _Manifest:
    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def exchange(self, test: Node) -> Exchange:
        action = self.value(test, _MF + "action")
        requests = self.items(self.value(action, _HT + "requests"))
        name = str(getattr(test, "value", "")).rpartition("#")[2]
        return Exchange(name, tuple(map(self._step, requests)))

    def values(self, subject: Node | None, predicate: str) -> list[Node]:
        given = subject if isinstance(subject, ox.NamedNode | ox.BlankNode) else None
        found = self._store.quads_for_pattern(given, ox.NamedNode(predicate), None)
        return [quad.object for quad in found]

    def value(self, subject: Node | None, predicate: str) -> Node | None:
        return next(iter(self.values(subject, predicate)), None) if subject else None

    def text(self, subject: Node | None, predicate: str) -> str | None:
        found = self.value(subject, predicate)
        return None if found is None else str(getattr(found, "value", found))

    def items(self, node: Node | None) -> Iterator[Node]:
        while (first := self.value(node, _RDF + "first")) is not None:
            yield first
            node = self.value(node, _RDF + "rest")

    def _step(self, request: Node) -> Step:
        answer, body = self.value(request, _HT + "resp"), self.value(request, _HT + "body")
        encoding = self.text(body, _CNT + "characterEncoding") or "utf-8"
        boolean = self.text(answer, _MF + "expectedBoolean")
        return Step(
            method=self.text(request, _HT + "methodName") or "",
            path=self.text(request, _HT + "absolutePath") or "",
            headers=dict(map(self._header, self.items(self.value(request, _HT + "headers")))),
            body=(self.text(body, _CNT + "chars") or "").encode(encoding),
            statuses=tuple(map(_status, self.values(answer, _MF + "expectedStatus"))),
            format=self.text(answer, _MF + "expectedFormat"),
            boolean=None if boolean is None else boolean == "true",
            location=self.text(answer, _MF + "expectedLocation"),
            graph=self.text(self.value(answer, _HT + "body"), _CNT + "chars"),
        )

    def _header(self, header: Node) -> tuple[str, str]:
        return (
            self.text(header, _HT + "fieldName") or "",
            self.text(header, _HT + "fieldValue") or "",
        )


def _status(node: Node) -> str:
    name = str(getattr(node, "value", "")).rpartition("#")[2]
    return _CODES.get(name) or name.removeprefix("StatusCode").removesuffix("xx")
