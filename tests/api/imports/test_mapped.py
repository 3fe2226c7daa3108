"""Tables with a mapping over HTTP: followed with nothing but what was sent, then as any import."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.accounts import Role
from graph.namespaces import DATA, SV
from tests.api.editing import World
from tests.api.imports.test_routes import IMPORTS, ended, token

TABLES = Path(__file__).resolve().parents[2] / "graph" / "mapping" / "tables"
_MAPPINGS = Path(__file__).resolve().parents[3] / "docs" / "mappings.md"
PAGE = _MAPPINGS.read_text("utf-8").partition("## Over HTTP")[2]
MAPPING: dict[str, Any] = {
    "@context": ["http://www.w3.org/ns/csvw", {"@base": "https://w3id.org/servanda/"}],
    "@id": "data/sent",
    "tables": [
        {
            "url": "places.csv",
            "tableSchema": {
                "aboutUrl": "id/place/sent-{id}",
                "columns": [
                    {"name": "id"},
                    {"name": "name", "propertyUrl": "rdfs:label", "lang": "en", "required": True},
                    {
                        "virtual": True,
                        "name": "kind",
                        "propertyUrl": "rdf:type",
                        "valueUrl": "ns#Place",
                    },
                ],
            },
        }
    ],
}
PLACES = b"id,name\n1,Kyiv\n2,Lviv\n"
Part = tuple[str | None, bytes]


def send(
    world: World,
    mapping: str | Mapping[str, Any],
    tables: Mapping[str, bytes],
    *,
    role: Role = Role.EDITOR,
    **asked: Any,
) -> Any:
    """Hand in tables with the name of a mapping or with the mapping itself."""
    document: Part = (
        (None, mapping.encode())
        if isinstance(mapping, str)
        else ("csv-metadata.json", json.dumps(mapping, indent=1).encode())
    )
    parts = [("mapping", document), *(("table", each) for each in tables.items())]
    return world.client.post(IMPORTS, params=asked, files=parts, headers=token(world, role))


def changed(**members: Any) -> dict[str, Any]:
    """Give the mapping with other members in its one table."""
    return {**MAPPING, "tables": [{**MAPPING["tables"][0], **members}]}


def refused(world: World, answer: Any) -> dict[str, Any]:
    """Give the one mistake of an import that is refused, and changes nothing."""
    before = world.database.version
    report = ended(world, answer)
    assert (report["state"], report["added"], world.database.version) == ("refused", 0, before)
    (error,) = report["errors"]
    return dict(error)


def test_a_mapping_that_is_sent_is_followed_and_its_graph_written(world: World) -> None:
    before = world.database.version
    report = ended(world, send(world, MAPPING, {"places.csv": PLACES}, reason="places"))
    assert (report["state"], report["name"], report["file"]) == ("done", "sent", "places.csv")
    assert (report["rows"], report["done"], report["version"]) == (2, 2, before + 1)
    said = world.client.get("/graphs", params={"graph": f"{DATA}sent"}).text
    assert "Lviv" in said
    (change,) = world.client.get(f"/api/v1/changes?cursor={before}").json()["items"]
    assert (change["author"], change["reason"]) == ("editor", "places")
    again = ended(world, send(world, MAPPING, {"places.csv": PLACES}))
    assert (again["added"], again["removed"], again["version"]) == (0, 0, before + 1)


def test_a_dry_run_of_a_mapping_writes_nothing(world: World) -> None:
    before = world.database.version
    mapping = {**MAPPING, "@id": "data/sent-dry"}
    report = ended(world, send(world, mapping, {"places.csv": PLACES}, dryRun=True))
    assert (report["state"], report["errors"]) == ("done", [])
    assert report["added"] > 4
    assert world.database.version == before


def test_a_mapping_that_comes_along_is_called_by_its_name(world: World) -> None:
    table = (TABLES / "atop-member-level.csv").read_bytes()
    answer = send(world, "atop", {"atop-member-level.csv": table}, dryRun=True)
    report = ended(world, answer)
    assert (report["state"], report["name"], report["errors"]) == ("done", "atop", [])
    assert report["rows"] == report["done"] == len(table.splitlines()) - 1
    assert report["added"] > 100


def test_the_commands_of_the_page_import_its_examples(world: World) -> None:
    commands = re.findall(
        r"^\$ curl -s '\S+?/imports(\S*)' .* -F (.*) -F table=@(\S+)$", PAGE, re.M
    )
    files = {
        "atop-member-level.csv": (TABLES / "atop-member-level.csv").read_text("utf-8"),
        **dict(re.findall(r"`([\w.]+)`:\n\n```\w+\n(.*?)```", PAGE, re.S)),
    }
    assert [table for _, _, table in commands] == ["atop-member-level.csv", "places.csv"]
    for asked, mapping, table in commands:
        name, at, file = mapping.removeprefix("mapping=").partition("@")
        answer = send(
            world,
            json.loads(files[file]) if at else name,
            {table: files[table].encode()},
            dryRun=asked == "?dryRun=true",
        )
        report = ended(world, answer)
        assert (report["state"], report["errors"], report["added"] > 0) == ("done", [], True)


def test_mistakes_are_told_by_table_row_and_column(world: World) -> None:
    answer = send(world, MAPPING, {"places.csv": b"id,name\n1,Kyiv\n2,\n"})
    error = refused(world, answer)
    assert (error["table"], error["row"], error["column"]) == ("places.csv", 3, "name")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/places.csv",
        "http://127.0.0.1:1/places.csv",
        "file:///etc/passwd",
        "/etc/passwd",
        "../tables/places.csv",
        "//example.org/places.csv",
        "..",
        "",
    ],
)
def test_a_mapping_that_names_an_address_or_a_path_is_refused(world: World, url: str) -> None:
    error = refused(world, send(world, changed(url=url), {"places.csv": PLACES}))
    assert "`csv-metadata.json`, line " in error["message"]
    assert error["hint"]
    assert "/tmp" not in error["message"] + error["hint"]


def test_a_table_that_was_not_sent_is_looked_for_nowhere(world: World) -> None:
    answer = send(world, changed(url="csv-metadata.json"), {"places.csv": PLACES})
    error = refused(world, answer)
    assert error["message"]
    both = {**MAPPING, "tables": [*MAPPING["tables"], {**MAPPING["tables"][0], "url": "b.csv"}]}
    error = refused(world, send(world, both, {"places.csv": PLACES}))
    assert error["message"] == "the mapping needs `b.csv` as well"


def test_a_term_that_is_not_declared_is_told_by_the_name_of_the_mapping(world: World) -> None:
    columns = [{"name": "a", "titles": "a", "propertyUrl": f"{SV}nonsense"}]
    mapping = changed(tableSchema={"aboutUrl": "id/actor/{a}", "columns": columns})
    error = refused(world, send(world, mapping, {"places.csv": b"a\nz\n"}))
    assert error["message"].startswith("`csv-metadata.json` uses `sv:nonsense`")


def test_a_query_cannot_be_sent(world: World) -> None:
    error = refused(world, send(world, changed(url="all.sql"), {"places.csv": PLACES}))
    assert "is a query, which only mappings on this machine can have" in error["message"]
    answer = send(world, MAPPING, {"places.csv": PLACES, "all.sql": b"SELECT 1"})
    assert answer.status_code == 400


def test_a_mapping_without_a_graph_of_its_own_is_refused(world: World) -> None:
    nameless = {name: value for name, value in MAPPING.items() if name != "@id"}
    assert '"@id"' in refused(world, send(world, nameless, {"places.csv": PLACES}))["hint"]
    outside = {**MAPPING, "@id": "ontology/core"}
    assert (
        "no name for a dataset"
        in (refused(world, send(world, outside, {"places.csv": PLACES}))["message"])
    )


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dataset_that_no_mapping_made_is_not_replaced_by_one(world: World, dry_run: bool) -> None:
    mapping = {**MAPPING, "@id": "data/paris-2026"}
    error = refused(world, send(world, mapping, {"places.csv": PLACES}, dryRun=dry_run))
    assert error["message"] == (
        f"`{DATA}paris-2026` is there already, and this mapping did not make it"
    )
    assert '"@id"' in error["hint"]


@pytest.mark.parametrize("graph", ["data/table-aid", "data/x#y"])
def test_the_graphs_of_tables_and_their_rows_are_not_those_of_a_mapping(
    world: World, graph: str
) -> None:
    error = refused(world, send(world, {**MAPPING, "@id": graph}, {"places.csv": PLACES}))
    assert "is kept for tables and their rows" in error["message"]


@pytest.mark.parametrize("name", ["nothing", "/etc", "../data", "."])
def test_a_name_is_that_of_a_mapping_that_comes_along_and_no_path(world: World, name: str) -> None:
    error = refused(world, send(world, name, {"places.csv": PLACES}))
    assert error["message"] == f"no mapping called `{name}` comes along"
    assert "atop" in error["hint"]


@pytest.mark.parametrize("name", ["../places.csv", "/tmp/places.csv", "places.json", ".csv"])
def test_a_table_has_a_plain_name(world: World, name: str) -> None:
    answer = send(world, MAPPING, {name: PLACES})
    assert answer.status_code == 400
    assert answer.json()["hint"]


@pytest.mark.parametrize("asked", [{"name": "a"}, {"name": ""}, {"sheet": "a"}, {"replace": True}])
def test_what_is_for_tables_of_the_templates_is_refused_beside_a_mapping(
    world: World, asked: dict[str, Any]
) -> None:
    assert send(world, MAPPING, {"places.csv": PLACES}, **asked).status_code == 400


@pytest.mark.parametrize(
    "parts",
    [
        [("table", ("places.csv", PLACES))],
        [("mapping", (None, b"atop"))],
        [("mapping", (None, b"atop")), ("mapping", (None, b"atop")), ("table", ("a.csv", b""))],
        [("mapping", (None, b"atop")), ("table", (None, PLACES))],
        [("mapping", (None, b"atop")), ("file", ("places.csv", PLACES))],
        [("mapping", (None, b"\xff")), ("table", ("places.csv", PLACES))],
        [("mapping", (None, b"atop")), *[("table", ("places.csv", PLACES))] * 2],
        [("mapping", (None, b"atop")), *[("table", (f"p{n}.csv", b"")) for n in range(17)]],
    ],
)
def test_a_form_that_is_not_as_it_should_be_is_refused(world: World, parts: list[Any]) -> None:
    answer = world.client.post(IMPORTS, files=parts, headers=token(world))
    assert answer.status_code == 400
    assert answer.json()["hint"]


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\nx\r\n"),
        ("multipart/form-data; boundary=b", b"--b\r\n" * 100_000),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="table"; filename="a.csv"\r\n'
            b"Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n",
        ),
    ],
)
def test_a_body_that_is_no_form_is_refused(world: World, header: str, body: bytes) -> None:
    answer = world.client.post(
        IMPORTS, content=body, headers={**token(world), "content-type": header}
    )
    assert answer.status_code == 400


def test_a_form_is_only_taken_from_an_editor(world: World) -> None:
    answer = send(world, MAPPING, {"places.csv": PLACES}, role=Role.READER)
    assert answer.status_code == 403
    without = world.client.post(IMPORTS, files=[("mapping", (None, b"atop"))])
    assert without.status_code == 401
