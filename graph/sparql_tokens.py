"""Tells names, texts, brackets and keywords of a SPARQL text apart; it judges none of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urljoin

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
# SPARQL 1.1 Query, section 19.8, as far as telling names, texts and keywords apart needs it.
# A prefix is looked for over 256 characters at most: without a limit that would be quadratic.
_TOKEN = re.compile(
    rf"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
               | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d][\w.-]{{0,255}})?:(?:[\w:.-]|%[0-9A-Fa-f]{{2}}|\\.)*)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<open>[(\[{{])
    | (?P<close>[)\]}}])
    | (?P<operator>\|\| | && | [!*/+|^-])
    | (?P<quote>["'])
    | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of a query: what it is, how it is written, and where it starts."""

    kind: str
    text: str
    start: int

    def is_word(self, *words: str) -> bool:
        """Tell whether it is one of some keywords, given in capitals."""
        return self.kind == "word" and self.text.upper() in words


class DatasetClause(NamedTuple):
    """The graphs a query names after FROM and FROM NAMED, as IRIs."""

    default: tuple[str, ...]
    named: tuple[str, ...]


def dataset_clause(text: str) -> DatasetClause:
    """Read which graphs a query names (SPARQL 1.1 Query, section 13.2), resolved to IRIs."""
    if "from" not in text.lower():
        return DatasetClause((), ())
    tokens = tuple(tokens_of(text))
    resolve = Prologue(tokens).resolve
    default, named = [], []
    for before, token, after in zip(tokens, tokens[1:], (*tokens[2:], None), strict=False):
        if before.is_word("FROM") and token.kind in ("iri", "name"):
            default.append(resolve(token))
        elif before.is_word("FROM") and token.is_word("NAMED") and after is not None:
            named.append(resolve(after))
    return DatasetClause(tuple(default), tuple(named))


def _character(escape: re.Match[str]) -> str:
    """Give what an escape stands for; U+FFFD for a number that no character has."""
    number = int(escape[0][2:], 16)
    is_character = number <= sys.maxunicode and not 0xD800 <= number <= 0xDFFF
    return chr(number) if is_character else "\N{REPLACEMENT CHARACTER}"


class Prologue:
    """The BASE and PREFIX declarations of a query."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Read the declarations, wherever they stand."""
        self._base = ""
        self._prefixes: dict[str, str] = {}
        for word, first, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if word.is_word("BASE") and first.kind == "iri":
                self._base = self.resolve(first)
            elif word.is_word("PREFIX") and first.kind == "name" and second.kind == "iri":
                self._prefixes[first.text[:-1]] = self.resolve(second)

    def resolve(self, token: Token) -> str:
        """Give the IRI that a name or an IRI reference stands for."""
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            return self._prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
        iri = re.sub(_ESCAPE, _character, token.text[1:-1])
        try:
            return urljoin(self._base, iri) if self._base else iri
        except ValueError:
            # It is no IRI, which is for the engine to say.
            return iri

    def undeclared(self, tokens: Sequence[Token]) -> Token | None:
        """Find the first name whose prefix is not declared."""
        for before, token in zip((None, *tokens), tokens, strict=False):
            is_declaration = before is not None and before.is_word("PREFIX")
            if token.kind == "name" and not is_declaration:
                prefix = token.text.partition(":")[0]
                if prefix not in ("_", *self._prefixes):
                    return token
        return None


def tokens_of(text: str) -> Iterator[Token]:
    """Give the pieces of a text in order, without comments and white space."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        assert kind is not None
        if kind != "comment":
            yield Token(kind, match[0], match.start())


def outside_brackets(tokens: Iterable[Token]) -> Iterator[Token]:
    """Give the tokens that stand in no brackets, and no bracket."""
    depth = 0
    for token in tokens:
        depth -= token.kind == "close"
        if depth == 0 and token.kind not in ("open", "close"):
            yield token
        depth += token.kind == "open"


def position(text: str, start: int) -> tuple[int, int]:
    """Give the line and the column, both from 1, of an offset in a text."""
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
