"""Finds things by their labels in every language: an index beside the journal, rebuilt when behind.

It answers with what the words say and knows nothing of what a thing is.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from threading import get_native_id
from typing import Final, NamedTuple

import pyoxigraph as ox

from graph.errors import InvalidRequest, ServandaError
from graph.journal import Journal
from graph.namespaces import ONTOLOGY, PREFIXES
from graph.store import Store

INDEX: Final = "labels.sqlite"
LABELS: Final = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("rdfs", "label"), ("skos", "prefLabel"), ("skos", "altLabel"))
)
# 2: diacritics are removed in letters that carry several as well (SQLite FTS5, section 4.3.1).
_TABLES: Final = """
CREATE VIRTUAL TABLE labels USING fts5(
    label, thing UNINDEXED, language UNINDEXED,
    tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE TABLE head (seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
"""
_SEARCH: Final = """
SELECT thing, label, language, rank FROM labels
WHERE labels MATCH :words AND (:language = '' OR language = :language OR language GLOB :variants)
ORDER BY rank, length(label), label, thing, language LIMIT :limit
"""
# As many words as anyone looks for, and no more than FTS5 joins in one expression.
_MOST_WORDS: Final = 16
_LONGEST_WORD: Final = 64
_ALIGNMENTS: Final = f"<{ONTOLOGY}alignments/"
_MOST_FOUND: Final = 1000
_LANGUAGE: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


class Found(NamedTuple):
    """A label that has every word asked for; `rank` is BM25 as SQLite counts it, best is lowest."""

    thing: str
    label: str
    language: str
    rank: float


def search(
    journal: Journal,
    store: Store,
    text: str,
    *,
    language: str | None = None,
    limit: int = 20,
) -> list[Found]:
    """Find labels in which every word of a text begins a word, best first; case and accents aside.

    `store` is at the journal's head. `language` is a tag in which `en` stands for `en-GB` too
    (RFC 4647, basic filtering). No text is an error: what is no word is passed over, and a text
    without any finds nothing. Raises InvalidRequest for a language that is no tag.
    """
    wanted = (language or "").lower()
    if not _LANGUAGE.issuperset(wanted):
        raise InvalidRequest(f"`{language}` is no language tag", hint="write it as en or uk")
    if store.head != journal.head:
        raise ValueError(f"the store is at {store.head} and the journal at {journal.head}")
    words = _expression(text)
    if not words:
        return []
    asked: dict[str, str | int] = {
        "words": words,
        "language": wanted,
        "variants": f"{wanted}-*",
        "limit": max(0, min(limit, _MOST_FOUND)),
    }
    path = journal.path.with_name(INDEX)
    head = (journal.head, journal.head_hash)
    try:
        if _head_of(path) == head:
            return _ask(path, asked)
    except sqlite3.DatabaseError:
        # Damaged: it is no loss.
        pass
    _rebuild(path, store, head)
    return _ask(path, asked)


def forget(journal: Path) -> None:
    """Remove the index beside a journal, begun ones too; the next search makes it anew."""
    for index in (journal.with_name(INDEX), *journal.parent.glob(f".{INDEX}-*")):
        index.unlink(missing_ok=True)


def _expression(text: str) -> str:
    """Write words as quoted prefixes, in which FTS5 knows no operators.

    The tokenizer alone tells what a word is: it keeps the vowel signs of Indic scripts, say, which
    no regular expression of ours would.
    """
    readable = text[: _MOST_WORDS * _LONGEST_WORD].encode("utf-8", "replace").decode()
    plain = unicodedata.normalize("NFC", readable).replace("\0", " ").replace('"', " ")
    words = plain.split()[:_MOST_WORDS]
    return " ".join(f'"{word[:_LONGEST_WORD]}"*' for word in words if any(map(str.isalnum, word)))


def _ask(path: Path, asked: Mapping[str, str | int]) -> list[Found]:
    with closing(_open(path)) as index:
        return [Found(*row) for row in index.execute(_SEARCH, asked)]


def _head_of(path: Path) -> tuple[int, str] | None:
    """Say where an index is; raises sqlite3.DatabaseError for one that is absent or damaged."""
    with closing(_open(path)) as index:
        head: tuple[int, str] | None = index.execute("SELECT seq, hash FROM head").fetchone()
        return head


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _rebuild(path: Path, store: Store, head: tuple[int, str]) -> None:
    """Build beside the old index and put in its place: whoever reads that one keeps it."""
    new = path.with_name(f".{INDEX}-{get_native_id()}")
    try:
        new.unlink(missing_ok=True)
        with closing(sqlite3.connect(new, isolation_level=None)) as index:
            _fill(index, store, head)
        new.replace(path)
    except (sqlite3.Error, OSError) as error:
        raise ServandaError(
            f"the index of labels `{path}` could not be made: {error}",
            hint="free some space or check the permissions",
        ) from None


def _fill(index: sqlite3.Connection, store: Store, head: tuple[int, str]) -> None:
    # It can be made anew at any time: nothing here need survive a power failure.
    index.execute("PRAGMA journal_mode = OFF")
    index.execute("PRAGMA synchronous = OFF")
    index.executescript(_TABLES)
    index.execute("BEGIN")
    index.executemany("INSERT INTO labels (label, thing, language) VALUES (?, ?, ?)", _of(store))
    index.execute("INSERT INTO head VALUES (?, ?)", head)
    index.execute("COMMIT")


def _of(store: Store) -> set[tuple[str, str, str]]:
    """Collect the labels of every graph, one that several graphs state once.

    The terms of other vocabularies are left out: nobody who looks for an agreement means ODRL's.
    """
    return {
        (quad.object.value, quad.subject.value, (quad.object.language or "").lower())
        for quad in store.quads()
        if quad.predicate in LABELS
        and not str(quad.graph_name).startswith(_ALIGNMENTS)
        and isinstance(quad.object, ox.Literal)
        and isinstance(quad.subject, ox.NamedNode)
    }
