"""Works out what a SPARQL 1.1 Update would change, if need be on a copy; it changes nothing.

Its default graph is the graph DEFAULT and not the merge that queries are asked of: see
docs/decisions/0013-updates.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.errors import InvalidRequest
from graph.guard import check_update
from graph.journal import Change
from graph.malformed import UPDATE_FORMS, malformed
from graph.modification import Modification, is_seen
from graph.namespaces import DEFAULT
from graph.rdf import refuse_unreadable_terms
from graph.skolem import skolemised
from graph.sparql_tokens import Prologue, Token, outside_brackets, position, tokens_of
from graph.store import Store

_DEFAULT: Final = ox.NamedNode(DEFAULT)
_UNNAMED: Final = ox.DefaultGraph()


@dataclass(frozen=True)
class Update:
    """An update with the graphs the protocol names for what it matches, and its base IRI."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    base: str | None = None


def changes(store: Store, update: Update) -> Change:
    """Give the quads that an update would add to a store and take from it.

    Blank nodes get IRIs; literals are added as the engine writes them. Raises Forbidden for SERVICE
    and LOAD, InvalidRequest for what is malformed, fails or names its graphs in two ways, and
    UnreadableInput for a term that is not recorded.
    """
    tokens = check_update(update.text)
    _refuse_name_of_default(update, tokens)
    operations = _operations(update.text, tokens)
    _refuse_shared_labels(update.text, tokens, operations)
    worked_out = _worked_out(store, operations, update)
    if worked_out is None:
        worked_out = _evaluated(store, operations, update)
    return difference(store, *worked_out)


def difference(store: Store, adds: Iterable[ox.Quad], removes: Iterable[ox.Quad]) -> Change:
    """Give what is new and what is there, as it was written; blank nodes of the new get IRIs.

    Raises UnreadableInput for a term that is not recorded.
    """
    # The graphs of a dataset are named by IRIs (SPARQL 1.1 Query, section 13.1); what would be
    # put in another is no legal quad, and such are left out (Update, section 3.1.3).
    legal = (quad for quad in adds if not isinstance(quad.graph_name, ox.BlankNode))
    come = skolemised(quad for quad in legal if not _written(store, quad))
    refuse_unreadable_terms(come, "the update")
    gone = {written for quad in removes for written in _written(store, quad)}
    return Change(tuple(come), tuple(gone))


def _written(store: Store, quad: ox.Quad) -> list[ox.Quad]:
    """Find a quad as it was written: the engine may write a literal in another way."""
    if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
        return []
    assert isinstance(quad.subject, ox.NamedNode)
    found = store.match(quad.subject, quad.predicate, quad.object)
    return [each for each in found if each.graph_name == quad.graph_name]


def _refuse_name_of_default(update: Update, tokens: Sequence[Token]) -> None:
    resolve = Prologue(tokens).resolve
    named = {resolve(token) for token in tokens if token.kind in ("iri", "name")}
    if DEFAULT in {*named, *update.using, *update.using_named}:
        raise InvalidRequest(
            f"an update does not name `{DEFAULT}`: it is the default graph of every update",
            hint="leave out GRAPH, WITH or USING; in CLEAR and the like, write DEFAULT",
        )


@dataclass(frozen=True)
class _Operation:
    """One operation, which begins at `start` with `words`.

    `text` is the whole update with the other operations blanked out, so that places stay.
    """

    text: str
    start: int
    words: tuple[str, ...]

    @property
    def is_data(self) -> bool:
        """Tell whether it is INSERT DATA or DELETE DATA, which look at no graph."""
        return self.words[:2] in (("INSERT", "DATA"), ("DELETE", "DATA"))


def _operations(text: str, tokens: Sequence[Token]) -> list[_Operation]:
    """Take an update apart: the engine reads declarations before the first operation alone."""
    found: list[_Operation] = []
    declared = ""
    outer = list(outside_brackets(tokens))
    for end in [*(each.start for each in outer if each.text == ";"), len(text)]:
        begun = len(declared)
        words = [each for each in outer if each.kind == "word" and begun <= each.start < end]
        while words and words[0].is_word("PREFIX", "BASE"):
            del words[0]
        start = words[0].start if words else end
        if found and end == len(text) and not text[begun:].strip():
            break
        # Where nothing stands before a semicolon, the engine says so.
        whole = end if words else end + 1
        names = tuple(word.text.upper() for word in words)
        found.append(_Operation(declared + text[begun:whole], start, names))
        declared += text[begun:start] + re.sub(r"[^\r\n]", " ", text[start : end + 1])
    return found


def _refuse_shared_labels(
    text: str, tokens: Iterable[Token], operations: Sequence[_Operation]
) -> None:
    """Refuse a blank node label in two of INSERT DATA (SPARQL 1.1 Query, section 19.6)."""
    starts = [operation.start for operation in operations]
    places: dict[str, int] = {}
    for token in tokens:
        if not token.text.startswith("_:"):
            continue
        place = bisect_right(starts, token.start) - 1
        if operations[place].is_data and places.setdefault(token.text, place) != place:
            line, column = position(text, token.start)
            raise InvalidRequest(
                f"the blank node {token.text} at line {line}, column {column} stands in two "
                "operations",
                hint="put what is about it into one INSERT DATA",
                line=line,
                column=column,
            )


def _stated(
    operations: Iterable[_Operation], base: str | None
) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """Read what INSERT DATA and DELETE DATA list, the last word on a quad counting."""
    adds, removes = set[ox.Quad](), set[ox.Quad]()
    for operation in operations:
        scratch = ox.Store()
        _run(scratch, operation.text, base)
        into, other = adds, removes
        if operation.words[0] == "DELETE":
            # Now known to be well formed, what it lists is read as if it were inserted.
            after = operation.start + len("DELETE")
            _run(
                scratch, f"{operation.text[: operation.start]}INSERT{operation.text[after:]}", base
            )
            into, other = removes, adds
        listed = set(map(_recorded, scratch))
        into |= listed
        other -= listed
    return adds, removes


def _worked_out(
    store: Store, operations: Sequence[_Operation], update: Update
) -> tuple[Iterable[ox.Quad], Iterable[ox.Quad]] | None:
    """Tell without a copy what an update adds and removes; None if that takes one.

    A pattern is matched in the store, so it is the first operation or there is none; what comes
    after it are data.
    """
    data = [operation for operation in operations if operation.is_data]
    if len(data) == len(operations):
        return _stated(operations, update.base)
    if operations[0].is_data or len(data) != len(operations) - 1:
        return None
    matched = _matched(store, operations[0], update)
    if matched is None:
        return None
    (come, gone), (adds, removes) = matched, _stated(data, update.base)
    return (come - removes) | adds, (gone - adds) | removes


def _matched(
    store: Store, operation: _Operation, update: Update
) -> tuple[set[ox.Quad], set[ox.Quad]] | None:
    text = _with_dataset(operation.text, update)
    modification = Modification.read(text, operation.start)
    if modification is None:
        return None
    # Says what is malformed, at its place.
    _run(ox.Store(), text, update.base)
    quads = modification.quads(store, update.base)
    if quads is None:
        return None
    come, gone = quads
    adds = set(map(_recorded, come))
    return adds, set(map(_recorded, filter(is_seen, gone))) - adds


def _evaluated(
    store: Store, operations: Iterable[_Operation], update: Update
) -> tuple[Iterable[ox.Quad], Iterable[ox.Quad]]:
    scratch = ox.Store()
    scratch.bulk_extend(map(_evaluable, store.quads()))
    before = set(scratch)
    for operation in operations:
        _run(scratch, _with_dataset(operation.text, update), update.base)
    after = set(scratch)
    return map(_recorded, after - before), map(_recorded, before - after)


def _run(scratch: ox.Store, text: str, base: str | None) -> None:
    try:
        scratch.update(text, base_iri=base)
    except SyntaxError as error:
        raise malformed(error, text, forms=UPDATE_FORMS) from None
    except RuntimeError as error:
        reason = f"{error}"[:1].lower() + f"{error}"[1:]
        raise InvalidRequest(
            f"the update cannot be carried out: {reason}",
            hint="nothing was changed; SILENT passes over a graph that is not there",
        ) from None


def _evaluable(quad: ox.Quad) -> ox.Quad:
    place = _UNNAMED if quad.graph_name == _DEFAULT else quad.graph_name
    return ox.Quad(quad.subject, quad.predicate, quad.object, place)


def _recorded(quad: ox.Quad) -> ox.Quad:
    place = _DEFAULT if quad.graph_name == _UNNAMED else quad.graph_name
    return ox.Quad(quad.subject, quad.predicate, quad.object, place)


def _with_dataset(text: str, update: Update) -> str:
    """Write the graphs that the protocol names into an operation (Protocol, section 2.2.3)."""
    clauses = [f"USING {_iri(name)} " for name in update.using]
    clauses += [f"USING NAMED {_iri(name)} " for name in update.using_named]
    if not clauses:
        return text
    tokens = tuple(tokens_of(text))
    _refuse_other_dataset(text, tokens)
    where = [each.start for each in outside_brackets(tokens) if each.is_word("WHERE")]
    return text[: where[0]] + "".join(clauses) + text[where[0] :] if where else text


def _iri(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError:
        raise InvalidRequest(
            f"`{name}` is no IRI of a graph", hint="give an absolute IRI in using-graph-uri"
        ) from None


def _refuse_other_dataset(text: str, tokens: Sequence[Token]) -> None:
    """Refuse what names graphs itself, and DELETE WHERE, which has no room for them."""
    for before, token in zip((None, *tokens), tokens, strict=False):
        shorthand = before is not None and before.is_word("DELETE") and token.is_word("WHERE")
        if shorthand or token.is_word("USING", "WITH"):
            line, column = position(text, token.start)
            raise InvalidRequest(
                f"{token.text.upper()} at line {line}, column {column} leaves no place for the "
                "graphs that the request names",
                hint="write DELETE { ... } WHERE { ... }"
                if shorthand
                else "name the graphs in the text or in using-graph-uri, not in both",
                line=line,
                column=column,
            )
