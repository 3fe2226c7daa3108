"""Refuses a SPARQL text for what it would do, and says where one is malformed; it runs none.

The engine recurses and cannot be stopped: this narrows what reaches it, a worker must contain it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import urljoin

import pyoxigraph as ox

from graph.errors import Forbidden, InvalidRequest
from graph.namespaces import PREFIXES

MOST_BYTES: Final = 64 * 1024
MOST_DEPTH: Final = 100
# The engine builds a chain of operators as a tree and walks it by recursion.
MOST_OPERATORS: Final = 1000

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
# SPARQL 1.1 Query, section 19.8, as far as telling names, texts and keywords apart needs it.
_TOKEN = re.compile(
    rf"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
               | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d][\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{{2}}|\\.)*)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<open>[(\[{{])
    | (?P<close>[)\]}}])
    | (?P<operator>\|\| | && | [!*/+|^-])
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = {"INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
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
_FAILURE = re.compile(
    r"^error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<wanted>.*)"
)

# The engine refuses a variable that is not projected after parsing and before evaluating.
_PARSE_ONLY: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
    ox.Variable("parseOnly"): ox.Literal("")
}


class _Token(NamedTuple):
    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.text.upper() in words


class DatasetClause(NamedTuple):
    """The graphs a query names after FROM and FROM NAMED, as IRIs."""

    default: tuple[str, ...]
    named: tuple[str, ...]


def check_query(text: str, graphs: Iterable[ox.NamedNode]) -> None:
    """Refuse a query that reaches outside, writes, or is too large or too deep to be parsed.

    `graphs` are those of the store. Raises Forbidden for SERVICE, LOAD and a FROM that names any
    other graph; InvalidRequest for an update, for over 64 kB of UTF-8, brackets over 100 deep or
    over 1000 operators, and for a text in which SERVICE may hide.
    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise InvalidRequest("the query holds a character that is not Unicode text") from None
    if size > MOST_BYTES:
        raise InvalidRequest(
            f"the query is longer than {MOST_BYTES // 1024} kB",
            hint="ask for less at a time, or load what it lists as a dataset",
        )
    tokens = tuple(_tokens(text))
    _refuse_size(text, tokens)
    _refuse_outside_calls(text, tokens)
    _refuse_updates(text, tokens)
    known = {graph.value for graph in graphs}
    for iri in (iri for clause in dataset_clause(text) for iri in clause):
        if iri not in known:
            raise Forbidden(
                f"the graph `{iri}` is not in the store: outside graphs are never fetched",
                hint="list the graphs with SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
            )


def dataset_clause(text: str) -> DatasetClause:
    """Read which graphs a query names (SPARQL 1.1 Query, section 13.2), resolved to IRIs."""
    if "from" not in text.lower():
        return DatasetClause((), ())
    tokens = tuple(_tokens(text))
    resolve = _Prologue(tokens).resolve
    default, named = [], []
    for before, token, after in zip(tokens, tokens[1:], (*tokens[2:], None), strict=False):
        if before.is_word("FROM") and token.kind in ("iri", "name"):
            default.append(resolve(token))
        elif before.is_word("FROM") and token.is_word("NAMED") and after is not None:
            named.append(resolve(after))
    return DatasetClause(tuple(default), tuple(named))


def malformed(error: SyntaxError, text: str) -> InvalidRequest:
    """Explain why the engine could not parse a query, with its line and column."""
    undeclared = _Prologue(tokens := tuple(_tokens(text))).undeclared(tokens)
    if undeclared is not None:
        prefix = undeclared.text.partition(":")[0]
        line, column = _position(text, undeclared.start)
        iri = PREFIXES.get(prefix, "...")
        return InvalidRequest(
            f"the prefix `{prefix}:` at line {line}, column {column} is not declared",
            hint=f"begin the query with PREFIX {prefix}: <{iri}>",
            line=line,
            column=column,
        )
    failure = _FAILURE.match(str(error))
    if failure is None:
        return InvalidRequest(f"the query is not valid SPARQL: {error}")
    line, column = int(failure["line"]), int(failure["column"])
    wanted = [word for word in failure["wanted"].split(", ") if re.fullmatch(r"[A-Z ]+", word)]
    wanted = [word for word in wanted if word not in ("SERVICE", "LATERAL")]
    return InvalidRequest(
        f"the query is not valid SPARQL at line {line}, column {column}",
        hint=f"expected {' or '.join(wanted)}" if len(wanted) in (1, 2) else None,
        line=line,
        column=column,
    )


class _Prologue:
    """The BASE and PREFIX declarations of a query."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._base = ""
        self._prefixes: dict[str, str] = {}
        for word, first, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if word.is_word("BASE") and first.kind == "iri":
                self._base = self.resolve(first)
            elif word.is_word("PREFIX") and first.kind == "name" and second.kind == "iri":
                self._prefixes[first.text[:-1]] = self.resolve(second)

    def resolve(self, token: _Token) -> str:
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            return self._prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
        iri = re.sub(_ESCAPE, lambda escape: chr(int(escape[0][2:], 16)), token.text[1:-1])
        return urljoin(self._base, iri) if self._base else iri

    def undeclared(self, tokens: Sequence[_Token]) -> _Token | None:
        for before, token in zip((None, *tokens), tokens, strict=False):
            is_declaration = before is not None and before.is_word("PREFIX")
            if token.kind == "name" and not is_declaration:
                prefix = token.text.partition(":")[0]
                if prefix not in ("_", *self._prefixes):
                    return token
        return None


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        assert kind is not None
        if kind != "comment":
            yield _Token(kind, match[0], match.start())


def _refuse_size(text: str, tokens: Sequence[_Token]) -> None:
    depth = operators = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        operators += token.kind == "operator" or token.is_word(*_OPERATORS)
        if depth > MOST_DEPTH:
            raise _invalid(f"brackets more than {MOST_DEPTH} deep", text, token)
        if operators > MOST_OPERATORS:
            raise _invalid(f"more than {MOST_OPERATORS} operators", text, token)


def _refuse_outside_calls(text: str, tokens: Sequence[_Token]) -> None:
    for token in tokens:
        if token.is_word("SERVICE", "LOAD"):
            line, column = _position(text, token.start)
            raise Forbidden(
                f"{token.text.upper()} at line {line}, column {column}: no other server is asked",
                hint="load the data you need as a dataset",
                line=line,
                column=column,
            )
    if "service" not in text.lower():
        return
    # Whether `<` opens an IRI or compares depends on the grammar around it, so tokens alone can be
    # led astray: FILTER(?a<1)SERVICE#>. The engine itself then says whether the word is a keyword,
    # for a text without the word parses only if it was none.
    without = re.sub("(?i)servic(e)", lambda word: word[0][:-1] + "q", text)
    try:
        ox.Store().query(without, substitutions=_PARSE_ONLY)
    except SyntaxError as error:
        raise malformed(error, text) from None
    except RuntimeError:
        return


def _refuse_updates(text: str, tokens: Sequence[_Token]) -> None:
    for token in tokens:
        if token.kind == "word":
            if token.is_word(*_UPDATES):
                raise _invalid(
                    f"{token.text.upper()} writes; this endpoint only reads", text, token
                )
            if not token.is_word("PREFIX", "BASE"):
                return


def _invalid(message: str, text: str, token: _Token) -> InvalidRequest:
    line, column = _position(text, token.start)
    return InvalidRequest(
        f"line {line}, column {column} of the query: {message}", line=line, column=column
    )


def _position(text: str, start: int) -> tuple[int, int]:
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
