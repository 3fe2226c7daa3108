"""What rows say, and what is wrong with their cells."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.namespaces import ID
from graph.store import Store
from graph.tables.faults import Place
from graph.tables.known_tables import TABLES
from graph.tables.names import TYPE, Names
from graph.tables.statements import term
from tests.graph.tables.drawn import drawn, said, values
from tests.graph.tables.files import example

EVENT: dict[str, str | None] = {"matter kind": "event", "matter": "Tea is served"}


def test_an_undertaking_has_a_deed_and_a_page_that_speaks_of_it(store: Store) -> None:
    found, faults = drawn(store, "undertakings", example("undertakings", established_when=None))
    assert faults == []
    (source,) = values(found, "mention/t.undertakings.R1", "sv:source")
    assert source.startswith("source/t.example-org-")
    assert said(found, "mention/t.undertakings.R1") >= {
        ("sv:about", "commitment/t.R1"),
        ("sv:quotation", "“We shall help”, the minister said."),
    }
    assert values(found, "commitment/t.R1", "sv:debtor") == ["actor/norway", "actor/sweden"]
    assert values(found, "commitment/t.R1", "sv:content") == ["action/t.R1"]
    assert values(found, "action/t.R1", "sv:domain") == ["sv:Air", "sv:Land"]


@pytest.mark.parametrize(
    ("bound", "quantity", "unit", "expected"),
    [
        ("exactly", "75000000000", "SEK", {("sv:amountBound", "sv:ExactAmount")}),
        ("no more than", "2.5", "EUR", {("sv:amountBound", "sv:AtMostAmount")}),
        ("no less than", "0.25", "% of GDP", {("sv:amountBound", "sv:AtLeastAmount")}),
        ("exactly", "0.25", "% of GDP", {("sv:unit", "% of GDP"), ("sv:quantity", "0.25")}),
        ("exactly", "2", "ASC 890 aircraft", {("sv:unit", "ASC 890 aircraft")}),
    ],
)
def test_amounts_have_five_shapes(
    store: Store, bound: str, quantity: str, unit: str, expected: set[tuple[str, str]]
) -> None:
    row = example("amounts", bound=bound, quantity=quantity, unit=unit)
    row["undertaking"] = "commitment/security-guarantees"
    found, faults = drawn(store, "amounts", row)
    assert faults == []
    assert said(found, "amount/t.R1") >= expected


def test_an_amount_hangs_on_the_deed_of_an_undertaking_of_the_graph(store: Store) -> None:
    row = example("amounts", undertaking="commitment/security-guarantees")
    found, _ = drawn(store, "amounts", row)
    (deed,) = {quad.subject for quad in found.quads if quad.predicate == term("amount")}
    assert not isinstance(deed, ox.Triple)
    (holder,) = store.match(None, term("content"), deed)
    assert holder.subject == ox.NamedNode(ID + "commitment/security-guarantees")


def test_a_time_is_as_fine_as_it_was_given(store: Store) -> None:
    rows = [
        example("evidence", id=str(number), **{"from": given}, matter="Tea is served")
        for number, given in enumerate(("2026", "2026-02", "2026-02-03"))
    ]
    found, faults = drawn(store, "evidence", *rows)
    assert faults == []
    assert [values(found, f"evidence/t.{n}", "sv:validFrom") for n in range(3)] == [
        ["2026-01-01"],
        ["2026-02-01"],
        ["2026-02-03"],
    ]
    assert [values(found, f"evidence/t.{n}", "sv:precision") for n in range(3)] == [
        ["sv:YearPrecision"],
        ["sv:MonthPrecision"],
        ["sv:DayPrecision"],
    ]


def test_the_time_a_figure_covers_ends_when_the_next_begins(store: Store) -> None:
    row = example("amounts", undertaking="commitment/security-guarantees")
    found, _ = drawn(store, "amounts", {**row, "covers until": "2027-12"})
    assert values(found, "amount/t.R1", "sv:coversUntil") == ["2028-01-01"]


def test_a_page_that_rows_share_is_one_source_whichever_row_names_it(store: Store) -> None:
    silent = {"source title": None, "publisher": None, "published on": None, "read on": None}
    first = example("evidence", **EVENT | silent)
    found, faults = drawn(store, "evidence", first, example("evidence", id="R2", **EVENT))
    assert faults == []
    sources = {quad.object for quad in found.quads if quad.predicate == term("source")}
    assert len(sources) == 1
    titles = [quad.object.value for quad in found.quads if quad.predicate == term("title")]  # type: ignore[union-attr]
    assert titles == ["Sweden and Ukraine sign an example"]


def test_a_page_that_the_graph_has_is_used_and_not_described_anew(store: Store) -> None:
    page = min(quad.object.value for quad in store.match(None, term("address")))  # type: ignore[union-attr]
    silent = {"publisher": None, "published on": None, "read on": None}
    row = example("evidence", **EVENT | silent, source_address=page, source_title=None)
    found, faults = drawn(store, "evidence", row)
    assert faults == []
    (source,) = values(found, "evidence/t.R1", "sv:source")
    assert not source.startswith("source/t.")
    assert said(found, source) == set()
    _, faults = drawn(store, "evidence", {**row, "source title": "Quite another"})
    assert [fault.place for fault in faults] == [Place("evidence", 2, "source title")]
    assert "which the graph says of the same page" in faults[0].message


def test_what_is_made_twice_is_one_thing_of_one_kind(store: Store) -> None:
    first = example("evidence", **EVENT)
    same = example("evidence", id="R2", **EVENT)
    other = example("evidence", id="R3", **EVENT | {"matter kind": "measure"})
    found, faults = drawn(store, "evidence", first, same, other)
    assert [(fault.place, fault.message) for fault in faults] == [
        (
            Place("evidence", 4, "matter kind"),
            "`Tea is served` is of another kind in another row",
        )
    ]
    events = {q.subject for q in found.quads if q.predicate == TYPE and "Event" in str(q.object)}
    assert len(events) == 1


def test_every_row_of_a_thing_is_told_as_where_it_comes_from(store: Store) -> None:
    rows = [example("evidence", id=each, **EVENT) for each in ("R1", "R2")]
    found, _ = drawn(store, "evidence", *rows)
    derived = {
        str(quad.object)
        for quad in found.quads
        if quad.predicate.value.endswith("wasDerivedFrom") and "/event/" in str(quad.subject)
    }
    graph = "https://w3id.org/servanda/data/table-t"
    assert derived == {f"<{graph}#evidence.R1>", f"<{graph}#evidence.R2>"}


def test_a_name_of_several_things_is_asked_about(store: Store) -> None:
    rows = [
        example("undertakings", id="R1", established_when=None, ends_when=None),
        example("undertakings", id="R2", established_when=None, ends_when=None),
    ]
    rows.append({**rows[0], "id": "R3", "label": "Third", "element of": rows[0]["label"]})
    _, faults = drawn(store, "undertakings", *rows)
    (fault,) = faults
    assert fault.place == Place("undertakings", 4, "element of")
    assert "several things are called `Example aid for Ukraine`" in fault.message
    assert "commitment/t.R1" in str(fault.hint)


def test_every_column_makes_a_statement_that_the_ontology_knows(store: Store) -> None:
    names = Names(store)
    for table in TABLES:
        for column in table.columns:
            if column.property and ":" not in column.property:
                assert store.match(term(column.property)), column
            if column.precision:
                assert store.match(term(column.precision)), column
            if column.of:
                assert names.noun(column.of) != column.of, column
            if column.made_by:
                assert table.column(column.made_by).of == column.of


@pytest.mark.parametrize(
    ("table", "wrong", "ways"),
    [
        ("undertakings", "x/y", ["commitment/y", "intention/y", "possibility/y"]),
        ("undertakings", "amount/y", ["commitment/y", "intention/y", "possibility/y"]),
        ("evidence", "commitment/y", ["evidence/y"]),
        ("adherences", "actor/y", ["adherence/y"]),
        ("amounts", "undertaking/y", ["amount/y"]),
    ],
)
def test_a_thing_that_is_made_has_the_noun_of_its_table(
    store: Store, table: str, wrong: str, ways: list[str]
) -> None:
    _, before = drawn(store, table, example(table))
    _, (fault, *others) = drawn(store, table, {**example(table), "id": wrong})
    assert (fault.place, fault.value) == (Place(table, 2, "id"), wrong)
    assert f"begins with `{wrong.partition('/')[0]}/`" in fault.message
    assert [way for way in ways if f"`{way}`" in (fault.hint or "")] == ways
    assert others == before
    for way in ways:
        found, faults = drawn(store, table, {**example(table), "id": way})
        assert faults == before
        assert said(found, way)
