"""A write is judged before anyone sees it, and made whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pyoxigraph as ox
import pytest

from graph.database import Database
from graph.errors import Conflict, InvalidRequest, ServandaError, UnreadableInput
from graph.journal import Change
from graph.load import load
from graph.namespaces import DATA, GENID
from graph.rdf import TURTLE, parse, read
from graph.skolem import skolemised
from graph.validate import Refused, report_digest
from graph.write import WriteReport, write
from tests.graph.conftest import PARIS, turtle

DATASET = f"""
<{PARIS.value}> a owl:Ontology .
sv:p1 a sv:Commitment ; rdfs:label "Promise"@en ; sv:debtor sv:x ; sv:amount 1.50 .
sv:p2 a sv:Promise ; sv:debtor sv:x ; sv:amount 2 .
"""
LATE_RULE = """
sv:late a sh:NodeShape ; sh:targetClass sv:Commitment ; sv:ruleId "late" ;
    sh:property [ sh:path sv:amount ; sh:maxInclusive 1 ; sh:message "too much"@en ] .
"""


def quads(text: str) -> tuple[ox.Quad, ...]:
    return tuple(read(turtle(text).encode(), format=TURTLE, graph=PARIS, source="test"))


class World:
    """A small graph that keeps its rules."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.shapes = folder / "shapes"

    def load(self, dataset: str = DATASET, source: str | None = None) -> None:
        data = self.folder / "data"
        data.mkdir(exist_ok=True)
        (data / "paris.ttl").write_text(turtle(dataset), "utf-8")
        if source is not None:
            (data / "source.txt").write_text(source, "utf-8")
        load(
            self.database,
            [data],
            author="Ada",
            reason="a start",
            ontology=self.folder / "ontology",
            shapes=self.shapes,
        )

    def write(
        self, adds: str = "", removes: str = "", if_version: int | None = None
    ) -> WriteReport:
        return write(
            self.database,
            Change(quads(adds), quads(removes)),
            author="Bo",
            role="contributor",
            reason="a test",
            source="urn:test",
            if_version=if_version,
            shapes=self.shapes,
        )

    def state(self) -> tuple[int, set[str], int]:
        held = {str(quad) for quad in self.database.store.quads()}
        return self.database.version, held, self.database.journal.head


@pytest.fixture
def world(tmp_path: Path, ontology: Path, shapes: Path) -> Iterator[World]:
    with Database.open(tmp_path / "db") as database:
        world = World(database, tmp_path)
        world.load()
        yield world


def test_a_write_is_recorded_with_who_why_and_what_was_found(world: World) -> None:
    report = world.write('sv:p1 sv:note "n" .', "sv:p1 sv:amount 1.50 .")

    (finding,) = report.findings
    assert (finding.severity, finding.rule) == ("warning", "commitment-note")
    assert (finding.focus_label, finding.graph) == ("Promise", PARIS.value)
    assert (report.seq, report.version) == (2, 2)
    assert report.digest == report_digest([finding])
    assert report.judged_all_because is None
    *_, last = world.database.journal.transactions()
    assert (last.author, last.role, last.reason) == ("Bo", "contributor", "a test")
    assert (last.source, last.report_digest) == ("urn:test", report.digest)
    assert (len(last.adds), len(last.removes)) == (1, 1)


def test_a_write_survives_the_process(world: World, tmp_path: Path) -> None:
    world.write('sv:p1 sv:note "n" .')
    before = world.state()
    world.database.close()
    with Database.open(tmp_path / "db") as again:
        world.database = again
        assert world.state() == before


@pytest.mark.parametrize(
    ("adds", "removes"),
    [
        ("sv:p3 a sv:Promise .", ""),
        ("", "sv:p1 sv:debtor sv:x ."),
        ("sv:p2 sv:amount -1 ; sv:note 1 .", "sv:p2 sv:amount 2 ."),
    ],
)
def test_a_refused_write_changes_nothing(world: World, adds: str, removes: str) -> None:
    before = world.state()
    with pytest.raises(Refused, match="1 violation"):
        world.write(adds, removes)
    assert world.state() == before


def test_a_refusal_tells_warnings_as_well(world: World) -> None:
    with pytest.raises(Refused) as caught:
        world.write("sv:p3 a sv:Promise ; sv:note 1 .")
    found = [finding.rule for finding in caught.value.findings]
    assert found == ["commitment-debtor", "commitment-note"]


def test_what_is_there_already_is_no_write(world: World) -> None:
    before = world.state()
    report = world.write("sv:p1 sv:debtor sv:x .", "sv:p1 sv:amount 7 .")
    assert (report.seq, report.version, report.findings) == (None, 1, ())
    assert world.state() == before


def test_a_write_leaves_alone_what_is_wrong_elsewhere(world: World) -> None:
    wrong = Change(quads("sv:p9 a sv:Commitment ."))
    world.database.commit(wrong, author="a", role="r", reason="r", source="s")
    assert world.write("sv:p1 sv:amount 3 .").findings == ()
    with pytest.raises(Refused, match="1 violation"):
        world.write("sv:p9 sv:amount 3 .")
    assert world.write("sv:p9 sv:debtor sv:x .").seq == 4


def test_a_thing_is_judged_whose_own_statements_are_not_written(world: World) -> None:
    (world.shapes / "more.ttl").write_text(
        turtle(
            "sv:typed a sh:NodeShape ; sh:targetClass sv:Commitment ; sv:ruleId 'typed' ;"
            " sh:property [ sh:path sv:debtor ; sh:class sv:Commitment ] ."
        )
    )
    world.write("sv:x a sv:Commitment ; sv:debtor sv:x .")
    with pytest.raises(Refused) as caught:
        world.write("", "sv:x a sv:Commitment .")
    assert {finding.focus[-2:] for finding in caught.value.findings} == {"p1", "p2"}


def test_new_rules_judge_everything_once(world: World) -> None:
    (world.shapes / "late.ttl").write_text(turtle(LATE_RULE))
    with pytest.raises(Refused, match="2 violations"):
        world.write("sv:p2 sv:debtor sv:Commitment .")
    mended = "sv:p1 sv:amount 1.50 . sv:p2 sv:amount 2 ."
    report = world.write("sv:p1 sv:amount 1 . sv:p2 sv:amount 1 .", mended)
    assert report.judged_all_because == "the graph was not judged by these rules before"
    assert world.write("sv:p2 sv:amount 0.5 .").judged_all_because is None


def test_a_write_for_an_older_version_is_a_conflict(world: World) -> None:
    world.write("sv:p1 sv:amount 3 .", if_version=1)
    before = world.state()
    with pytest.raises(Conflict, match="at version 2, not at `1`"):
        world.write("sv:p1 sv:amount 4 .", if_version=1)
    with pytest.raises(Conflict):
        world.write("sv:p1 sv:amount 4 .", if_version=7)
    assert world.state() == before


def test_of_writes_for_one_version_one_is_made(world: World) -> None:
    def attempt(number: int) -> bool:
        try:
            world.write(f"sv:p1 sv:amount {number}0 .", if_version=1)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(attempt, range(1, 9)))
    assert sum(made) == 1
    assert world.database.version == 2


def test_of_two_writes_that_are_wrong_together_one_is_refused(world: World) -> None:
    world.write("sv:p1 sv:debtor sv:Commitment .")

    def withdraw(debtor: str) -> bool:
        try:
            world.write("", f"sv:p1 sv:debtor sv:{debtor} .")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(withdraw, ["x", "Commitment"]))
    assert sorted(made) == [False, True]


def test_readers_never_see_what_is_refused(world: World) -> None:
    seen: list[set[str]] = []
    done = Event()

    def look() -> None:
        while not done.is_set():
            seen.append({str(quad) for quad in world.database.store.quads(PARIS)})

    before = {str(quad) for quad in world.database.store.quads(PARIS)}
    reader = Thread(target=look)
    reader.start()
    for number in range(5):
        with pytest.raises(Refused):
            world.write(f"sv:q{number} a sv:Promise .", "sv:p1 sv:debtor sv:x .")
    done.set()
    reader.join()
    assert seen
    assert all(state == before for state in seen)


@pytest.mark.parametrize(
    ("adds", "hint"),
    [
        ("sv:p1 sv:debtr sv:x .", "did you mean `sv:debtor`"),
        ("sv:p1 a sv:Comitment .", "did you mean `sv:Commitment`"),
        ("sv:p1 sv:zzz 1 .", None),
    ],
)
def test_a_term_that_nothing_declares_is_refused(world: World, adds: str, hint: str | None) -> None:
    before = world.state()
    with pytest.raises(UnreadableInput, match="the ontology does not declare") as caught:
        world.write(adds)
    assert caught.value.hint == hint
    assert world.state() == before


def test_a_term_may_be_declared_by_the_write_that_uses_it(world: World) -> None:
    world.write("sv:memo a owl:DatatypeProperty . sv:p1 sv:memo 1 .")
    with pytest.raises(UnreadableInput):
        world.write("sv:p1 sv:mem 1 .")


def test_a_quotation_is_looked_for_in_the_text_the_dataset_was_loaded_with(world: World) -> None:
    words = "sv:quotation a owl:DatatypeProperty . sv:paragraph a owl:DatatypeProperty ."
    world.load(DATASET + words, source="Heading\n\nFirst of all, peace.\n\nThen a treaty.\n")
    assert world.write('sv:p1 sv:quotation "peace" ; sv:paragraph 1 .').findings == ()
    with pytest.raises(Refused) as caught:
        world.write('sv:p2 sv:quotation "pieces" .')
    (finding,) = caught.value.findings
    assert (finding.rule, finding.graph) == ("quotation-in-text", PARIS.value)
    with pytest.raises(Refused, match="1 violation"):
        world.write("sv:p1 sv:paragraph 2 .", "sv:p1 sv:paragraph 1 .")


def test_a_dataset_without_a_text_quotes_unchecked(world: World) -> None:
    world.write('sv:quotation a owl:DatatypeProperty . sv:p1 sv:quotation "anything" .')
    assert world.database.version == 2


def test_a_blank_node_is_given_a_name_that_nothing_has(world: World) -> None:
    text = turtle("sv:p1 sv:debtor [ sv:amount 1 ] .").encode()
    first, second = (
        skolemised(
            ox.Quad(quad.subject, quad.predicate, quad.object, PARIS)
            for quad in parse(text, format=TURTLE, source="test")
        )
        for _ in range(2)
    )
    names = {quad.object for quad in first + second if quad.predicate.value.endswith("debtor")}
    assert len(names) == 2
    assert all(str(name).startswith(f"<{GENID}") for name in names)
    inner = {quad.subject for quad in first + second if quad.predicate.value.endswith("amount")}
    assert inner == names
    Change(tuple(first))


def test_a_reader_cannot_write(world: World, tmp_path: Path) -> None:
    world.database.close()
    with Database.open(tmp_path / "db", writable=False) as reader:
        world.database = reader
        with pytest.raises(InvalidRequest, match="reading only"):
            world.write("sv:p1 sv:amount 3 .")
        assert reader.version == 1


def test_a_journal_that_cannot_be_written_leaves_the_graph_as_it_was(
    world: World, tmp_path: Path
) -> None:
    before = world.state()
    world.database.journal.close()
    with pytest.raises(ServandaError, match="could not be written"):
        world.write("sv:p1 sv:amount 3 .")
    assert world.state() == before
    world.database.close()
    with Database.open(tmp_path / "db") as again:
        world.database = again
        assert world.state() == before


def test_a_load_of_a_changed_file_is_judged_by_a_slice(world: World, tmp_path: Path) -> None:
    wrong = Change(
        tuple(
            ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(DATA + "other"))
            for quad in quads("sv:p9 a sv:Commitment .")
        )
    )
    world.database.commit(wrong, author="a", role="r", reason="r", source="s")
    world.load(DATASET.replace("1.50", "1.75"))
    with pytest.raises(Refused, match="1 violation"):
        world.load(DATASET.replace("1.50", "0"))
    (tmp_path / "db" / "judged-by").unlink()
    with pytest.raises(Refused, match="1 violation"):
        world.load(DATASET.replace("1.50", "1.80"))
