"""Works out one DELETE/INSERT WHERE from its solutions on a store; it copies and changes no graph.

What the graphs of an update are called, and what becomes of the quads, is for `graph.update`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final, Self
from uuid import uuid4

import pyoxigraph as ox

from graph.errors import InvalidRequest
from graph.namespaces import DEFAULT
from graph.results import Results
from graph.sparql_tokens import outside_brackets, tokens_of
from graph.store import Store, is_derived

_CLAUSES: Final = ("WITH", "DELETE", "INSERT", "USING", "NAMED", "WHERE")
_DEFAULT: Final = ox.NamedNode(DEFAULT)
_ROW: Final = ox.NamedNode("urn:servanda:row")


@dataclass(frozen=True)
class Modification:
    """A DELETE/INSERT or DELETE WHERE (SPARQL 1.1 Update, section 3.1.3), cut at its keywords.

    Each part is as it is written, templates and pattern with their braces; one that is not there is
    empty.
    """

    prologue: str
    # In the order of _CLAUSES.
    within: str
    deleted: str
    inserted: str
    using: str
    using_named: str
    where: str

    @classmethod
    def read(cls, text: str, start: int) -> Self | None:
        """Cut the operation that begins at `start`; None for any other and for a doubtful one.

        Of a text that the engine takes for well formed, a cut in the wrong place makes one of the
        parts malformed: `Modification.quads` then gives None.
        """
        parts = dict.fromkeys(_CLAUSES, "")
        keywords = []
        for keyword, part in _clauses(text, start):
            keywords.append(keyword)
            parts[keyword] = parts.get(keyword, "") + part
        if keywords[-1:] != ["WHERE"] or not parts.keys() <= set(_CLAUSES):
            return None
        if keywords[0] == "DELETE" and not any(tokens_of(parts["DELETE"])):
            # As a template, `GRAPH <g> {}` is nothing; as a pattern, it asks whether <g> is there.
            if _has_empty_braces(parts["WHERE"]):
                return None
            parts["DELETE"] = parts["WHERE"]
        return cls(text[:start], *(parts[keyword] for keyword in _CLAUSES))

    def quads(self, store: Store, base: str | None) -> tuple[set[ox.Quad], set[ox.Quad]] | None:
        """Give the quads it inserts and those it deletes, None if it cannot be told in this way.

        The default graph of an update stands without a name. What is deleted need not be there.
        """
        try:
            found = self._solutions(store, base)
            solutions = list(found.rows())
            come = self._filled(self.inserted, solutions, found.variables, base)
            gone = self._filled(self.deleted, solutions, found.variables, base)
        except (SyntaxError, InvalidRequest):
            return None
        return come, gone

    def _solutions(self, store: Store, base: str | None) -> Results:
        """Ask a store for the pattern, on the graphs that an update sees of it."""
        if self.using or self.using_named:
            default = self._iris(self.using, base)
            named = self._iris(self.using_named, base)
        else:
            default = self._iris(self.within, base) or [_DEFAULT]
            named = [graph for graph in store.graphs() if graph != _DEFAULT]
        return store.query(
            f"{self.prologue}SELECT * WHERE{self.where}",
            default_graphs=[graph for graph in default if not is_derived(graph)],
            named_graphs=[graph for graph in named if not is_derived(graph)],
            base=base,
        )

    def _iris(self, written: str, base: str | None) -> list[ox.NamedNode]:
        """Have the engine resolve names of graphs."""
        text = f"{self.prologue}SELECT ?graph {{ VALUES ?graph {{ {written}\n}} }}"
        found = ox.Store().query(text, base_iri=base)
        assert isinstance(found, ox.QuerySolutions)
        return [graph for (graph,) in found if isinstance(graph, ox.NamedNode)]

    def _filled(
        self,
        template: str,
        solutions: Sequence[ox.QuerySolution],
        variables: Sequence[str],
        base: str | None,
    ) -> set[ox.Quad]:
        """Have the engine fill a template, as if all were inserted, in a store of the solutions.

        It leaves out what a variable without a value makes incomplete or what is no triple, and
        makes new blank nodes for each solution (section 4.1.2 and 3.1.3.2).
        """
        if not template or not solutions:
            return set()
        # The engine reads no escapes in a name; one that is found in vain does no harm.
        used = [name for name in variables if name in template]
        # What a client writes must not meet the graph and the variable of the rows.
        unguessable = uuid4()
        rows = ox.NamedNode(f"{unguessable.urn}")
        scratch = ox.Store()
        scratch.extend(_rows(solutions, used, rows))
        row = f"?row{unguessable.hex}"
        values = " ".join(
            f"OPTIONAL {{ {row} {_column(n)} ?{name} }}" for n, name in enumerate(used)
        )
        within = f"WITH {self.within}" if self.within else ""
        scratch.update(
            f"{self.prologue}{within} INSERT {template}\n"
            f"WHERE {{ GRAPH {rows} {{ {row} {_ROW} {_ROW} {values} }} }}",
            base_iri=base,
        )
        return {quad for quad in scratch if quad.graph_name != rows}


def is_seen(quad: ox.Quad) -> bool:
    """Tell whether an update can see a quad that bears this graph, its default graph unnamed."""
    return quad.graph_name != _DEFAULT and not is_derived(quad.graph_name)


def _clauses(text: str, start: int) -> Iterator[tuple[str, str]]:
    """Cut an operation at its keywords up to WHERE, with what comes after each."""
    words = []
    for token in outside_brackets(tokens_of(text)):
        if token.start >= start and token.kind == "word":
            words.append(token)
            if token.is_word("WHERE"):
                break
    for word, after in zip_longest(words, words[1:]):
        end = after.start if after else len(text)
        yield word.text.upper(), text[word.start + len(word.text) : end]


def _has_empty_braces(pattern: str) -> bool:
    return any((one.text, other.text) == ("{", "}") for one, other in pairwise(tokens_of(pattern)))


def _rows(
    solutions: Sequence[ox.QuerySolution], used: Sequence[str], graph: ox.NamedNode
) -> Iterator[ox.Quad]:
    columns = [(_column(n), name) for n, name in enumerate(used)]
    for number, solution in enumerate(solutions):
        row = ox.NamedNode(f"{_ROW.value}:{number}")
        yield ox.Quad(row, _ROW, _ROW, graph)
        for column, name in columns:
            value = solution[name]
            if value is not None:
                yield ox.Quad(row, column, value, graph)


def _column(number: int) -> ox.NamedNode:
    return ox.NamedNode(f"{_ROW.value}:value:{number}")
