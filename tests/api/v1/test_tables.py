"""Lists as CSV and XLSX, read back by the programs that people read them with."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pandas
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.v1 import tables
from graph.database import Database
from graph.errors import AnswerTooLarge
from graph.namespaces import ID, SV
from tests.api.conftest import fill
from tests.settings import patient

LISTS = (
    *("commitments?", "actors?", "instruments?", "events?", "conditions?", "domains?"),
    *("evidence?", "statements?", "sources?", "search?q=for&"),
)
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.fixture
def dangerous(tmp_path: Path) -> Iterator[TestClient]:
    """Give a client of a graph with actors that are called like formulas."""
    with Database.open(tmp_path) as database:
        for number, label in enumerate(DANGEROUS):
            escaped = label.replace("\t", r"\t").replace("\r", r"\r")
            fill(
                database,
                f"d{number}",
                f"<{ID}actor/a{number}> a <{SV}State> ;"
                f' <http://www.w3.org/2000/01/rdf-schema#label> "{escaped}"@en .',
            )
        with TestClient(create_app(database, patient(data_dir=tmp_path))) as client:
            yield client


def sheet(content: bytes) -> pandas.DataFrame:
    return pandas.read_excel(BytesIO(content), engine="calamine", dtype=str, keep_default_na=False)


@pytest.mark.parametrize("path", LISTS)
def test_a_workbook_holds_what_the_csv_holds(path: str, paris: TestClient) -> None:
    address = f"/api/v1/{path}asOf=2026-02-28&knownAt=2026-03-05&limit=50"
    answer = paris.get(f"{address}&format=xlsx")
    assert answer.headers["content-type"] == tables.XLSX.media_type
    text = paris.get(f"{address}&format=csv").text
    expected = pandas.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    pandas.testing.assert_frame_equal(sheet(answer.content), expected)
    assert set(expected["asOf"]) == {"2026-02-28"}
    assert set(expected["knownAt"]) == {"2026-03-05"}
    assert set(expected["policy"]) == {"sceptical"}
    assert set(expected["version"]) == {answer.headers["servanda-version"]}


def test_a_client_that_takes_workbooks_gets_one_and_its_next_page(paris: TestClient) -> None:
    answer = paris.get("/api/v1/actors?limit=2", headers={"Accept": tables.XLSX.media_type})
    assert len(sheet(answer.content)) == 2
    assert 'rel="next"' in answer.headers["link"]


def test_the_same_question_has_the_same_bytes(paris: TestClient) -> None:
    found = paris.get("/api/v1/actors?q=france").json()
    table = tables.rows_of(found, tables.of_thing)
    assert tables.as_xlsx(table) == tables.as_xlsx(table)


def frame(client: TestClient, asked: str) -> pandas.DataFrame:
    text = client.get(f"/api/v1/{asked}&format=csv&asOf=2026-02-28").text
    return pandas.read_csv(StringIO(text), dtype=str, keep_default_na=False)


@pytest.mark.parametrize(
    ("asked", "matching"),
    [
        ("debtor=france", {"actor/france"}),
        ("debtor=france&debtor=canada", {"actor/france", "actor/canada"}),
        ("debtor=france&state=conditional", {"actor/france"}),
    ],
)
def test_a_row_says_whether_its_debtor_is_one_that_was_asked_for(
    asked: str, matching: set[str], paris: TestClient
) -> None:
    found = frame(paris, f"commitments?{asked}")
    own = found[found["matches"] == "true"]
    assert set(own["debtor"]) == {f"{ID}{each}" for each in matching}
    others = found[found["matches"] == "false"]
    assert not set(others["debtor"]) & set(own["debtor"])
    assert len(others)
    assert "state" not in asked or set(own["state"]) == {"conditional"}


def test_every_row_matches_where_no_debtor_or_state_is_asked_for(paris: TestClient) -> None:
    found = frame(paris, "commitments?kind=commitment")
    assert set(found["matches"][found["debtor"] != ""]) == {"true"}


def test_a_coalition_that_is_asked_for_is_matched_by_those_it_stands_for(paris: TestClient) -> None:
    found = frame(paris, "commitments?debtor=paris-coalition&kind=commitment")
    assert set(found["debtorLabel"][found["matches"] == "true"]) >= {"France", "Canada"}


@pytest.mark.parametrize("path", ["commitments?", "evidence?", "statements?"])
def test_a_column_of_identifiers_has_one_with_labels_beside_it(
    path: str, paris: TestClient
) -> None:
    found = frame(paris, f"{path}limit=1000")
    columns = list(found.columns)
    links = [
        name
        for name in columns[: columns.index("asOf")]
        if name not in ("id", "debtor") and found[name].str.startswith("https://w3id.org/").any()
    ]
    assert links
    for name in links:
        beside = columns[columns.index(name) + 1]
        assert beside == f"{name.removesuffix('s')}Labels"
        assert not found[beside].str.contains("https://w3id.org/").any()
        assert ((found[name] == "") == (found[beside] == "")).all()


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_file_has_a_name_that_says_what_it_is(format: str, paris: TestClient) -> None:  # noqa: A002
    answer = paris.get(f"/api/v1/actors?format={format}&asOf=2026-02-28")
    named = f'attachment; filename="servanda-actors-2026-02-28.{format}"'
    assert answer.headers["content-disposition"] == named
    assert "content-disposition" not in paris.get("/api/v1/actors").headers


def test_csv_begins_with_its_first_heading_and_no_mark_of_the_encoding(paris: TestClient) -> None:
    assert paris.get("/api/v1/actors?format=csv").content.startswith(b"id,label,")


def labels(client: TestClient, asked: str) -> list[str]:
    answer = client.get(f"/api/v1/actors?format=csv{asked}")
    return sorted(row["label"] for row in csv.DictReader(StringIO(answer.text, newline="")))


def test_no_cell_of_csv_begins_like_a_formula_unless_it_is_asked_for(
    dangerous: TestClient,
) -> None:
    assert labels(dangerous, "") == sorted(f"'{label}" for label in DANGEROUS)
    assert labels(dangerous, "&raw=0") == labels(dangerous, "")
    assert labels(dangerous, "&raw=1") == sorted(DANGEROUS)
    assert dangerous.get("/api/v1/actors?raw=yes").status_code == 400


def test_a_workbook_has_no_formula_and_its_texts_as_they_are(dangerous: TestClient) -> None:
    content = dangerous.get("/api/v1/actors?format=xlsx").content
    assert sorted(sheet(content)["label"]) == sorted(DANGEROUS)
    with ZipFile(BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_cell_that_no_sheet_can_hold_is_refused_and_not_cut() -> None:
    assert tables.as_xlsx([["x" * 32767]])
    with pytest.raises(AnswerTooLarge, match="row 1 does not fit"):
        tables.as_xlsx([["x" * 32768]])


def test_pandas_reads_an_address(paris: TestClient) -> None:
    text = paris.get("/api/v1/events?format=csv&limit=1000").text
    found = pandas.read_csv(StringIO(text))
    assert {"id", "label", "verdict", "asOf", "knownAt", "policy", "version"} <= set(found.columns)
