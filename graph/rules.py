"""The shapes of a folder, and what they say about rule, severity and message; it judges nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import pyoxigraph as ox

from graph.dataset import find_files
from graph.namespaces import PREFIXES, SHAPES, SV
from graph.rdf import FORMAT_OF_SUFFIX, parse
from graph.resources import resource

Severity = Literal["violation", "warning", "info"]
Text: TypeAlias = tuple[str, bytes]
"""A file of shapes: its path and its content."""

_SH = PREFIXES["sh"]
_TARGETS: Final = {
    _SH + name
    for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
}
_CLASSES: Final = {PREFIXES["rdfs"] + "Class", PREFIXES["owl"] + "Class"}
_SEVERITY_OF: Final[Mapping[str, Severity]] = {_SH + "Warning": "warning", _SH + "Info": "info"}
# Nodes with these are parts of a path or a list: SHACL reads them only as blank nodes.
_UNNAMED_PARTS = {
    *(PREFIXES["rdf"] + name for name in ("first", "rest")),
    *(_SH + name + "Path" for name in ("inverse", "alternative")),
    *(_SH + name + "Path" for name in ("zeroOrMore", "oneOrMore", "zeroOrOne")),
}


def read_rules(folder: Path | None = None) -> Rules:
    """Read the shapes of a folder, the shipped ones by default.

    Raises UnreadableInput when it holds none or they are not RDF.
    """
    return rules_of(shape_texts(folder))


def shape_texts(folder: Path | None = None) -> tuple[Text, ...]:
    """Read the files of such a folder; raises UnreadableInput when it holds none."""
    files = find_files(folder or resource("shapes"))
    return tuple((str(file), file.read_bytes()) for file in files)


@lru_cache(maxsize=8)
def rules_of(texts: tuple[Text, ...]) -> Rules:
    """Parse shapes once for each content: a server judges every write by the same."""
    return Rules(texts)


class Rules:
    """The shapes, and what they say about rule, severity and message.

    A shape that is silent leaves the word to the one it belongs to. `digest` is the SHA-256 of
    the `texts`.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        """Parse texts, each with the path it was read from."""
        self.texts = tuple(texts)
        self.triples = [triple for source, data in texts for triple in _triples(Path(source), data)]
        self.digest = hashlib.sha256(b"\0".join(data for _, data in texts)).hexdigest()
        self._objects: dict[tuple[str, str], list[ox.Literal | ox.NamedNode]] = {}
        self._owner: dict[str, str] = {}
        for triple in sorted(self.triples, key=str):
            subject, predicate, item = triple.subject, triple.predicate.value, triple.object
            if isinstance(subject, ox.NamedNode) and isinstance(item, ox.Literal | ox.NamedNode):
                self._objects.setdefault((subject.value, predicate), []).append(item)
                if predicate in (_SH + "property", _SH + "sparql"):
                    self._owner.setdefault(item.value, subject.value)

    @cached_property
    def targeted(self) -> tuple[str, ...]:
        """Name the shapes that have things to judge (SHACL, section 2.1.3), in order."""
        return tuple(sorted({str(each.subject) for each in self.triples if _is_target(each)}))

    def share(self, targeted: frozenset[str]) -> list[ox.Triple]:
        """Give the shapes with the targets of those alone; all others judge what these hand them.

        A report is the union of what each shape finds of its targets (SHACL, section 3.4), so
        that what shares find together is what the whole finds.
        """
        return [
            each for each in self.triples if not _is_target(each) or str(each.subject) in targeted
        ]

    def chain(self, shape: str) -> list[str]:
        """List the shape and its owners, nearest first."""
        found = [shape]
        while (owner := self._owner.get(found[-1])) and owner not in found:
            found.append(owner)
        return found

    def rule(self, chain: Sequence[str]) -> str:
        """Give the rule id of a chain, or the end of the outermost shape's name."""
        stated = self._first(chain, SV + "ruleId")
        return stated[0].value if stated else re.split("[/#]", chain[-1])[-1]

    def severity(self, chain: Sequence[str]) -> Severity:
        """Give the severity of a chain."""
        stated = self._first(chain, _SH + "severity")
        return _SEVERITY_OF.get(stated[0].value, "violation") if stated else "violation"

    def messages(self, chain: Sequence[str]) -> list[ox.Literal]:
        """Give the messages of a chain, in every language."""
        stated = self._first(chain, _SH + "message")
        return [each for each in stated if isinstance(each, ox.Literal)]

    def _first(self, chain: Sequence[str], predicate: str) -> list[ox.Literal | ox.NamedNode]:
        stated = (self._objects.get((shape, predicate)) for shape in chain)
        return next(filter(None, stated), [])

    def states_message(self, shape: str) -> bool:
        """Say whether a shape has a message of its own."""
        return (shape, _SH + "message") in self._objects


def _is_target(triple: ox.Triple) -> bool:
    """Say whether a triple gives its shape things to judge; a class judges its instances."""
    predicate, item = triple.predicate.value, triple.object
    return predicate in _TARGETS or (
        predicate == PREFIXES["rdf"] + "type"
        and isinstance(item, ox.NamedNode)
        and item.value in _CLASSES
    )


def _triples(file: Path, data: bytes) -> list[ox.Triple]:
    """Read shapes with their blank nodes, those that are shapes as IRIs.

    A report then names the shape it comes from, whatever graph it is copied to.
    """
    quads = parse(data, format=FORMAT_OF_SUFFIX[file.suffix], source=str(file))
    parts = {quad.subject for quad in quads if quad.predicate.value in _UNNAMED_PARTS}
    triples = []
    for quad in quads:
        subject, item = quad.subject, quad.object
        if isinstance(subject, ox.BlankNode) and subject not in parts:
            subject = ox.NamedNode(f"{SHAPES}{file.stem}/{subject.value}")
        if isinstance(item, ox.BlankNode) and item not in parts:
            item = ox.NamedNode(f"{SHAPES}{file.stem}/{item.value}")
        triples.append(ox.Triple(subject, quad.predicate, item))
    return triples
