"""What the query of a `sh:sparql` constraint reads, starting from `$this`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from graph.slices.paths import Automaton, Unsupported

if TYPE_CHECKING:
    from rdflib.term import Node

_Pattern: TypeAlias = "tuple[Node, Node, Node]"
_Known: TypeAlias = "dict[Node, int]"

# The operators of the algebra whose solutions are made of those of their parts alone. Within them,
# each solution matches every triple pattern, so that every pattern is read where it joins others.
_CONJUNCTIVE: Final = {
    *("SelectQuery", "Project", "Distinct", "Filter", "BGP", "Join"),
    *("Group", "AggregateJoin", "Extend"),
}


def add_query(automaton: Automaton, this: int, text: str, prefixes: Mapping[str, str]) -> None:
    """Add what a SELECT query reads when `$this` is bound to the node at the state `this`.

    Followed are basic graph patterns with property paths, joins, filters, EXISTS and NOT EXISTS at
    any depth, and aggregation, if every pattern is linked to `$this` by variables. Raises
    Unsupported for all else. The caller holds `PARSING`.
    """
    from rdflib import Variable
    from rdflib.plugins.sparql import prepareQuery

    algebra = prepareQuery(text, initNs=dict(prefixes)).algebra
    if algebra.datasetClause:
        raise Unsupported("its query names graphs with FROM")
    _add_group(automaton, algebra, {Variable("this"): this})


def _add_group(automaton: Automaton, group: Any, outer: _Known) -> None:
    """Link the patterns of a group to what is known, then those of each EXISTS to what it sees."""
    known = _link(automaton, _patterns(group), dict(outer))
    for part in _parts(group):
        inner = list(_exists(part.expr)) if part.name in ("Filter", "Extend") else []
        if inner and any(below.name == "AggregateJoin" for below in _parts(part)):
            raise Unsupported("its query asks EXISTS of an aggregate")
        own = {term for subject, _, item in _patterns(part) for term in (subject, item)}
        seen = {term: known[term] for term in own & known.keys()}
        for other in inner:
            _add_group(automaton, other, outer | seen)


def _patterns(group: Any) -> list[_Pattern]:
    return [triple for part in _parts(group) if part.name == "BGP" for triple in part.triples]


def _parts(part: Any) -> Iterator[Any]:
    if part.name not in _CONJUNCTIVE:
        raise Unsupported(f"its query has a part that is not followed ({part.name})")
    yield part
    for below in (part.p, part.p1, part.p2):
        if below is not None:
            yield from _parts(below)


def _exists(expression: Any) -> Iterator[Any]:
    """Give the groups of the EXISTS and NOT EXISTS in an expression, at any depth."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(expression, list | tuple):
        for each in expression:
            yield from _exists(each)
    elif isinstance(expression, CompValue):
        if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            # The attribute holds the algebra, the item of that name what was parsed.
            yield expression.graph
        else:
            yield from _exists(list(expression.values()))


def _link(automaton: Automaton, patterns: list[_Pattern], known: _Known) -> _Known:
    """Read each pattern from an end that is known; its other end is then known as well."""
    from rdflib import BNode, URIRef, Variable
    from rdflib.paths import Path

    waiting = list(patterns)
    while waiting:
        ready = next((each for each in waiting if {each[0], each[2]} & known.keys()), None)
        if ready is None:
            raise Unsupported("its query has a pattern that no variable links to $this")
        waiting.remove(ready)
        subject, path, item = ready
        if not isinstance(path, URIRef | Path):
            raise Unsupported("its query has a variable in the place of a predicate")
        backwards = subject not in known
        start, other = (known[item], subject) if backwards else (known[subject], item)
        end = automaton.follow(start, path, backwards=backwards)
        if isinstance(other, Variable | BNode):
            known.setdefault(other, end)
    return known
