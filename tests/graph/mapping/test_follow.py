"""A mapping is followed in a process that can be killed; mistakes are told by row and column."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pyoxigraph as ox
import pytest

from graph.errors import TooCostly, UnreadableInput
from graph.mapping.follow import find_mapping, follow_mapping
from graph.namespaces import DATA, PREFIXES, SV
from graph.tables.faults import TableRefused
from tests.graph.mapping.followed import (
    EXAMPLE,
    asked,
    everything,
    followed,
    known,
    shipped_quads,
)
from tests.graph.slices.writes import store_of


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(copytree(EXAMPLE, tmp_path / "example"))


def refused(folder: Path) -> list[str]:
    with pytest.raises(TableRefused) as found:
        followed(str(folder), [folder / "pledges.csv"])
    return [str(fault) for fault in found.value.faults]


def test_the_example_becomes_commitments_of_actors_that_are_there(example: Path) -> None:
    rows = asked(
        everything(followed(str(example), [])),
        "SELECT ?debtor ?label ?made { ?c a sv:Commitment ; sv:debtor ?debtor ;"
        " rdfs:label ?label ; sv:madeOn ?made ; sv:creditor actor:ukraine } ORDER BY ?label",
    )
    assert rows == [
        ("actor/estonia", "Ten generators", "2026-04-03T00:00:00Z"),
        ("actor/latvia", "Two ambulances", "2026-11-14T00:00:00Z"),
    ]


def test_each_thing_is_known_by_the_row_it_comes_from(example: Path) -> None:
    origins = followed(str(example), []).origins
    assert origins["https://w3id.org/servanda/id/commitment/pledge-2"] == (
        "named.sql",
        3,
        "id/commitment/pledge-{id}",
    )


def test_a_file_of_another_name_stands_in_for_the_one_that_is_absent(example: Path) -> None:
    mine = (example / "pledges.csv").rename(example / "2026.csv")
    assert len(followed(str(example), [mine]).dataset.quads) > 10


def test_cells_of_the_wrong_kind_are_all_told_by_row_and_column(example: Path) -> None:
    (example / "pledges.csv").write_text(
        "id,donor,what,signed on\n1,EST,a,31.2.2026\n2,,b,1.1.2026\n\n3,LVA,c\n", encoding="utf-8"
    )
    assert refused(example) == [
        'pledges.csv, row 2, column "signed on": `31.2.2026` is not a day of the form d.M.yyyy;'
        " write a day that exists, like that",
        'pledges.csv, row 3, column "donor": the cell is empty; every row needs one',
        "pledges.csv, row 5: the row has 3 cells and there are 4 headings;"
        " put a cell with a separator in it between quotes",
    ]


def test_a_cell_that_is_no_address_is_told_by_its_row(example: Path) -> None:
    query = (example / "named.sql").read_text(encoding="utf-8")
    (example / "named.sql").write_text(
        query.replace("k.iri AS actor", "'http://[x' AS actor"), encoding="utf-8"
    )
    assert refused(example)[0] == (
        'named.sql, row 2, column "actor": `http://[x` is no address;'
        " write it as https://example.org/page"
    )


def test_an_actor_that_nobody_knows_is_told_by_the_row_that_names_it(example: Path) -> None:
    (example / "pledges.csv").write_text(
        "id,donor,what,signed on\n1,EST,a,1.2.2026\n2,XXX,b,1.1.2026\n", encoding="utf-8"
    )
    assert refused(example) == [
        'named.sql, row 3, column "actor": the cell is empty; every row needs one'
    ]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT", "`named.sql` cannot be asked: "),
        ("SELECT 1; DROP TABLE pledges", "cannot be asked: "),
        ("SELECT nobody FROM pledges", "cannot be asked: no such column: nobody"),
        ("SELECT 1 AS id", "gives no column `actor`"),
        ("SELECT * FROM named", "wait for each other"),
        ("SELECT load_extension('x') AS id", "cannot be asked: not authorized"),
    ],
)
def test_a_query_that_does_not_fit_is_told_by_its_file(
    example: Path, query: str, told: str
) -> None:
    (example / "named.sql").write_text(query, encoding="utf-8")
    with pytest.raises(UnreadableInput) as found:
        followed(str(example), [])
    assert told in found.value.message.replace(f"{example}/", "")


def test_queries_may_build_on_each_other_in_any_order(example: Path) -> None:
    (example / "a-first.sql").write_text("SELECT * FROM named", encoding="utf-8")
    assert followed(str(example), []).dataset.quads == followed(str(EXAMPLE), []).dataset.quads


def test_a_mapping_that_does_not_end_is_killed(example: Path) -> None:
    (example / "named.sql").write_text(
        "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT max(id) FROM n",
        encoding="utf-8",
    )
    with pytest.raises(TooCostly, match="not done in 1 seconds"):
        follow_mapping(find_mapping(str(example)), [], known(), deadline=1)


def test_a_mapping_that_takes_all_memory_is_ended(example: Path) -> None:
    (example / "named.sql").write_text(
        "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n LIMIT 5000)"
        " SELECT id, zeroblob(1000000) FROM n",
        encoding="utf-8",
    )
    with pytest.raises(TooCostly, match="more than 2 GB of memory"):
        followed(str(example), [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "is empty"),
        (b"id,what,signed on\n", "has no heading `donor`"),
        (b"id,donor,donor,what,signed on\n", "has the heading `donor` 2 times"),
        (b"id,donor,what,signed on\n\xff", "is not UTF-8"),
        (b'id,donor,what,signed on\n1,"EST,a,1.1.2026\n', "cannot be read from line"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(example: Path, text: bytes, told: str) -> None:
    (example / "pledges.csv").write_bytes(text)
    with pytest.raises(UnreadableInput) as found:
        followed(str(example), [])
    assert told in found.value.message


def test_actors_are_found_where_classes_are_below_each_other(example: Path) -> None:
    actor, state = (ox.NamedNode(SV + name) for name in ("Actor", "State"))
    below = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
    circle = store_of([*shipped_quads(), ox.Quad(actor, below, state, ox.NamedNode(DATA + "x"))])
    assert followed(str(example), [], circle).dataset.quads == (
        followed(str(example), []).dataset.quads
    )


def test_files_and_tables_must_fit(example: Path) -> None:
    other = example / "other.csv"
    with pytest.raises(UnreadableInput, match=r"`.*other.csv` is no table that the mapping"):
        followed(str(example), [other, example / "pledges.csv"])
    (example / "pledges.csv").unlink()
    with pytest.raises(UnreadableInput, match=r"the mapping needs `pledges\.csv` as well"):
        followed(str(example), [])


def test_a_mapping_is_found_by_name_or_file() -> None:
    assert find_mapping("atop").graph.endswith("data/atop")
    assert find_mapping(str(EXAMPLE / "csv-metadata.json")) == find_mapping(str(EXAMPLE))
    with pytest.raises(UnreadableInput) as found:
        find_mapping("nowhere")
    assert found.value.hint
    assert "atop, support-tracker" in found.value.hint


@pytest.mark.parametrize("name", ["pledges.csv", "named.sql", "csv-metadata.json"])
def test_the_page_shows_the_example_as_it_is(name: str) -> None:
    page = (EXAMPLE.parents[3] / "docs" / "mappings.md").read_text(encoding="utf-8")
    language = {".json": "json", ".sql": "sql", ".csv": "csv"}[(EXAMPLE / name).suffix]
    shown = (EXAMPLE / name).read_text(encoding="utf-8")
    assert f"```{language}\n{shown}```" in page
