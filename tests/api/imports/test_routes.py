"""Tables over HTTP: taken at once, read by a worker, written by the server, watched by whoever."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from shutil import copytree
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from fastapi.testclient import TestClient
from python_calamine import load_workbook

from api.app import create_app
from graph.accounts import Role
from graph.database import Database
from graph.tables.known_tables import TABLES
from graph.tables.listing import listing
from graph.tables.sheets import CSV
from graph.tables.undertakings import UNDERTAKINGS
from graph.tables.workbook import XLSX
from tests.api.editing import World
from tests.graph.tables.files import csv_of, example, examples, xlsx_of
from tests.settings import patient

IMPORTS = "/api/v1/imports"


def send(world: World, content: bytes, media_type: str = CSV, **asked: Any) -> Any:
    """Hand in a file."""
    return world.client.post(
        IMPORTS,
        params=asked,
        content=content,
        headers={"content-type": media_type, **token(world)},
    )


def token(world: World, role: Role = Role.EDITOR) -> dict[str, str]:
    return {"Authorization": f"Bearer {world.tokens[role]}"}


def events(world: World, location: str) -> list[dict[str, Any]]:
    """Watch an import up to its end."""
    lines = world.client.get(f"{location}/events", headers=token(world)).text.splitlines()
    return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]


def ended(world: World, answer: Any) -> dict[str, Any]:
    """Wait for the end of an import and give its report."""
    assert answer.status_code == 202, answer.text
    location = answer.headers["location"]
    last = events(world, location)[-1]
    report: dict[str, Any] = world.client.get(location, headers=token(world)).json()
    assert report == last
    return report


def test_a_table_is_taken_at_once_and_its_import_told_to_the_end(world: World) -> None:
    before = world.database.version
    answer = send(world, xlsx_of(examples()), XLSX, name="over-http")
    assert answer.json()["state"] in ("waiting", "reading")
    report = ended(world, answer)
    assert (report["state"], report["rows"], report["done"]) == ("done", 4, 4)
    assert report["version"] == world.database.version == before + 1
    shown = world.client.get("/api/v1/commitments/over-http.R1").json()
    assert shown["distribution"]
    (change,) = world.client.get(f"/api/v1/changes?cursor={before}").json()["items"]
    assert (change["author"], change["source"]) == ("editor", f"POST {IMPORTS}")


def test_the_states_of_an_import_come_as_events_in_their_order(world: World) -> None:
    answer = send(world, xlsx_of(examples("Events")), XLSX, name="events")
    told = [event["state"] for event in events(world, answer.headers["location"])]
    order = ["waiting", "reading", "writing", "done"]
    assert told == sorted(told, key=order.index)
    assert told[-1] == "done"


def test_mistakes_in_cells_and_against_rules_come_together(world: World) -> None:
    before = world.database.version
    made = {"instrument": "Wrong pact", "established_when": "Wrong pact holds", "ends_when": None}
    rows = [
        example("undertakings", debtor="Germny", **made),
        example("undertakings", id="R2", creditor=None, **made | {"established_when": None}),
    ]
    report = ended(world, send(world, csv_of("undertakings", rows), name="wrong"))
    assert (report["state"], report["mistakes"], report["version"]) == ("refused", 3, None)
    told = [(each["row"], each["column"]) for each in report["errors"]]
    assert told == [(2, "debtor"), (2, "established when"), (3, "creditor")]
    assert report["errors"][0]["value"] == "Germny"
    assert world.database.version == before


def test_what_only_a_rule_refuses_is_told_by_row_as_well(world: World) -> None:
    changes = {"established_when": None, "ends_when": None, "instrument": "Pact against rules"}
    row = example("undertakings", creditor=None, **changes)
    report = ended(world, send(world, csv_of("undertakings", [row]), name="against-rules"))
    assert report["state"] == "refused"
    assert [(each["row"], each["column"]) for each in report["errors"]] == [(2, "creditor")]


def test_a_dry_run_writes_nothing(world: World) -> None:
    before = world.database.version
    report = ended(world, send(world, xlsx_of(examples("Dry")), XLSX, name="dry", dryRun=True))
    assert (report["state"], report["errors"], report["dryRun"]) == ("done", [], True)
    assert report["added"] > 100
    assert world.database.version == before


def test_a_row_that_was_exported_changes_the_thing_that_it_names(world: World) -> None:
    store = world.database.store
    found = listing(store, UNDERTAKINGS, list(store.quads()))
    row = dict(zip(found.heading, found.rows[0], strict=True))
    edited = csv_of("undertakings", [{**row, "comment": "Seen over HTTP."}])
    report = ended(world, send(world, edited, name="edited"))
    assert (report["state"], report["added"], report["removed"]) == (
        "done",
        1,
        int(bool(row["comment"])),
    )
    again = ended(world, send(world, edited, name="edited"))
    assert (again["added"], again["removed"], again["version"]) == (0, 0, report["version"])


def test_the_same_table_again_makes_no_version(world: World) -> None:
    content = xlsx_of(examples("again"))
    first = ended(world, send(world, content, XLSX, name="again"))
    second = ended(world, send(world, content, XLSX, name="again"))
    assert second["version"] == first["version"] == world.database.version
    assert second["added"] == second["removed"] == 0


def test_a_file_that_is_no_table_is_refused_with_what_to_do(world: World) -> None:
    for content, media_type in ((b"PK\x03\x04 no archive", XLSX), (b"\xff\xfea\0", CSV)):
        report = ended(world, send(world, content, media_type, name="no-table"))
        assert (report["state"], len(report["errors"])) == ("refused", 1)
        assert report["errors"][0]["hint"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"name": "../etc"}, 400),
        ({"name": "a", "dryrun": "true"}, 400),
        ({"name": "a", "dryRun": "perhaps"}, 400),
    ],
)
def test_what_is_asked_wrongly_is_no_import(
    world: World, asked: dict[str, str], status: int
) -> None:
    assert send(world, b"id", **asked).status_code == status


def test_another_format_is_refused(world: World) -> None:
    assert send(world, b"{}", "application/json", name="json").status_code == 415


def test_an_import_is_for_editors_alone(world: World) -> None:
    answer = send(world, xlsx_of(examples("My")), XLSX, name="mine")
    location = answer.headers["location"]
    for path in (location, f"{location}/events"):
        assert world.client.get(path).status_code == 401
        assert world.client.get(path, headers=token(world, Role.READER)).status_code == 403
    assert world.client.get(f"{IMPORTS}/none", headers=token(world)).status_code == 404
    ended(world, answer)


def test_the_templates_have_the_columns_and_the_actors_of_the_graph(world: World) -> None:
    for table in TABLES:
        answer = world.client.get(f"{IMPORTS}/template.csv", params={"table": table.name})
        headings = answer.content.decode("utf-8-sig").strip().split(",")
        assert headings == [column.name for column in table.columns]
    answer = world.client.get(f"{IMPORTS}/template.xlsx")
    assert answer.headers["content-type"] == XLSX
    book = load_workbook(BytesIO(answer.content))
    assert book.sheet_names == [*(table.name for table in TABLES), "help", "choices"]
    listed = {cell for row in book.get_sheet_by_name("choices").to_python() for cell in row}
    assert {"Germany", "land", "no more than", "commitment", "yes"} <= listed
    assert world.client.get(f"{IMPORTS}/template.csv?table=actors").status_code == 400


@pytest.mark.parametrize(
    ("limits", "message"),
    [({"import_seconds": 0.05}, "within 0.05 s"), ({"query_mb": 1}, "longer than 1 MB")],
)
def test_a_table_that_is_too_much_is_given_up_and_the_server_goes_on(
    shipped: Path, tmp_path: Path, limits: dict[str, Any], message: str
) -> None:
    copytree(shipped, tmp_path / "graph")
    with (
        Database.open(tmp_path / "graph") as database,
        TestClient(create_app(database, patient(data_dir=tmp_path / "graph", **limits))) as client,
    ):
        world = World(client, database)
        made = {"established_when": None, "ends_when": None}
        rows = [example("undertakings", id=f"R{number}", **made) for number in range(300)]
        report = ended(world, send(world, csv_of("undertakings", rows), name="long"))
        assert report["state"] == "refused"
        assert message in report["errors"][0]["message"]
        assert "in parts" in report["errors"][0]["hint"]
        assert database.version == 1
        assert client.get("/api/v1/actors").status_code == 200


def test_an_import_goes_on_when_the_client_has_left(world: World) -> None:
    answer = send(world, xlsx_of(examples("Left")), XLSX, name="left")
    # Nobody watches; the next requests only look at what is there.
    while world.client.get("/api/v1/commitments/left.R1").status_code == 404:
        assert not world.client.get(answer.headers["location"], headers=token(world)).json()[
            "errors"
        ]
    assert ended(world, answer)["state"] == "done"


def test_a_change_that_comes_in_between_is_read_anew(world: World) -> None:
    """Two tables at once are both taken in: the second is planned again after the first."""
    answers = [
        send(world, xlsx_of(examples(word)), XLSX, name=word.lower()) for word in ("One", "Two")
    ]
    reports = [ended(world, answer) for answer in answers]
    assert [report["state"] for report in reports] == ["done", "done"]
    assert len({report["version"] for report in reports}) == 2


def test_a_server_without_workers_imports_as_well(shipped: Path, tmp_path: Path) -> None:
    copytree(shipped, tmp_path / "graph")
    with (
        Database.open(tmp_path / "graph") as database,
        TestClient(create_app(database, patient(data_dir=tmp_path / "graph", workers=0))) as client,
    ):
        world = World(client, database)
        report = ended(world, send(world, xlsx_of(examples()), XLSX, name="alone"))
        assert (report["state"], report["version"]) == ("done", 2)


def test_a_workbook_that_unpacks_to_too_much_is_refused_and_the_server_goes_on(
    world: World,
) -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(100 * 2**20))
    report = ended(world, send(world, out.getvalue(), XLSX, name="bomb"))
    assert report["state"] == "refused"
    assert "unpacks to more than 64 MB" in report["errors"][0]["message"]
    assert world.client.get("/readyz").status_code == 200
