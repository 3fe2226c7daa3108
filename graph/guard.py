"""Refuses a SPARQL text for what it would do, and says where one is malformed; it runs none.

The engine recurses and cannot be stopped: this narrows what reaches it, a worker must contain it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.errors import Forbidden, InvalidRequest
from graph.keywords import parse_query, without
from graph.malformed import UPDATE_FORMS, malformed
from graph.sparql_tokens import Token, dataset_clause, position, tokens_of

MOST_BYTES: Final = 64 * 1024
# An update may list what it adds; a whole graph is better sent as one.
MOST_UPDATE_BYTES: Final = 1024 * 1024
MOST_DEPTH: Final = 100
# Each is more than three times what the longest shipped query has; at 3000 the engine crashes.
MOST_TOKENS: Final = 1500
# The engine builds a chain of operators as a tree and walks it by recursion.
MOST_OPERATORS: Final = 200

_OPERATORS = {
    "UNION",
    "MINUS",
    "OPTIONAL",
    "BIND",
    "FILTER",
    "GRAPH",
    "VALUES",
    "EXISTS",
    "LATERAL",
}


def check_query(text: str, graphs: Iterable[ox.NamedNode]) -> None:
    """Refuse a query that reaches outside, writes, or is too large or too deep to be parsed.

    `graphs` are those of the store, looked at only if the query names any. Raises Forbidden for
    SERVICE, LOAD and a FROM that names any other graph; InvalidRequest for an update, for over 64
    kB of UTF-8, brackets over 100 deep or over 200 operators, over 1500 words and signs, and for a
    text in which SERVICE may hide.
    """
    _refuse_length(text, MOST_BYTES, "ask for less at a time, or load what it lists as a dataset")
    tokens = tuple(islice(tokens_of(text), MOST_TOKENS + 1))
    _refuse_size(text, tokens)
    _refuse_outside_calls(text, tokens, parse_query)
    _refuse_updates(text, tokens)
    named = [iri for clause in dataset_clause(text) for iri in clause]
    known = {graph.value for graph in graphs} if named else set()
    for iri in named:
        if iri not in known:
            raise Forbidden(
                f"the graph `{iri}` is not in the store: outside graphs are never fetched",
                hint="list the graphs with SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
            )


def check_update(text: str) -> tuple[Token, ...]:
    """Refuse an update that reaches outside, or is too large or too deep to be parsed.

    Gives its tokens: to tell them apart takes as long as to parse it. Raises Forbidden for SERVICE
    and LOAD, also after SILENT; InvalidRequest for over 1 MB of UTF-8 and, of all but what stands
    in the brackets after DATA, the limits that a query has.
    """
    _refuse_length(text, MOST_UPDATE_BYTES, "send the triples as a graph with PUT or POST /graphs")
    tokens = tuple(tokens_of(text))
    _refuse_size(text, tuple(_without_data(tokens)))
    _refuse_depth(text, tokens)
    _refuse_outside_calls(text, tokens, _parse_update)
    return tokens


def _without_data(tokens: Sequence[Token]) -> Iterable[Token]:
    """Leave out the ground triples of INSERT DATA and DELETE DATA: they are a flat list."""
    depth = 0
    for before, token in zip((None, *tokens), tokens, strict=False):
        if depth or (before is not None and before.is_word("DATA") and token.text == "{"):
            depth += (token.kind == "open") - (token.kind == "close")
        else:
            yield token


def _refuse_length(text: str, most: int, hint: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise InvalidRequest("the query holds a character that is not Unicode text") from None
    if size > most:
        raise InvalidRequest(f"the query is longer than {most // 1024} kB", hint=hint)


def _refuse_size(text: str, tokens: Sequence[Token]) -> None:
    if len(tokens) > MOST_TOKENS:
        raise _invalid(f"more than {MOST_TOKENS} words and signs", text, tokens[-1])
    _refuse_depth(text, tokens)
    operators = 0
    for token in tokens:
        operators += token.kind == "operator" or token.is_word(*_OPERATORS)
        if operators > MOST_OPERATORS:
            raise _invalid(f"more than {MOST_OPERATORS} operators", text, token)


def _refuse_depth(text: str, tokens: Sequence[Token]) -> None:
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth > MOST_DEPTH:
            raise _invalid(f"brackets more than {MOST_DEPTH} deep", text, token)


def _refuse_outside_calls(
    text: str, tokens: Sequence[Token], parse: Callable[[str], object]
) -> None:
    for token in tokens:
        if token.is_word("SERVICE", "LOAD"):
            line, column = position(text, token.start)
            raise Forbidden(
                f"{token.text.upper()} at line {line}, column {column}: no other server is asked",
                hint="load the data you need as a dataset",
                line=line,
                column=column,
            )
    otherwise = without(text, "service", "load")
    if otherwise is None:
        return
    try:
        parse(otherwise)
    except SyntaxError as error:
        raise malformed(error, text) from None


def _parse_update(text: str) -> None:
    # What has no SERVICE and no LOAD in it can only change this empty store.
    with suppress(RuntimeError):
        ox.Store().update(text)


def _refuse_updates(text: str, tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.kind == "word":
            if token.is_word(*UPDATE_FORMS):
                raise _invalid(
                    f"{token.text.upper()} writes; this endpoint only reads", text, token
                )
            if not token.is_word("PREFIX", "BASE"):
                return


def _invalid(message: str, text: str, token: Token) -> InvalidRequest:
    line, column = position(text, token.start)
    return InvalidRequest(
        f"line {line}, column {column} of the query: {message}", line=line, column=column
    )
