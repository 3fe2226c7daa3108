"""What each shape reads, as paths from its focus nodes; compiled once for a set of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from graph.namespaces import PREFIXES
from graph.rdflib_terms import PARSING, rdflib_graph
from graph.rules import Rules
from graph.slices.paths import Automaton, Readers, Unsupported
from graph.slices.sparql_reads import add_query

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SUBCLASS: Final = PREFIXES["rdfs"] + "subClassOf"
TYPE: Final = PREFIXES["rdf"] + "type"
_SH: Final = PREFIXES["sh"]

# These look at the value nodes and at nothing behind them.
_AT_THE_VALUE: Final = {
    *("datatype", "nodeKind", "hasValue", "in", "pattern", "flags", "languageIn", "uniqueLang"),
    *("minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount", "minLength", "maxLength"),
    *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"),
}
_SAYS_NOTHING: Final = {
    *("path", "severity", "message", "name", "description", "order", "group", "defaultValue"),
    *("deactivated", "ignoredProperties"),
}
_NESTED: Final = {"node", "not", "qualifiedValueShape"}
_NESTED_LISTS: Final = {"and", "or", "xone"}
_PAIRS: Final = {"equals", "disjoint", "lessThan", "lessThanOrEquals"}
_TARGETS: Final = {"targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"}
_KINDS: Final = {_SH + "NodeShape", _SH + "PropertyShape"}


@dataclass(frozen=True)
class Targeted:
    """A shape with targets (SHACL, section 2.1.3): where its reading starts, and of which nodes.

    The targets are the IRIs given by each target declaration.
    """

    name: str
    start: int
    classes: frozenset[str]
    nodes: frozenset[str]
    subjects_of: frozenset[str]
    objects_of: frozenset[str]


@dataclass(frozen=True)
class Reads:
    """What all shapes read. `unsupported` gives a reason for each shape that cannot be followed."""

    automaton: Automaton
    readers: Readers
    shapes: tuple[Targeted, ...]
    unsupported: Mapping[str, str]


@lru_cache(maxsize=8)
def reads_of(rules: Rules) -> Reads:
    """Compile rules. Every triple that a shape reads of a focus node lies on one of its paths."""
    with PARSING:
        return _Compiler(rules).reads()


class _Compiler:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._shapes: Graph = rdflib_graph(rules.triples)
        self._automaton = Automaton()

    def reads(self) -> Reads:
        found: list[Targeted] = []
        unsupported: dict[str, str] = {}
        for shape in sorted(self._targeted(), key=str):
            name = self._rules.rule(self._rules.chain(str(shape)))
            try:
                found.append(self._compiled(shape, name))
            except Unsupported as reason:
                unsupported[name] = str(reason)
        automaton = self._automaton
        return Reads(automaton, Readers(automaton), tuple(found), unsupported)

    def _targeted(self) -> set[Node]:
        from rdflib.namespace import OWL, RDF, RDFS, SH

        declared = (SH[name] for name in _TARGETS)
        shapes = {shape for target in declared for shape in self._shapes.subjects(target)}
        classes = {c for kind in (RDFS.Class, OWL.Class) for c in self._shapes[: RDF.type : kind]}
        return shapes | classes

    def _compiled(self, shape: Node, name: str) -> Targeted:
        """Add a shape; what makes a node its target is read as well."""
        if any(self._shapes.triples((None, None, self._sh("ConstraintComponent")))):
            raise Unsupported("the shapes declare constraint components of their own")
        start = self._automaton.state()
        targets = {kind: frozenset(map(str, self._objects(shape, kind))) for kind in _TARGETS}
        if targets["targetClass"]:
            self._automaton.step(start, TYPE)
        for predicate in targets["targetSubjectsOf"]:
            self._automaton.step(start, predicate)
        for predicate in targets["targetObjectsOf"]:
            self._automaton.step(start, predicate, backwards=True)
        self._add(shape, start, (), reported=True)
        return Targeted(
            name=name,
            start=start,
            classes=targets["targetClass"],
            nodes=targets["targetNode"],
            subjects_of=targets["targetSubjectsOf"],
            objects_of=targets["targetObjectsOf"],
        )

    def _add(self, shape: Node, focus: int, above: tuple[Node, ...], *, reported: bool) -> None:
        """Add what a shape reads of the node at the state `focus`.

        What a shape within another finds is `reported` unless the outer one only asks whether the
        inner one holds.
        """
        from rdflib.extras.shacl import parse_shacl_path

        if shape in above:
            raise Unsupported("the shape leads back to itself")
        path = self._shapes.value(shape, self._sh("path"))
        values = focus
        if path is not None:
            values = self._automaton.follow(focus, parse_shacl_path(self._shapes, path))
        for predicate, item in self._shapes.predicate_objects(shape):
            name = str(predicate).removeprefix(_SH)
            if str(predicate) == TYPE:
                self._refuse_kind(item)
            elif name == str(predicate) or name in _AT_THE_VALUE | _SAYS_NOTHING | _TARGETS:
                continue
            elif name == "sparql":
                self._add_query(item, focus)
            elif inner := self._inner(name, item):
                moved = values != focus
                if name == "property" and reported and moved:
                    raise Unsupported("it reports on a thing that it is not a rule for")
                for each in inner:
                    self._add(
                        each, values, (*above, shape), reported=reported and name == "property"
                    )
            else:
                self._add_constraint(name, item, focus, values)

    def _inner(self, name: str, item: Node) -> list[Node]:
        if name in _NESTED_LISTS:
            return list(self._shapes.items(item))
        return [item] if name == "property" or name in _NESTED else []

    def _add_constraint(self, name: str, item: Node, focus: int, values: int) -> None:
        if name == "class":
            self._automaton.step(values, TYPE)
        elif name in _PAIRS:
            self._automaton.step(focus, str(item))
        elif name == "closed":
            self._automaton.step(values, None)
        else:
            raise Unsupported(f"sh:{name} is not followed")

    def _refuse_kind(self, kind: Node) -> None:
        if str(kind) not in _KINDS:
            raise Unsupported("it is a class as well, whose instances it judges")

    def _add_query(self, constraint: Node, focus: int) -> None:
        text = self._shapes.value(constraint, self._sh("select"))
        if text is None or "$PATH" in str(text):
            raise Unsupported("its query is no plain sh:select")
        add_query(self._automaton, focus, str(text), dict(self._prefixes(constraint)))

    def _prefixes(self, constraint: Node) -> Iterator[tuple[str, str]]:
        for owner in self._objects(constraint, "prefixes"):
            for declared in self._objects(owner, "declare"):
                (prefix,) = self._objects(declared, "prefix")
                (namespace,) = self._objects(declared, "namespace")
                yield str(prefix), str(namespace)

    def _objects(self, subject: Node, name: str) -> Iterable[Node]:
        return self._shapes.objects(subject, self._sh(name))

    @staticmethod
    def _sh(name: str) -> Node:
        from rdflib import URIRef

        return URIRef(_SH + name)
