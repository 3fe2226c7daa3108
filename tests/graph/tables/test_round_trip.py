"""Tables that were taken out of a graph are put in again: nothing changes but what was edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.database import Database
from graph.dataset import read_datasets
from graph.journal import Change
from graph.memory_store import MemoryStore
from graph.namespaces import ID, ONTOLOGY, SV
from graph.resources import resource
from graph.store import Store
from graph.tables.faults import Fault, TableRefused
from graph.tables.holding import Holding
from graph.tables.intake import Intake
from graph.tables.known_tables import TABLE_OF_NAME, TABLES
from graph.tables.listing import Listing, listings
from graph.tables.names import LABEL, TYPE, Names
from graph.tables.plan import Plan
from graph.tables.statements import DERIVED_FROM, graph_of, term
from graph.tables.submission import Origin
from graph.tables.template import xlsx_template
from graph.tables.values import typed
from tests.graph.tables.conftest import DATA
from tests.graph.tables.files import Row, csv_of, xlsx_of

GUARANTEE = "commitment/us-security-guarantee"
CONTENT, ABOUT = term("content"), term("about")


@pytest.fixture(scope="module")
def shipped() -> Store:
    datasets = read_datasets([Path(resource("ontology")), DATA])
    return MemoryStore.of((quad for each in datasets for quad in each.quads), 0)


@pytest.fixture(scope="module")
def taken_out(shipped: Store) -> list[Listing]:
    quads = list(shipped.quads())
    return listings(shipped, TABLES, quads, quads)


def rows_of(found: Listing) -> list[dict[str, str]]:
    return [dict(zip(found.heading, row, strict=True)) for row in found.rows]


def planned(store: Store, content: bytes, name: str = "again.xlsx") -> Plan:
    return Intake("again", content, Origin.of(name, content, "test")).plan(store)


def edited(store: Store, table: str, row: Row, **cells: str) -> tuple[Change, tuple[Fault, ...]]:
    """Import one row with other cells; `_` stands for a blank."""
    changed = {**row, **{name.replace("_", " "): text for name, text in cells.items()}}
    plan = planned(store, csv_of(table, [changed]), "again.csv")
    return plan.submission.change, plan.faults


def row_of(taken_out: Iterable[Listing], table: str, thing: str) -> dict[str, str]:
    (found,) = (each for each in taken_out if each.table.name == table)
    return next(row for row in rows_of(found) if row["id"] == thing)


def test_what_is_taken_out_of_the_shipped_graph_changes_nothing_when_it_is_put_in_again(
    shipped: Store, taken_out: list[Listing]
) -> None:
    filled: Mapping[str, tuple[tuple[str, ...], ...]] = {
        each.table.name: each.rows for each in taken_out
    }
    assert min(map(len, filled.values())) > 30
    plan = planned(shipped, xlsx_template(Names(shipped), filled=filled))
    assert plan.faults == ()
    assert plan.submission.change == Change()


def test_put_into_a_graph_that_has_none_of_it_the_rows_say_the_same(
    shipped: Store, taken_out: list[Listing]
) -> None:
    without = MemoryStore.of(_without_rows(shipped, taken_out), 0)
    content = xlsx_of({each.table.name: rows_of(each) for each in taken_out})
    plan = planned(without, content)
    assert plan.faults == ()
    again = MemoryStore.of([*without.quads(), *plan.submission.change.adds], 0)
    assert {quad.graph_name for quad in plan.submission.change.adds} == {graph_of("again")}
    for table in ("undertakings", "evidence", "adherences", "amounts"):
        assert _said(again, taken_out, table) == _said(shipped, taken_out, table)
    second = planned(again, content)
    assert (second.faults, second.submission.change) == ((), Change())


def _without_rows(store: Store, taken_out: Iterable[Listing]) -> list[ox.Quad]:
    """Give a graph without the things of rows, their deeds, and what pages say of them."""
    gone = {ox.NamedNode(ID + row[0]) for each in taken_out for row in each.rows}
    gone |= {
        quad.object
        for quad in store.match(None, CONTENT)
        if quad.subject in gone and isinstance(quad.object, ox.NamedNode)
    }
    return [
        quad
        for quad in store.quads()
        if quad.subject not in gone and not (quad.predicate == ABOUT and quad.object in gone)
    ]


def _said(store: Store, taken_out: Iterable[Listing], table: str) -> dict[str, set[str]]:
    """Give what the cells of rows stand for, deeds by what they are the deeds of."""
    holding = Holding(store, Names(store))
    (found,) = (each for each in taken_out if each.table.name == table)
    said = {}
    for row in found.rows:
        thing = ox.NamedNode(ID + row[0])
        held = holding.row(TABLE_OF_NAME[table], thing)
        said[row[0]] = {
            f"{_part(store, quad.subject)} {quad.predicate} {quad.object}"
            for quads in held.quads.values()
            for quad in quads
            if quad.predicate != DERIVED_FROM
        }
    return said


def _part(store: Store, subject: object) -> str:
    of = [quad.subject for quad in store.match(None, CONTENT, subject)]  # type: ignore[arg-type]
    return f"what {of[0]} is about" if of else str(subject)


def test_an_edited_cell_replaces_what_it_stood_for_in_the_graph_that_says_it(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = row_of(taken_out, "undertakings", GUARANTEE)
    change, faults = edited(shipped, "undertakings", row, label="A guarantee", made_on="2026-02")
    assert faults == ()
    home = {quad.graph_name for quad in shipped.match(ox.NamedNode(ID + GUARANTEE))}
    assert {quad.graph_name for quad in (*change.adds, *change.removes)} <= home
    short = {(quad.predicate.value.rpartition("/")[2], str(quad.object)) for quad in change.adds}
    assert short == {
        ("rdf-schema#label", '"A guarantee"@en'),
        ("ns#madeOn", f'"2026-02-01T00:00:00Z"^^<{"http://www.w3.org/2001/XMLSchema#"}dateTime>'),
        ("ns#precision", f"<{SV}MonthPrecision>"),
    }
    assert len(change.removes) == 3


def test_another_name_for_the_same_thing_is_no_change(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = row_of(taken_out, "undertakings", GUARANTEE)
    assert row["debtor"] == "actor/united-states"
    assert edited(shipped, "undertakings", row, debtor="USA") == (Change(), ())


def test_an_emptied_cell_takes_away_what_it_stood_for_and_a_column_left_out_takes_nothing(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = row_of(taken_out, "undertakings", GUARANTEE)
    change, faults = edited(shipped, "undertakings", row, domain="", comment="")
    said = len(row["domain"].split(";")) if row["domain"] else 0
    assert (faults, change.adds) == ((), ())
    assert len(change.removes) == said + bool(row["comment"])
    kept = {name: cell for name, cell in row.items() if name not in ("domain", "comment")}
    lines = ",".join(kept) + "\n" + ",".join(f'"{cell}"' for cell in kept.values())
    plan = planned(shipped, lines.encode(), "again.csv")
    assert plan.submission.change == Change()


def test_a_condition_that_is_spelt_out_in_an_edited_cell_is_made(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = row_of(taken_out, "undertakings", GUARANTEE)
    change, faults = edited(shipped, "undertakings", row, due_by="2027-12-31")
    assert faults == ()
    made = f"{ID}condition/again.commitment.us-security-guarantee.due-by"
    own = [quad for quad in change.adds if quad.graph_name == graph_of("again")]
    assert ox.NamedNode(made) in {quad.subject for quad in own}
    home = [quad for quad in change.adds if quad.predicate == term("dueBy")]
    assert [quad.object for quad in home] == [ox.NamedNode(made)]


def test_what_an_edited_cell_made_stays_when_the_row_is_exported_and_edited_again(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = row_of(taken_out, "undertakings", GUARANTEE)
    first, _ = edited(shipped, "undertakings", row, due_by="2027-12-31")
    store = MemoryStore.of((set(shipped.quads()) - set(first.removes)) | set(first.adds), 0)
    quads = list(store.quads())
    again = row_of(listings(store, TABLES, quads, quads), "undertakings", GUARANTEE)
    assert again["due by"] == "condition/again.commitment.us-security-guarantee.due-by"
    unchanged = planned(store, csv_of("undertakings", [again]), "again.csv").submission
    assert (unchanged.change, unchanged.removed) == (Change(), ())
    second, faults = edited(store, "undertakings", again, suspended_when="2028-01-01")
    assert faults == ()
    assert term("suspendedWhen") in {quad.predicate for quad in second.adds}
    made = ox.NamedNode(ID + again["due by"])
    assert made not in {quad.subject for quad in second.removes}


@pytest.mark.parametrize(("cell", "left"), [("", set()), ("2029-01-01", {""})])
def test_what_an_edited_cell_made_goes_when_the_cell_says_something_else(
    shipped: Store, taken_out: list[Listing], cell: str, left: set[str]
) -> None:
    made = f"{ID}condition/again.commitment.us-security-guarantee.due-by"
    row = row_of(taken_out, "undertakings", GUARANTEE)
    first, _ = edited(shipped, "undertakings", row, due_by="any of: 2027-12-31; not 2028-12-31")
    store = MemoryStore.of((set(shipped.quads()) - set(first.removes)) | set(first.adds), 0)
    assert _ends(first.adds, made) == {"", ".1", ".2", ".2.not"}
    second, faults = edited(store, "undertakings", row, due_by=cell)
    assert faults == ()
    there = (set(store.quads()) - set(second.removes)) | set(second.adds)
    assert _ends(there, made) == left


def _ends(quads: Iterable[ox.Quad], begins: str) -> set[str]:
    """Give how the subjects go on that begin alike."""
    subjects = {str(quad.subject).strip("<>") for quad in quads}
    return {each.removeprefix(begins) for each in subjects if each.startswith(begins)}


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"source_title": "Another"}, "source title", "the graph describes the page"),
        ({"debtor": ""}, "debtor", "the row has no debtor"),
        ({"debtor": "Nobody at all"}, "debtor", "is no known actor"),
        ({"made_on": "soon"}, "made on", "is no date"),
    ],
)
def test_what_no_import_changes_is_refused_by_its_cell(
    shipped: Store,
    taken_out: list[Listing],
    cells: dict[str, str],
    column: str,
    message: str,
) -> None:
    row = row_of(taken_out, "undertakings", GUARANTEE)
    change, (fault,) = edited(shipped, "undertakings", row, **cells)
    assert fault.place is not None
    assert (fault.place.row, fault.place.column) == (2, column)
    assert message in fault.message
    assert change == Change()


def test_the_times_of_a_thing_stay_as_fine_as_one_another(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = row_of(taken_out, "evidence", "evidence/backstop-clause-dropped")
    assert row["from"] == "2026-01-06"
    _, (fault,) = edited(shipped, "evidence", row, until="2026-02")
    assert "not known as finely as one another" in fault.message


@pytest.mark.parametrize(
    ("table", "thing", "other", "noun"),
    [
        ("amounts", "amount/uk-yearly-aid", GUARANTEE, "amount"),
        ("undertakings", GUARANTEE, "amount/uk-yearly-aid", "undertaking"),
        ("undertakings", GUARANTEE, "actor/france", "undertaking"),
    ],
)
def test_a_thing_of_another_kind_is_refused(
    shipped: Store, taken_out: list[Listing], table: str, thing: str, other: str, noun: str
) -> None:
    row = row_of(taken_out, table, thing)
    change, (fault,) = edited(shipped, table, row, id=other)
    assert fault.message == f"`{other}` is in the graph, and is no {noun}"
    assert change == Change()


def test_a_row_of_the_very_file_is_no_thing_of_another_and_the_hint_says_what_to_do(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = row_of(taken_out, "undertakings", GUARANTEE)
    plain = csv_of("undertakings", [{**row, "id": "R1"}])
    first = planned(shipped, plain, "again.csv").submission.change
    again = MemoryStore.of([*shipped.quads(), *first.adds], 0)
    _, (fault,) = edited(again, "undertakings", row, id="commitment/again.R1")
    assert fault.hint is not None
    assert "the id `R1`" in fault.hint
    assert "`--name`" in fault.hint


def test_a_figure_is_moved_to_the_undertaking_that_its_cell_names(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = row_of(taken_out, "amounts", "amount/uk-yearly-aid")
    change, faults = edited(shipped, "amounts", row, undertaking=GUARANTEE)
    assert faults == ()
    (come,) = change.adds
    (gone,) = change.removes
    assert come.predicate == gone.predicate == term("amount")
    assert come.object == gone.object == ox.NamedNode(ID + "amount/uk-yearly-aid")


def test_a_claim_is_moved_to_the_page_that_its_cell_names(
    shipped: Store, taken_out: list[Listing]
) -> None:
    claim = "evidence/backstop-clause-dropped"
    row = row_of(taken_out, "evidence", claim)
    other = next(
        each["source address"]
        for each in rows_of(taken_out[1])
        if each["source address"] not in ("", row["source address"])
    )
    change, faults = edited(shipped, "evidence", row, source_address=other)
    assert faults == ()
    (come,) = change.adds
    (gone,) = change.removes
    assert come.subject == gone.subject == ox.NamedNode(ID + claim)
    assert come.predicate == gone.predicate == term("source")
    assert come.object == Names(shipped).source(other) != gone.object


def test_a_claim_is_moved_to_a_page_that_the_graph_does_not_have(
    shipped: Store, taken_out: list[Listing]
) -> None:
    claim = "evidence/backstop-clause-dropped"
    row = row_of(taken_out, "evidence", claim)
    page = "https://example.org/new"
    cells = {"source_address": page, "source_title": "Anew", "published_on": "2026-02"}
    change, faults = edited(shipped, "evidence", row, **cells)
    assert faults == ()
    (moved,) = (quad for quad in change.adds if quad.subject == ox.NamedNode(ID + claim))
    made = {(quad.predicate, quad.object) for quad in change.adds if quad.subject == moved.object}
    assert (term("address"), typed(page, "anyURI")) in made
    assert (term("title"), ox.Literal("Anew")) in made
    assert (term("publisher"), ox.Literal(row["publisher"])) in made
    assert (term("publicationPrecision"), ox.NamedNode(f"{SV}MonthPrecision")) in made


def test_what_is_no_address_moves_no_claim(shipped: Store, taken_out: list[Listing]) -> None:
    row = row_of(taken_out, "evidence", "evidence/backstop-clause-dropped")
    change, (fault,) = edited(shipped, "evidence", row, source_address="nonsense")
    assert (fault.message, change) == ("`nonsense` is no address of a page", Change())


def test_a_cell_that_a_program_might_run_comes_back_without_its_apostrophe(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = row_of(taken_out, "undertakings", GUARANTEE)
    change, faults = edited(shipped, "undertakings", row, comment="'=1+1")
    assert faults == ()
    assert [str(quad.object) for quad in change.adds] == ['"=1+1"@en']


def test_a_table_that_comes_under_another_name_is_told_the_name_it_had(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = {
        **row_of(taken_out, "undertakings", GUARANTEE),
        "id": "R1",
        "instrument": "A new pact",
        "instrument kind": "agreement",
    }
    content = csv_of("undertakings", [row, {**row, "id": "R2"}])
    first = planned(shipped, content, "again.csv").submission.change
    there = MemoryStore.of([*shipped.quads(), *first.adds], 0)
    other = Intake("renamed", content, Origin.of("renamed.csv", content, "test")).plan(there)
    (fault,) = other.faults
    assert fault.hint is not None
    assert fault.hint.startswith("the table `again` made it: if this is that table, import it with")
    assert "`--name again`, over HTTP `name=again`" in fault.hint


def test_what_the_ontology_describes_is_changed_by_no_table(
    shipped: Store, taken_out: list[Listing]
) -> None:
    row = row_of(taken_out, "undertakings", GUARANTEE)
    thing = ox.NamedNode(f"{ID}commitment/of-the-ontology")
    core = ox.NamedNode(f"{ONTOLOGY}core")
    kind = ox.Quad(thing, TYPE, ox.NamedNode(f"{SV}Commitment"), core)
    described = MemoryStore.of([*shipped.quads(), kind], 0)
    change, (fault,) = edited(described, "undertakings", row, id="commitment/of-the-ontology")
    assert fault.message.startswith("the ontology describes `commitment/of-the-ontology`")
    assert change == Change()


def test_an_edited_row_is_written_and_what_breaks_a_rule_is_told_by_its_cell(
    database: Database,
) -> None:
    quads = list(database.store.quads())
    taken_out = listings(database.store, TABLES, quads, quads)
    row = next(
        each
        for each in rows_of(taken_out[0])
        if each["kind"] == "commitment" and ";" not in each["creditor"]
    )
    before = database.version
    with pytest.raises(TableRefused) as refused:
        carried_out(database, {**row, "creditor": ""})
    (fault,) = (each for each in refused.value.faults if each.severity == "error")
    assert fault.place is not None
    assert (fault.place.row, fault.place.column) == (2, "creditor")
    assert database.version == before
    carried_out(database, {**row, "label": "Another name"})
    thing = ox.NamedNode(ID + row["id"])
    labels = {str(quad.object) for quad in database.store.match(thing, LABEL)}
    assert '"Another name"@en' in labels
    assert f'"{row["label"]}"@en' not in labels
    assert list(database.store.quads(graph_of("again"))) == []
    assert database.version == before + 1


def carried_out(database: Database, row: Row) -> None:
    plan = planned(database.store, csv_of("undertakings", [row]), "again.csv")
    plan.carry_out(database, role="editor", reason="test", source="again.csv")
