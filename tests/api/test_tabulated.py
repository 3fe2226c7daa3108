from __future__ import annotations

import pytest

from api.tabulated import Kind, Tabulated, View, solutions, triples
from graph.memory_store import MemoryStore

STORE = MemoryStore()
THINGS = "<urn:a> <urn:b>"
DAYS = "'2026-01-06' '2026-02-10T00:00:00Z'"


def table(columns: dict[str, str], most: int = 10) -> Tabulated:
    """Tabulate two rows whose values, by column, are written in SPARQL."""
    names = " ".join(f"?{name}" for name in columns)
    rows = zip(*(values.split() for values in columns.values()), strict=True)
    values = " ".join(f"({' '.join(row)})" for row in rows)
    results = STORE.query(f"SELECT {names} {{ VALUES ({names}) {{ {values} }} }}")
    return solutions(STORE, results, most)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (THINGS, Kind.thing),
        ("1 2.5", Kind.number),
        ("1e3 UNDEF", Kind.number),
        (DAYS, Kind.date),
        ("'a' 'b'@en", Kind.text),
        ("1 'b'", Kind.text),
        ("<urn:a> 'b'", Kind.text),
        ("UNDEF UNDEF", Kind.text),
        ("'2026' '2027'", Kind.text),
    ],
)
def test_a_column_is_of_the_kind_that_all_its_values_have(values: str, kind: Kind) -> None:
    assert [column.kind for column in table({"x": values}).columns] == [kind]


@pytest.mark.parametrize(
    ("columns", "views"),
    [
        ({"thing": THINGS}, [View.table]),
        ({"thing": THINGS, "to": THINGS}, [View.graph, View.table]),
        ({"thing": THINGS, "count": "1 2"}, [View.bar, View.table]),
        ({"day": DAYS, "count": "1 2"}, [View.line, View.table]),
        ({"x": "1 2", "count": "1 2"}, [View.line, View.table]),
        ({"thing": THINGS, "start": DAYS, "end": DAYS}, [View.timeline, View.table]),
        (
            {"thing": THINGS, "to": THINGS, "count": "1 2", "note": "'a' 'b'"},
            [View.table, View.bar, View.graph],
        ),
    ],
)
def test_the_views_fit_the_columns_and_the_best_comes_first(
    columns: dict[str, str], views: list[View]
) -> None:
    assert table(columns).views == views


def test_a_single_row_is_only_a_table() -> None:
    results = STORE.query("SELECT ?thing ?count { VALUES (?thing ?count) { (<urn:a> 1) } }")
    assert solutions(STORE, results, 10).views == [View.table]


def test_a_label_stands_for_its_thing_and_leads_to_it() -> None:
    found = table({"actor": "<http://a.example/> <http://b.example/>", "actorLabel": "'A' 'B'"})
    assert [column.name for column in found.columns] == ["actor"]
    cells = [row[0] for row in found.rows]
    assert [cell and (cell.shown.text, cell.shown.href, cell.is_thing) for cell in cells] == [
        ("A", "http://a.example/", True),
        ("B", "http://b.example/", True),
    ]


def test_rows_beyond_the_limit_are_left_out_and_that_is_told() -> None:
    assert (len(table({"x": "1 2"}, most=1).rows), table({"x": "1 2"}, most=1).is_cut) == (1, True)
    assert not table({"x": "1 2"}, most=2).is_cut


def test_triples_are_a_graph_whose_texts_are_no_things() -> None:
    results = STORE.query("CONSTRUCT { <urn:a> <urn:p> <urn:b> , 'b' } {}")
    found = triples(STORE, results, 10)
    assert [column.kind for column in found.columns] == [Kind.thing, Kind.relation, Kind.thing]
    assert [[cell and cell.is_thing for cell in row] for row in found.rows] == [
        [True, True, False],
        [True, True, True],
    ]
    assert found.views == [View.graph, View.table]
