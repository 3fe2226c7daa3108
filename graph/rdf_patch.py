"""Writes the history as RDF Patch and reads such a text back (https://afs.github.io/rdf-patch/).

One patch is one transaction; its header names it, the one before it, and who made it, when and why.
Read are rows of one line each, with IRIs in full: no journal holds a blank node or a prefix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import pyoxigraph as ox

from graph.errors import Conflict, UnreadableInput
from graph.journal import Change, Journal, Transaction
from graph.namespaces import ID, PREFIXES
from graph.rdf import N_QUADS, N_TRIPLES, decode, nquads, parse

TRANSACTION: Final = f"{ID}transaction/"
"""What the hash of a transaction follows in the name a patch gives it."""

_ROW: Final = re.compile(r"([ \t]*([A-Za-z]+))(.*)", re.DOTALL)
_HEADER: Final = re.compile(r"\s+(\S+)\s+(.+?)\s*\.\s*", re.DOTALL)
_SIGNS: Final = ("TX", "TC", "TA")


@dataclass(frozen=True)
class Patch:
    """One transaction of a patch; `header` has the values by key, and `line` is where it begins.

    A patch written elsewhere may say nothing of itself.
    """

    change: Change
    header: dict[str, str]
    line: int

    @property
    def id(self) -> str | None:
        """Give the name of the transaction."""
        return self.header.get("id")

    @property
    def previous(self) -> str | None:
        """Give the name of the transaction it follows; None for the first of a history."""
        return self.header.get("prev")

    @property
    def undoes(self) -> int | None:
        """Give the number of the transaction it undoes."""
        written = self.header.get("undoes")
        return int(written) if written else None

    @property
    def at(self) -> datetime | None:
        """Give when it was recorded."""
        written = self.header.get("at")
        return datetime.fromisoformat(written) if written else None


Write = Callable[[Patch], int | None]
"""Records a patch and gives the number of its transaction, None if it changes nothing."""


def patches(journal: Journal, after: int = 0, until: int | None = None) -> Iterator[bytes]:
    """Write the transactions above `after` up to `until`, or the head, each as one patch.

    Raises NotFound for a version that is not there.
    """
    return map(_written, journal.transactions(after, until))


def patch_of(change: Change | Transaction) -> bytes:
    """Write a change as a patch that says nothing of itself."""
    rows = ["TX .", *(f"D {line}" for line in _lines(change.removes))]
    rows += [*(f"A {line}" for line in _lines(change.adds)), "TC ."]
    return "".join(f"{row}\n" for row in rows).encode()


def read_patches(data: bytes, *, source: str) -> list[Patch]:
    """Read a text of one patch or more.

    Raises UnreadableInput with the line for a row that is none, a transaction that does not end, a
    quad with a blank node or without a graph, and what `graph.rdf.parse` refuses.
    """
    text = decode(data, source)
    reader = _Reader(source)
    # What stays keeps its line and column, so that the parser's complaints are about this text.
    kept = "\n".join(reader.row(number, line) for number, line in enumerate(text.split("\n"), 1))
    reader.end()
    quads = parse(kept.encode(), format=N_QUADS, source=source)
    return list(reader.patches(quads, kept))


def apply(patches: Sequence[Patch], journal: Journal, write: Write) -> int:
    """Hand patches to the write path, oldest first; give how many changed something.

    `write` gets each with `undoes` renumbered to this journal; it judges and records. Raises
    Conflict, before anything is written, when they do not follow each other or the journal's head;
    what `write` raises ends it, and what was written before stays.
    """
    _refuse_what_does_not_follow(patches, journal)
    before = journal.head
    numbers: dict[str, int] = {}
    for patch in patches:
        undone = patch.header.get("undoes", "")
        renumbered = {"undoes": str(numbers[undone])} if undone in numbers else {}
        made = write(replace(patch, header=patch.header | renumbered))
        if made is not None:
            numbers[patch.header.get("seq", "")] = made
    return journal.head - before


def _refuse_what_does_not_follow(patches: Sequence[Patch], journal: Journal) -> None:
    head = TRANSACTION + journal.head_hash if journal.head else None
    for patch in patches:
        if patch.id is None and patch.previous is None:
            continue
        if patch.previous != head:
            raise Conflict(
                f"the patch at line {patch.line} follows "
                f"{f'`{patch.previous}`' if patch.previous else 'nothing'}, not "
                f"{f'`{head}`' if head else 'an empty graph'}",
                hint="export the history from the version this graph is at",
            )
        head = patch.id


def _written(transaction: Transaction) -> bytes:
    header = "".join(f"H {key} {term} .\n" for key, term in _header(transaction))
    return header.encode() + patch_of(transaction)


def _lines(quads: Sequence[ox.Quad]) -> list[str]:
    return nquads(quads).split("\n")[:-1]


def _header(transaction: Transaction) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    yield "id", ox.NamedNode(TRANSACTION + transaction.hash)
    if transaction.previous:
        yield "prev", ox.NamedNode(TRANSACTION + transaction.previous)
    yield "seq", _typed(transaction.seq, "integer")
    yield "at", _typed(transaction.at.isoformat(timespec="microseconds"), "dateTime")
    for key in ("author", "role", "reason", "source"):
        yield key, ox.Literal(getattr(transaction, key))
    if transaction.report_digest:
        yield "report-digest", ox.Literal(transaction.report_digest)
    if transaction.undoes is not None:
        yield "undoes", _typed(transaction.undoes, "integer")
    for seq in transaction.rewritten:
        yield f"rewrote-{seq}", ox.Literal(transaction.rewritten[seq])


def _typed(value: object, datatype: str) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))


@dataclass
class _Section:
    """A transaction that was begun: where, under which header, and its rows by line."""

    line: int
    header: dict[str, str]
    rows: list[tuple[int, str]] = field(default_factory=list)
    is_aborted: bool = False


class _Reader:
    """Goes through the rows; what the parser of quads is to read comes back, the rest is kept."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._header: dict[str, str] = {}
        self._open: _Section | None = None
        self._sections: list[_Section] = []
        self._line = 0

    def row(self, line: int, text: str) -> str:
        self._line = line
        if not text.strip() or text.lstrip().startswith("#"):
            return ""
        found = _ROW.fullmatch(text)
        code, rest = (found[2], found[3]) if found else ("", "")
        if code in ("A", "D"):
            if self._open is None:
                raise self._refused("a row outside of a transaction", "begin one with `TX .`")
            if not rest.rstrip().endswith(".") and "#" not in rest:
                # The parser would look for the dot on the next line and complain of that.
                raise self._refused("a row without its dot", "write ` .` at its end")
            self._open.rows.append((line, code))
            return " " * len(found[1]) + rest if found else ""
        if code == "H":
            self._head(rest)
        elif code in _SIGNS and rest.split("#")[0].strip() == ".":
            self._sign(code)
        else:
            hint = "write H, TX, A, D, TC or TA, IRIs in full, and ` .` at the end of each line"
            raise self._refused("this is no row of an RDF patch that is read here", hint)
        return ""

    def end(self) -> None:
        if self._open:
            begun = f"the transaction begun at line {self._open.line} does not end"
            raise self._refused(begun, "the text was cut short: fetch it anew")
        if self._header:
            raise self._refused("a header without a transaction", "the text was cut short")

    def patches(self, quads: Sequence[ox.Quad], text: str) -> Iterator[Patch]:
        if len(quads) != sum(len(section.rows) for section in self._sections):
            self._find_what_is_no_quad(text)
        rest = iter(quads)
        for section in self._sections:
            adds, removes = dict[ox.Quad, None](), dict[ox.Quad, None]()
            for (line, code), quad in zip(section.rows, rest, strict=False):
                self._line = line
                self._refuse_what_is_never_kept(quad)
                comes, goes = (adds, removes) if code == "A" else (removes, adds)
                comes[quad] = None
                goes.pop(quad, None)
            if not section.is_aborted:
                yield Patch(Change(tuple(adds), tuple(removes)), section.header, section.line)

    def _head(self, rest: str) -> None:
        found = _HEADER.fullmatch(rest)
        if self._open or not found:
            raise self._refused("a header is `H key value .`, and stands before its transaction")
        triple = f"<urn:h> <urn:h> {found[2]} ."
        try:
            ((_, _, value, _),) = parse(triple.encode(), format=N_TRIPLES, source=self._source)
        except (UnreadableInput, ValueError):
            raise self._refused(f"`{found[2]}` is neither an IRI nor a literal") from None
        assert isinstance(value, ox.NamedNode | ox.Literal | ox.BlankNode)
        self._header[found[1]] = value.value

    def _sign(self, code: str) -> None:
        if (code == "TX") != (self._open is None):
            raise self._refused(
                "a transaction within a transaction" if self._open else f"{code} without TX"
            )
        if self._open is None:
            self._open = _Section(self._line, self._checked(self._header))
            self._header = {}
            return
        self._open.is_aborted = code == "TA"
        self._sections.append(self._open)
        self._open = None

    def _checked(self, header: dict[str, str]) -> dict[str, str]:
        for key in header.keys() & {"seq", "undoes", "at"}:
            try:
                is_read = (
                    datetime.fromisoformat(header[key]).tzinfo
                    if key == "at"
                    else int(header[key]) > 0
                )
            except ValueError:
                is_read = False
            if not is_read:
                raise self._refused(f"`{header[key]}` cannot be the header `{key}`")
        return header

    def _refuse_what_is_never_kept(self, quad: ox.Quad) -> None:
        if not isinstance(quad.graph_name, ox.NamedNode):
            raise self._refused("this row names no graph", "write the graph's IRI before the dot")
        if any(isinstance(term, ox.BlankNode) for term in quad):
            raise self._refused("a blank node has no name here", "give it an IRI")

    def _find_what_is_no_quad(self, text: str) -> None:
        lines = text.split("\n")
        for section in self._sections:
            for line, _ in section.rows:
                self._line = line
                if len(parse(lines[line - 1].encode(), format=N_QUADS, source=self._source)) != 1:
                    raise self._refused("a row is one quad", "write one to a line")

    def _refused(self, reason: str, hint: str | None = None) -> UnreadableInput:
        place = f"`{self._source}`, line {self._line}"
        return UnreadableInput(f"{place}: {reason}", hint=hint, line=self._line)
