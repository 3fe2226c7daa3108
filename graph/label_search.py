"""Finds things by labels in every language and by codes: an index in memory, of one version.

It answers with what the words say and knows nothing of what a thing is.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from typing import Final, NamedTuple, Self

import pyoxigraph as ox

from graph.errors import InvalidRequest
from graph.namespaces import ONTOLOGY, PREFIXES, SV
from graph.store import Store

LABELS: Final = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("rdfs", "label"), ("skos", "prefLabel"), ("skos", "altLabel"))
)
CODES: Final = tuple(
    ox.NamedNode(SV + name) for name in ("abbreviation", "iso3166Alpha2", "iso3166Alpha3")
)
"""What stands for a label where it is written short."""
# 2: diacritics are removed in letters that carry several as well (SQLite FTS5, section 4.3.1).
_TABLE: Final = """
PRAGMA temp_store = MEMORY;
CREATE VIRTUAL TABLE labels USING fts5(
    label, thing UNINDEXED, language UNINDEXED,
    tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
CREATE VIRTUAL TABLE words USING fts5vocab(labels, row);
"""
_HAS_ANY: Final = "SELECT 1 FROM labels WHERE labels MATCH ? LIMIT 1"
_WORDS: Final = """
SELECT term FROM words WHERE term >= :begin AND term < :begin || char(0x10ffff)
AND length(term) BETWEEN :length - 2 AND :length + 2 LIMIT :most
"""
_SEARCH: Final = """
SELECT thing, label, language, rank, highlight(labels, 0, :on, :off) FROM labels
WHERE labels MATCH :words AND (:language = '' OR language = :language OR language GLOB :variants)
ORDER BY rank, length(label), label, thing, language
"""
# As many words as anyone looks for, and no more than FTS5 joins in one expression.
_MOST_WORDS: Final = 16
_LONGEST_WORD: Final = 64
# Comparing spellings takes some microseconds a pair, and a graph may have 200,000 words.
_MOST_RESPELT: Final = 4
_MOST_COMPARED: Final = 2000
_ALIGNMENTS: Final = f"{ONTOLOGY}alignments/"
_ARTICLES: Final = frozenset({"a", "an", "the"})
_LANGUAGE: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
# No text has these (Unicode, section 23.7): they mark what was found within a label.
_ON, _OFF = "\ufdd0", "\ufdd1"


class Part(NamedTuple):
    """A part of a label, and whether it is one of the words that were looked for."""

    text: str
    found: bool


class Found(NamedTuple):
    """A label that has every word asked for; `rank` is BM25 as SQLite counts it, best is lowest.

    The texts of `parts` make up the label.
    """

    thing: str
    label: str
    language: str
    rank: float
    parts: tuple[Part, ...]

    @property
    def whole(self) -> bool:
        """Tell whether the label has no other words than those asked for; articles are none."""
        rest = " ".join(part.text for part in self.parts if not part.found).casefold()
        words = "".join(each if each.isalnum() else " " for each in rest).split()
        return _ARTICLES.issuperset(words)


class LabelIndex:
    """The labels of a graph, as they were when it was made."""

    def __init__(self, labels: Iterable[tuple[str, str, str]]) -> None:
        """Index labels, each with its thing and then its language (lower case, or empty)."""
        self._index = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._index.executescript(_TABLE)
        self._index.execute("BEGIN")
        self._index.executemany(
            "INSERT INTO labels (label, thing, language) VALUES (?, ?, ?)", labels
        )
        self._index.execute("COMMIT")

    @classmethod
    def of(cls, store: Store) -> Self:
        """Index the labels and codes of every graph, one that several graphs state once.

        Terms of other vocabularies are left out: nobody who looks for an agreement means ODRL's.
        """
        return cls(
            {
                (quad.object.value, quad.subject.value, (quad.object.language or "").lower())
                for predicate in (*LABELS, *CODES)
                for quad in store.match(predicate=predicate)
                if isinstance(quad.object, ox.Literal)
                and isinstance(quad.subject, ox.NamedNode)
                and not _is_alignment(quad.graph_name)
            }
        )

    @cached_property
    def things(self) -> frozenset[str]:
        """Give whatever has a label."""
        return frozenset(row[0] for row in self._index.execute("SELECT thing FROM labels"))

    def search(self, text: str, *, language: str | None = None) -> list[Found]:
        """Find labels in which every word of a text begins a word, best first.

        Case and accents do not matter. `language` is a tag in which `en` stands for `en-GB` too
        (RFC 4647, basic filtering). No text is an error: what is no word is passed over, and a text
        without any finds nothing. Raises InvalidRequest for a language that is no tag.
        """
        wanted = (language or "").lower()
        if not _LANGUAGE.issuperset(wanted):
            raise InvalidRequest(f"`{language}` is no language tag", hint="write it as en or uk")
        words = _expression(text)
        if not words:
            return []
        asked = {"words": words, "language": wanted, "variants": f"{wanted}-*"}
        rows = self._index.execute(_SEARCH, {**asked, "on": _ON, "off": _OFF})
        return [
            Found(thing, label, tag, rank, _parts(marked))
            for thing, label, tag, rank, marked in rows
        ]

    def near(self, text: str) -> list[str]:
        """Give other texts to search for where a text finds nothing; each finds something.

        First all of its words, those that no label has written like the nearest that one has; else
        each of them alone. Of a longer text only the first four words count. Where labels have
        thousands of words, the nearest is sought among those that begin alike.
        """
        first = _readable(text).split()[:_MOST_RESPELT]
        words = [word for word in first if _expression(word)]
        known = [found for word in words if (found := self._nearest(word)) is not None]
        whole = " ".join(known)
        offered = [whole] if self._finds(whole) else dict.fromkeys(known)
        return [each for each in offered if each != text]

    def _finds(self, text: str) -> bool:
        words = _expression(text)
        return bool(words and self._index.execute(_HAS_ANY, (words,)).fetchone())

    def _nearest(self, word: str) -> str | None:
        """Give a word itself if a label has it, else one that is written much like it."""
        if self._finds(word):
            return word
        wanted = word[:_LONGEST_WORD].casefold()
        close = get_close_matches(wanted, self._alike(wanted), n=1)
        return close[0] if close else None

    def _alike(self, word: str) -> set[str]:
        """Give words about as long, from each of those with two, one and no letter in common."""
        bounds = {"length": len(word), "most": _MOST_COMPARED}
        return {
            row[0]
            for size in (2, 1, 0)
            for row in self._index.execute(_WORDS, {"begin": word[:size], **bounds})
        }


def _is_alignment(graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | ox.Triple) -> bool:
    return isinstance(graph, ox.NamedNode) and graph.value.startswith(_ALIGNMENTS)


def _expression(text: str) -> str:
    """Write words as quoted prefixes, in which FTS5 knows no operators.

    The tokenizer alone tells what a word is: it keeps the vowel signs of Indic scripts, say, which
    no regular expression of ours would.
    """
    plain = unicodedata.normalize("NFC", _readable(text)).replace("\0", " ").replace('"', " ")
    words = plain.split()[:_MOST_WORDS]
    return " ".join(f'"{word[:_LONGEST_WORD]}"*' for word in words if any(map(str.isalnum, word)))


def _readable(text: str) -> str:
    """Give as much of a text as is looked for, without what no encoding has."""
    return text[: _MOST_WORDS * _LONGEST_WORD].encode("utf-8", "replace").decode()


def _parts(marked: str) -> tuple[Part, ...]:
    before, *rest = marked.split(_ON)
    parts = [Part(before, found=False)]
    for each in rest:
        hit, _, after = each.partition(_OFF)
        parts += [Part(hit, found=True), Part(after, found=False)]
    return tuple(part for part in parts if part.text)
