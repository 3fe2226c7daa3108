"""Writes a named query as a text of its own, with its parameters filled in; it asks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import dropwhile

from graph.parameters import term
from graph.query import NamedQuery
from graph.sparql_tokens import tokens_of


def filled_in(query: NamedQuery, arguments: Mapping[str, str]) -> str:
    """Write a query so that it can be asked, and changed, by itself.

    Raises InvalidRequest for a value that is not of its parameter's type.
    """
    body = "".join(
        dropwhile(lambda line: line.startswith("#+"), query.text.splitlines(keepends=True))
    )
    values = "".join(
        f"\n  VALUES ?{parameter.name} {{ {term(parameter, value)} }}"
        for parameter in query.parameters
        if (value := arguments.get(parameter.name, parameter.default)) is not None
    )
    start = _after_brace(body)
    return f"# {query.summary}\n{body[:start]}{values}{body[start:]}"


def _after_brace(text: str) -> int:
    """Give where the innermost pattern begins, behind its brace: a sub-select stands alone in one.

    A value that stood before a sub-select would not be seen in it.
    """
    tokens = list(tokens_of(text))
    is_where = [token.is_word("WHERE") for token in tokens]
    return next(
        brace.start + 1
        for where, brace, inner in zip(is_where, tokens[1:], tokens[2:], strict=False)
        if where and not inner.is_word("SELECT")
    )
