"""Says why a SPARQL text could not be parsed, where, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from graph.errors import InvalidRequest
from graph.namespaces import PREFIXES
from graph.sparql_tokens import Prologue, Token, position, tokens_of

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATE_FORMS = "INSERT", "DELETE", "WITH", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"
# SPARQL 1.1 Query, section 19.8: what may stand before a bracket, first the functions.
_FUNCTIONS = """
    ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI EXISTS FLOOR
    GROUP_CONCAT HOURS IF IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5
    MIN MINUTES MONTH NOW RAND REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512
    STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TZ
    UCASE URI UUID YEAR
"""
_KEYWORDS = """
    A AS ASC ASK BASE BIND BY CONSTRUCT DESC DESCRIBE DISTINCT FALSE FILTER FROM GRAPH GROUP HAVING
    IN LATERAL LIMIT MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT SEPARATOR SERVICE
    SILENT TRUE UNDEF UNION VALUES WHERE
"""
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_FAILURE = re.compile(
    r"^error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<wanted>.*)"
)


def malformed(error: SyntaxError, text: str, *, forms: Sequence[str] = _FORMS) -> InvalidRequest:
    """Explain why the engine could not parse a query or, with its `forms`, an update, and where.

    The engine says where it gave up, which is at times far behind the fault: what can be told from
    the tokens alone is told instead, with its own place.
    """
    tokens = tuple(tokens_of(text))
    if not tokens:
        example = "write one such as SELECT * { ?s ?p ?o } LIMIT 10"
        return InvalidRequest("the query is empty", hint=example, line=1, column=1)
    no_form = partial(_no_form, forms)
    for find in (_undeclared_prefix, _unclosed, no_form, _unknown_function):
        fault = find(tokens)
        if fault:
            line, column = position(text, fault.token.start)
            message = f"{fault.name} at line {line}, column {column} {fault.complaint}"
            return InvalidRequest(message, hint=fault.hint, line=line, column=column)
    return _given_up(error)


class _Fault(NamedTuple):
    """What is wrong with a token, in the words that go before and after its place."""

    token: Token
    name: str
    complaint: str
    hint: str | None = None


def _undeclared_prefix(tokens: Sequence[Token]) -> _Fault | None:
    token = Prologue(tokens).undeclared(tokens)
    if token is None:
        return None
    prefix = token.text.partition(":")[0]
    hint = f"begin the query with PREFIX {prefix}: <{PREFIXES.get(prefix, '...')}>"
    return _Fault(token, f"the prefix `{prefix}:`", "is not declared", hint)


def _unclosed(tokens: Sequence[Token]) -> _Fault | None:
    """Find a quote or bracket without its partner, unless a comparison may pass for an IRI."""
    if any(token.kind == "iri" and set(token.text) & set("()[]'") for token in tokens):
        return None
    quote = next((token for token in tokens if token.kind == "quote"), None)
    if quote:
        name = f"the text that a `{quote.text}` opens"
        return _Fault(quote, name, "is never closed", f"end it with `{quote.text}`")
    waiting: list[Token] = []
    for token in tokens:
        if token.kind == "open":
            waiting.append(token)
        elif token.kind == "close":
            if not any(_CLOSING[one.text] == token.text for one in waiting):
                hint = "take it out, or open it before"
                return _Fault(token, f"a `{token.text}`", "closes nothing", hint)
            if _CLOSING[waiting[-1].text] != token.text:
                break
            waiting.pop()
    if not waiting:
        return None
    opened = waiting[-1].text
    hint = f"close it with `{_CLOSING[opened]}`"
    return _Fault(waiting[-1], f"a `{opened}`", "is never closed", hint)


def _no_form(forms: Sequence[str], tokens: Sequence[Token]) -> _Fault | None:
    rest = list(tokens)
    while [one.kind for one in rest[:3]] == ["word", "name", "iri"] and rest[0].is_word("PREFIX"):
        del rest[:3]
    if not rest or rest[0].is_word("BASE", *forms):
        return None
    if rest[0].is_word("PREFIX"):
        hint = "write it as PREFIX name: <IRI>"
        return _Fault(rest[0], "the PREFIX", "declares nothing", hint)
    hint = f"begin with {', '.join(forms[:-1])} or {forms[-1]}, after any PREFIX"
    return _Fault(rest[0], f"`{rest[0].text}`", "begins no query", hint)


def _unknown_function(tokens: Sequence[Token]) -> _Fault | None:
    functions = _FUNCTIONS.split()
    known = {*functions, *_KEYWORDS.split()}
    for token, after in pairwise(tokens):
        word = token.text.upper()
        if token.kind == "word" and after.text == "(" and word not in known:
            near = get_close_matches(word, functions, n=1, cutoff=0.75)
            hint = f"did you mean {near[0]}?" if near else None
            return _Fault(token, f"`{token.text}`", "is no function of SPARQL 1.1", hint)
    return None


def _given_up(error: SyntaxError) -> InvalidRequest:
    failure = _FAILURE.match(str(error))
    if failure is None:
        return InvalidRequest(f"the query is not valid SPARQL: {error}", line=error.lineno or 1)
    line, column, wanted = int(failure["line"]), int(failure["column"]), failure["wanted"]
    words = re.findall(r"[^,\s]+", wanted)
    if all(re.fullmatch(r"[A-Za-z_]+", word) for word in words):
        # The engine tells where the words it tried would have ended.
        column = max(1, column - min(map(len, words), default=0))
    ungrouped = "SELECT contains a variable that is unbound" in wanted
    return InvalidRequest(
        f"the query is not valid SPARQL near line {line}, column {column}",
        hint="group by each variable that is selected beside an aggregate" if ungrouped else None,
        line=line,
        column=column,
    )
