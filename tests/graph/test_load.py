"""A load replaces whole graphs, all of them or none, and says what it did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.database import Database
from graph.errors import InvalidRequest, ServandaError, UnreadableInput
from graph.load import LoadReport, load
from graph.namespaces import DATA, ONTOLOGY
from graph.validate import Refused, report_digest
from tests.graph.conftest import PARIS, turtle

HEADER = f"<{PARIS.value}> a owl:Ontology .\n"
GOOD = HEADER + "sv:p1 a sv:Promise ; sv:debtor sv:x ; sv:amount 1.50 ."
BAD = HEADER + "sv:p1 a sv:Promise ; sv:amount 1.50 ."


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.open(tmp_path / "db") as database:
        yield database


class World:
    """A folder of data beside the little ontology and its shapes."""

    def __init__(self, database: Database, root: Path) -> None:
        self.database = database
        self.data = root / "data"
        self._ontology, self._shapes = root / "ontology", root / "shapes"
        self.data.mkdir()

    def write(self, text: str, name: str = "paris.ttl") -> Path:
        file = self.data / name
        file.write_text(turtle(text))
        return file

    def load(self, *paths: Path) -> LoadReport:
        return load(
            self.database,
            paths or [self.data],
            author="Ada",
            reason="a test",
            ontology=self._ontology,
            shapes=self._shapes,
        )

    def replace_ontology(self, text: str) -> None:
        (self._ontology / "core.ttl").write_text(turtle(text))

    def state(self) -> tuple[int, set[str]]:
        return self.database.version, {str(quad) for quad in self.database.store.quads()}


@pytest.fixture
def world(database: Database, tmp_path: Path, ontology: Path, shapes: Path) -> World:
    return World(database, tmp_path)


def test_the_ontology_comes_along_in_one_transaction(world: World) -> None:
    file = world.write(GOOD)
    report = world.load()
    module, dataset = report.datasets
    assert (module.graph, module.added) == (ONTOLOGY + "core", 8)
    assert (dataset.graph, dataset.path, dataset.added) == (PARIS.value, file, 4)
    (only,) = world.database.journal.transactions()
    assert (only.source, only.reason) == (f"{ONTOLOGY}core {PARIS.value}", "a test")
    assert (only.author, only.role) == ("Ada", "editor")
    assert report.version == world.database.version == 1
    assert not report.unchanged


def test_what_is_loaded_can_be_asked_for(world: World) -> None:
    world.write(GOOD)
    world.load()
    found = world.database.store.query(
        "ASK { ?p a/<http://www.w3.org/2000/01/rdf-schema#subClassOf> ?c }"
    )
    assert found.boolean


def test_loading_twice_changes_nothing(world: World) -> None:
    world.write(GOOD + " sv:p1 sv:debtor [ sv:amount 2 ] .")
    world.load()
    before = world.state()
    report = world.load()
    assert report.unchanged
    assert report.findings == ()
    assert [(each.graph, each.added, each.removed) for each in report.datasets] == [
        (PARIS.value, 0, 0)
    ]
    assert world.state() == before


def test_nothing_is_judged_when_nothing_changed(world: World, shapes: Path) -> None:
    world.write(GOOD)
    world.load()
    (shapes / "commitments.ttl").write_text("no shapes at all")
    assert world.load().unchanged


def test_a_changed_file_replaces_its_graph_and_no_other(world: World) -> None:
    world.write(GOOD)
    world.write(f"<{DATA}b> a owl:Ontology . sv:p1 <urn:seenIn> <urn:b> .", "b.ttl")
    world.load()
    report = world.load(world.write(GOOD.replace("1.50", "1.5")))
    assert [(each.graph, each.added, each.removed) for each in report.datasets] == [
        (PARIS.value, 1, 1)
    ]
    written = world.state()[1]
    assert any('"1.5"^^' in quad for quad in written)
    assert not any('"1.50"^^' in quad for quad in written)
    assert any(f"<{DATA}b>" in quad for quad in written)


def test_a_violation_refuses_the_whole_load(world: World) -> None:
    world.write(GOOD)
    world.load()
    before = world.state()
    world.write(f"<{DATA}b> a owl:Ontology . sv:p2 a sv:Promise .", "b.ttl")
    world.write(GOOD.replace("1.50", "2"))
    with pytest.raises(Refused) as caught:
        world.load()
    (finding,) = caught.value.findings
    assert (finding.rule, finding.graph) == ("commitment-debtor", DATA + "b")
    assert world.state() == before


def test_a_refused_first_load_leaves_no_ontology_behind(world: World) -> None:
    world.write(BAD)
    with pytest.raises(Refused):
        world.load()
    assert world.state() == (0, set())


def test_a_violation_across_two_datasets_is_seen(world: World) -> None:
    world.write(HEADER + "sv:p1 a sv:Promise .")
    world.write(f"<{DATA}b> a owl:Ontology . sv:p1 sv:debtor sv:x .", "b.ttl")
    world.load()
    with pytest.raises(Refused):
        world.load(world.write(f"<{DATA}b> a owl:Ontology .", "b.ttl"))


def test_a_warning_is_reported_and_recorded_but_refuses_nothing(world: World) -> None:
    world.write(GOOD + ' sv:p1 sv:note "n" .')
    report = world.load()
    (finding,) = report.findings
    assert (finding.severity, finding.rule) == ("warning", "commitment-note")
    *_, last = world.database.journal.transactions()
    assert last.report_digest == report_digest([finding])


@pytest.mark.parametrize("broken", ["sv:p1 sv:debtor", 'sv:p sv:a "x"^^xsd:integer .', ""])
def test_one_unreadable_file_stops_all(world: World, broken: str) -> None:
    world.write(GOOD, "a.ttl")
    file = world.write(broken, "z.ttl")
    with pytest.raises(UnreadableInput, match=str(file)):
        world.load()
    assert world.state() == (0, set())


def test_a_changed_ontology_is_judged_with_the_data_it_finds(world: World) -> None:
    declared = (
        f"<{ONTOLOGY}core> a owl:Ontology . sv:State a owl:Class . sv:Commitment a owl:Class ."
    )
    world.replace_ontology(declared)
    world.write(HEADER + "<urn:s> a sv:State .")
    world.load()
    before = world.state()
    world.replace_ontology(f"{declared} sv:State rdfs:subClassOf sv:Commitment .")
    with pytest.raises(Refused):
        world.load()
    assert world.state() == before
    world.replace_ontology(f"{declared} sv:note a owl:Class .")
    report = world.load()
    assert [(each.graph, each.added) for each in report.datasets] == [
        (ONTOLOGY + "core", 1),
        (PARIS.value, 0),
    ]
    assert world.database.version == 2


def test_a_module_named_by_the_caller_is_taken_from_there(world: World) -> None:
    file = world.write(f"<{ONTOLOGY}core> a owl:Ontology . sv:New a owl:Class .", "core.ttl")
    report = world.load(file)
    assert [(each.path, each.added) for each in report.datasets] == [(file, 2)]


def test_a_reader_cannot_load(world: World, tmp_path: Path) -> None:
    world.write(GOOD)
    world.load()
    world.database.close()
    with Database.open(tmp_path / "db", writable=False) as reader:
        world.database = reader
        world.write(GOOD.replace("1.50", "2"))
        with pytest.raises(ServandaError, match="reading only"):
            world.load()
        assert reader.version == 1


amounts = st.lists(st.sampled_from(["1", "01", "1.0", "1.50", '"x"', "[ ]", "<urn:a>"]), max_size=4)


@settings(deadline=None, max_examples=15)
@given(first=amounts, second=amounts)
def test_loading_leaves_exactly_the_file(first: list[str], second: list[str]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in (
            ("ontology", f"<{ONTOLOGY}core> a owl:Ontology ."),
            ("shapes", "sv:S a sh:NodeShape ."),
        ):
            (root / name).mkdir()
            (root / name / "core.ttl").write_text(turtle(text))
        with Database.open(root / "db") as database:
            world = World(database, root)
            for values in (first, second, second):
                world.write(HEADER + "".join(f"<urn:p> <urn:amount> {value} ." for value in values))
                report = world.load()
                held = set(database.store.quads(PARIS))
                assert len(held) == 1 + len(set(values) - {"[ ]"}) + values.count("[ ]")
            assert report.unchanged


def test_a_dataset_whose_import_is_absent_is_refused_until_it_is_loaded_too(world: World) -> None:
    importing = world.write(
        f"<{PARIS.value}> a owl:Ontology ; owl:imports <{DATA}actors> .", "paris.ttl"
    )
    with pytest.raises(UnreadableInput, match=f"imports `{DATA}actors`, which is not there"):
        world.load(importing)
    assert world.state() == (0, set())
    actors = world.write(f"<{DATA}actors> a owl:Ontology .", "actors.ttl")
    world.load(importing, actors)
    assert world.load(importing).unchanged


QUOTING = f"""
<{ONTOLOGY}core> a owl:Ontology . sv:x a owl:Class .
sv:quotation a owl:DatatypeProperty . sv:paragraph a owl:DatatypeProperty .
"""


def test_a_source_text_that_changed_alone_is_checked_and_kept(world: World) -> None:
    world.replace_ontology(QUOTING)
    world.write(HEADER + '<urn:a> sv:quotation "peace" .')
    text = world.data / "source.txt"
    text.write_text("Of peace.", "utf-8")
    assert world.load().written.texts == (PARIS,)
    before = world.state()
    text.write_text("Of war.", "utf-8")
    with pytest.raises(Refused, match="1 violation"):
        world.load()
    assert world.database.judged_by.text(PARIS, 1) == "Of peace."
    text.write_text("Of peace and war.", "utf-8")
    report = world.load()
    assert (report.unchanged, report.written.texts) == (False, (PARIS,))
    assert world.database.judged_by.text(PARIS, 1) == "Of peace and war."
    assert world.state() == before
    assert world.load().unchanged


def test_a_source_text_that_is_gone_is_no_longer_kept(world: World) -> None:
    world.write(GOOD)
    text = world.data / "source.txt"
    text.write_text("Of peace.", "utf-8")
    world.load()
    text.unlink()
    assert world.load().written.texts == (PARIS,)
    assert world.database.judged_by.text(PARIS, 1) is None


def test_a_reader_cannot_keep_a_source_text(world: World, tmp_path: Path) -> None:
    world.write(GOOD)
    world.load()
    world.database.close()
    with Database.open(tmp_path / "db", writable=False) as reader:
        world.database = reader
        (world.data / "source.txt").write_text("Of peace.", "utf-8")
        with pytest.raises(InvalidRequest, match="reading only"):
            world.load()
        assert reader.judged_by.text(PARIS, 1) is None
