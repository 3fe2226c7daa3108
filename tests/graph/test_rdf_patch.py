"""A history that is written and read back is the same history; a bad patch changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.database import Database
from graph.errors import Conflict, NotFound, UnreadableInput
from graph.history import reversals
from graph.journal import Change
from graph.rdf_patch import TRANSACTION, Patch, Write, apply, patches, read_patches
from tests.graph.conftest import PARIS, quad, typed
from tests.graph.histories import NAMES, STEPS, commit

ONE = quad("p1", "amount", typed("1.50", "decimal"))
TWO = quad("p2", "note", ox.Literal("row .\nA <a> \0\u202e # no", language="en"))
ROW = "A <http://e/s> <http://e/p> <http://e/o> <http://e/g> ."


def recording(database: Database) -> Write:
    """Record a patch as it says it was recorded, without judging it."""

    def write(patch: Patch) -> int | None:
        made = database.commit(
            patch.change,
            author=patch.header.get("author", ""),
            role=patch.header.get("role", ""),
            reason=patch.header.get("reason", ""),
            source=patch.header.get("source", ""),
            report_digest=patch.header.get("report-digest", ""),
            undoes=patch.undoes,
            at=patch.at,
        )
        return made.seq if made else None

    return write


def written(database: Database, after: int = 0, until: int | None = None) -> bytes:
    return b"".join(patches(database.journal, after, until))


def take_over(data: bytes, database: Database) -> int:
    return apply(read_patches(data, source="p.rdfp"), database.journal, recording(database))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Give a history of three transactions, the last of which undoes the first."""
    with Database.open(tmp_path / "db") as database:
        commit(database, Change(adds=(ONE,)), 'one\n"quoted" \0')
        commit(database, Change(adds=(TWO,)))
        database.commit(
            Change(removes=(ONE,)),
            author="Bob",
            role="editor",
            reason="",
            source="",
            report_digest="00ff",
            undoes=1,
            at=datetime(2026, 1, 6, tzinfo=UTC),
        )
        yield database


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Database]:
    with Database.open(tmp_path / "copy") as database:
        yield database


def test_a_patch_has_the_rows_the_format_asks_for(database: Database) -> None:
    first, second, third = database.journal.transactions()
    lines = written(database, after=2).decode().split("\n")
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert lines == [
        f"H id <{TRANSACTION}{third.hash}> .",
        f"H prev <{TRANSACTION}{second.hash}> .",
        f'H seq "3"^^<{xsd}integer> .',
        f'H at "2026-01-06T00:00:00.000000+00:00"^^<{xsd}dateTime> .',
        'H author "Bob" .',
        'H role "editor" .',
        'H reason "" .',
        'H source "" .',
        'H report-digest "00ff" .',
        f'H undoes "1"^^<{xsd}integer> .',
        "TX .",
        f"D {ONE} .",
        "TC .",
        "",
    ]
    assert f"<{TRANSACTION}{first.hash}>" in written(database, until=1).decode()
    with pytest.raises(NotFound, match="no version 4"):
        written(database, until=4)


def test_a_history_taken_over_is_the_same_to_the_last_hash(
    database: Database, copy: Database
) -> None:
    assert take_over(written(database), copy) == 3
    assert list(copy.journal.transactions()) == list(database.journal.transactions())
    assert set(copy.store.quads()) == {TWO}


def test_a_range_goes_on_where_the_head_is(database: Database, copy: Database) -> None:
    assert take_over(written(database, until=1), copy) == 1
    with pytest.raises(Conflict, match="the patch at line 11 follows") as refused:
        take_over(written(database, after=2), copy)
    assert "export the history" in str(refused.value)
    with pytest.raises(Conflict, match="follows nothing"):
        take_over(written(database), copy)
    assert copy.version == 1
    take_over(written(database, after=1), copy)
    assert copy.journal.head_hash == database.journal.head_hash


def test_a_hole_in_a_history_is_found_before_anything_is_written(
    database: Database, copy: Database
) -> None:
    first, _, third = patches(database.journal)
    with pytest.raises(Conflict):
        take_over(first + third, copy)
    assert copy.version == 0


def test_what_undid_what_is_renumbered(database: Database, copy: Database) -> None:
    commit(copy, Change(adds=(quad("p9", "amount", typed("9", "integer")),)))
    bare = b"".join(
        line + b"\n"
        for line in written(database).split(b"\n")
        if not line.startswith((b"H id", b"H prev"))
    )
    assert take_over(bare, copy) == 3
    assert reversals(copy.journal) == {2: 4}


def test_a_patch_from_elsewhere_is_read(copy: Database) -> None:
    text = f"""# a comment
TX .
{ROW} # another
D <http://e/s> <http://e/p> "x"@en <http://e/g> .
  A <http://e/s> <http://e/p> "x"@en <http://e/g> .
TC .

TX .\r
{ROW.replace("/o", "/aborted")}\r
TA .\r
TX .
{ROW.replace("A", "D", 1)}
{ROW}
TC .
"""
    first, second = read_patches(text.encode(), source="p.rdfp")
    assert (len(first.change.adds), first.change.removes) == (2, ())
    assert (len(second.change.adds), second.change.removes, second.line) == (1, (), 11)
    assert (first.id, first.previous, first.at, first.undoes) == (None,) * 4
    assert take_over(text.encode(), copy) == 1


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (ROW, 1, "outside of a transaction"),
        (f"TX .\n{ROW}\n", 3, "the transaction begun at line 1 does not end"),
        ("H id <urn:x> .\n", 2, "a header without a transaction"),
        ("TX .\nTX .\nTC .", 2, "a transaction within a transaction"),
        ("TC .", 1, "TC without TX"),
        ("TX .\nTC", 2, "no row of an RDF patch"),
        ('PA "sv" <https://w3id.org/servanda/ns#> .', 1, "no row of an RDF patch"),
        ("TX .\nB <a> .\nTC .", 2, "no row of an RDF patch"),
        ("TX .\n<a> <b> <c> <d> .\nTC .", 2, "no row of an RDF patch"),
        (f"TX .\nH id <urn:x> .\n{ROW}\nTC .", 2, "stands before its transaction"),
        ("H id .\nTX .\nTC .", 1, "`H key value .`"),
        ("H id <urn:x .\nTX .\nTC .", 1, "neither an IRI nor a literal"),
        ('H undoes "x" .\nTX .\nTC .', 2, "`x` cannot be the header `undoes`"),
        ('H at "2026-01-06" .\nTX .\nTC .', 2, "cannot be the header `at`"),
        (f"TX .\n{ROW}\n{ROW[:-2]}\nTC .", 3, "a row without its dot"),
        (f"TX .\n{ROW.replace('<http://e/g>', '')}\nTC .", 2, "names no graph"),
        (f"TX .\n{ROW.replace('<http://e/s>', '_:b')}\nTC .", 2, "blank node"),
        (f"TX .\n{ROW.replace('<http://e/o>', 'sv:x')}\nTC .", 2, "line 2"),
        (f"TX .\n{ROW} {ROW[2:]}\nTC .", 2, ""),
        ("TX .\nA # nothing\nTC .", 2, "a row is one quad"),
    ],
)
def test_a_malformed_patch_is_refused_with_its_line_and_changes_nothing(
    copy: Database, text: str, line: int, told: str
) -> None:
    good = f"TX .\n{ROW}\nTC .\n"
    with pytest.raises(UnreadableInput) as refused:
        take_over(f"{good}{text}".encode(), copy)
    assert refused.value.line == line + 3
    assert f"`p.rdfp`, line {line + 3}" in refused.value.message
    assert told in refused.value.message.replace(f"line {line + 3}", f"line {line}").replace(
        "begun at line 4", "begun at line 1"
    )
    assert copy.version == 0


def test_a_history_cut_within_a_patch_is_refused(database: Database) -> None:
    whole = written(database)
    ends = {len(b"".join(list(patches(database.journal))[:n])) for n in range(4)}
    assert whole.count(b"\nTC .\n") == 3
    for cut in range(len(whole)):
        # Without its last line break a patch is still whole.
        if cut in ends or cut + 1 in ends:
            continue
        with pytest.raises(UnreadableInput):
            read_patches(whole[:cut], source="cut")


@settings(max_examples=80)
@given(steps=STEPS, notes=st.lists(NAMES, min_size=4, max_size=4))
def test_any_history_comes_back_as_it_was(
    steps: list[tuple[set[ox.Quad], set[ox.Quad]]], notes: list[str]
) -> None:
    author, role, reason, source = notes
    with (
        TemporaryDirectory() as folder,
        Database.open(Path(folder, "one")) as database,
        Database.open(Path(folder, "other")) as copy,
    ):
        for adds, removes in steps:
            change = Change(tuple(adds - removes), tuple(removes - adds))
            database.commit(change, author=author, role=role, reason=reason, source=source)
        take_over(written(database), copy)
        assert list(copy.journal.transactions()) == list(database.journal.transactions())
        assert set(copy.store.quads(PARIS)) == set(database.store.quads(PARIS))
