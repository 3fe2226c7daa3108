"""What was recorded at a time is answered as it was then, or refused; RFC 7089 is kept to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from api.app import create_app
from api.kept import KeptAnswers
from api.memento import address
from graph.database import Database
from graph.journal import Change
from graph.namespaces import DATA, ID, PREFIXES, SV
from tests.settings import patient

CHANGE_OF_CLOCKS = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
MOMENTS = [
    datetime(2026, 3, 1, 9, 30, 15, 999_000, tzinfo=UTC),
    CHANGE_OF_CLOCKS,
    datetime(2026, 5, 1, 12, 0, tzinfo=UTC),
]
NAMES = ["Ruritania", "The Kingdom of Ruritania", "The Republic of Ruritania"]
THING = ox.NamedNode(ID + "actor/ruritania")
GRAPH = ox.NamedNode(DATA + "atlas")
DOCUMENT = "/doc/actor/ruritania.nt"
FIRST, SECOND, LATER = (
    "Sun, 01 Mar 2026 09:30:15 GMT",
    "Sun, 29 Mar 2026 01:00:00 GMT",
    "Fri, 01 May 2026 12:00:00 GMT",
)


def label(text: str) -> ox.Quad:
    return ox.Quad(THING, ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal(text), GRAPH)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory in which a state changed its name twice."""
    directory = tmp_path_factory.mktemp("atlas")
    kind = ox.Quad(THING, ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(SV + "State"), GRAPH)
    with Database.open(directory) as database:
        for number, (moment, name) in enumerate(zip(MOMENTS, NAMES, strict=True)):
            gone = (label(NAMES[number - 1]),) if number else ()
            change = Change(adds=(label(name), *(() if number else (kind,))), removes=gone)
            database.commit(
                change, author="t", role="editor", reason="test", source="test", at=moment
            )
    return directory


@pytest.fixture(scope="module", params=[1, 0], ids=["in a worker", "in the server"])
def client(atlas: Path, request: pytest.FixtureRequest) -> Iterator[TestClient]:
    settings = patient(data_dir=atlas, workers=request.param)
    with (
        Database.open(atlas, writable=False) as database,
        TestClient(create_app(database, settings)) as client,
    ):
        yield client


def at(client: TestClient, path: str, moment: str, method: str = "GET", **given: Any) -> Any:
    return client.request(method, path, headers={"Accept-Datetime": moment}, **given)


@pytest.mark.parametrize(
    ("moment", "version"),
    [
        (FIRST, 1),
        ("Sun, 29 Mar 2026 00:59:59 GMT", 1),
        (SECOND, 2),
        ("Fri, 01 May 2026 11:59:59 GMT", 2),
        (LATER, 3),
        ("Tue, 01 Jan 2999 00:00:00 GMT", 3),
    ],
)
def test_a_document_is_what_was_recorded_by_then(
    client: TestClient, moment: str, version: int
) -> None:
    answer = at(client, DOCUMENT, moment)
    assert answer.status_code == 200
    assert f'"{NAMES[version - 1]}"' in answer.text
    assert answer.headers["memento-datetime"] == [FIRST, SECOND, LATER][version - 1]
    assert answer.headers["servanda-version"] == str(version)
    assert answer.headers["content-location"] == f"/versions/{version}{DOCUMENT}"
    assert "Accept-Datetime" in answer.headers["vary"]
    assert answer.links["original timegate"]["url"] == DOCUMENT


def test_a_version_has_an_address_of_its_own(client: TestClient) -> None:
    answer = client.get(f"/versions/2{DOCUMENT}")
    assert NAMES[1] in answer.text
    assert answer.headers["memento-datetime"] == SECOND
    assert "Accept-Datetime" not in answer.headers["vary"]
    assert answer.links["original timegate"]["url"] == DOCUMENT
    assert answer.text == at(client, DOCUMENT, SECOND).text
    assert answer.headers["etag"] == at(client, DOCUMENT, SECOND).headers["etag"]
    same = client.get(f"/versions/2{DOCUMENT}", headers={"If-None-Match": answer.headers["etag"]})
    assert same.status_code == 304
    assert same.headers["memento-datetime"] == SECOND


def test_what_is_asked_without_a_time_is_of_the_present_and_leads_to_the_past(
    client: TestClient,
) -> None:
    answer = client.get(DOCUMENT)
    assert NAMES[2] in answer.text
    assert "memento-datetime" not in answer.headers
    assert answer.headers["vary"] == "Accept, Accept-Datetime"
    timemap = client.get(answer.links["timemap"]["url"])
    assert timemap.headers["content-type"] == "application/link-format"
    found = timemap.text.split(",\n")
    assert found[0] == f'<{DOCUMENT}>; rel="original timegate"'
    assert f'from="{FIRST}"; until="{LATER}"' in found[1]
    assert found[2:] == [
        f'</versions/1{DOCUMENT}>; rel="first memento"; datetime="{FIRST}"',
        f'</versions/2{DOCUMENT}>; rel="memento"; datetime="{SECOND}"',
        f'</versions/3{DOCUMENT}>; rel="last memento"; datetime="{LATER}"',
    ]


QUERY = f"SELECT ?name {{ <{THING.value}> <{PREFIXES['rdfs']}label> ?name }}"


@pytest.mark.parametrize(
    "path",
    [
        "/doc/actor/ruritania.html",
        f"/graphs?graph={GRAPH.value}",
        "/data/atlas.ttl",
        "/api/v1/actors",
        "/api/v1/search?q=ruritania",
        f"/sparql?query={quote(QUERY)}",
    ],
)
def test_all_that_is_read_from_the_graph_has_its_past(client: TestClient, path: str) -> None:
    for version, moment in enumerate((FIRST, SECOND, LATER)):
        answer = at(client, path, moment)
        assert answer.status_code == 200, answer.text
        assert answer.headers["memento-datetime"] == moment
        assert [name for name in NAMES[1:] if name in answer.text] == NAMES[1:][
            version - 1 : version
        ]


def test_the_day_asked_about_is_not_the_time_of_recording(client: TestClient) -> None:
    answer = at(client, "/api/v1/actors?asOf=1999", FIRST).json()
    assert (answer["asOf"], answer["version"]) == ("1999-12-31", 1)
    assert answer["items"][0]["label"] == NAMES[0]


def test_a_query_that_is_posted_is_answered_from_the_past(client: TestClient) -> None:
    answer = at(client, "/sparql", FIRST, "POST", data={"query": QUERY})
    assert NAMES[1] not in answer.text
    assert answer.headers["memento-datetime"] == FIRST


def test_before_the_first_version_there_is_nothing(client: TestClient) -> None:
    answer = at(client, DOCUMENT, "Sun, 01 Mar 2026 09:30:14 GMT")
    assert answer.status_code == 404
    assert answer.json()["hint"] == f"the first version is of {FIRST}"
    assert "Accept-Datetime" in answer.headers["vary"]


@pytest.mark.parametrize(
    "moment", ["2026-03-01", "Sun, 01 Mar 2026 09:30:15 CET", "", "Sun, 31 Feb 2026 00:00:00 GMT"]
)
def test_a_time_that_is_none_is_refused(client: TestClient, moment: str) -> None:
    answer = at(client, DOCUMENT, moment)
    assert answer.status_code == 400
    assert "Accept-Datetime" in answer.json()["detail"]
    assert answer.json()["hint"] == "write it as Tue, 06 Jan 2026 09:30:00 GMT"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/healthz"),
        ("GET", "/api/v1/changes"),
        ("GET", f"/timemap{DOCUMENT}"),
        ("POST", "/sparql/update"),
        ("PUT", "/graphs?graph=urn:example:g"),
        ("DELETE", "/graphs?default"),
        ("POST", "/api/v1/validate"),
    ],
)
def test_what_has_no_past_is_refused_and_nothing_is_changed(
    client: TestClient, method: str, path: str
) -> None:
    for answer in (at(client, path, FIRST, method), client.request(method, f"/versions/1{path}")):
        assert answer.status_code == 406
        assert answer.json()["type"].endswith("/problems/no-past")
    assert client.get("/version").json()["graph"] == 3


@pytest.mark.parametrize("version", ["0", "4", "999999999999999999"])
def test_a_version_that_is_not_there_is_told(client: TestClient, version: str) -> None:
    answer = client.get(f"/versions/{version}{DOCUMENT}")
    assert answer.status_code == 404
    assert answer.json()["hint"] == "there are those from 1 to 3"


def test_two_versions_cannot_be_asked_for_at_once(client: TestClient) -> None:
    headers = {"Accept-Datetime": FIRST, "Servanda-Min-Version": "2"}
    assert client.get(DOCUMENT, headers=headers).status_code == 400


@pytest.mark.parametrize("path", ["healthz", "nothing/here", "api/v1/changes", "sparql/update"])
def test_what_has_no_past_has_no_timemap(client: TestClient, path: str) -> None:
    assert client.get(f"/timemap/{path}").status_code == 404


@pytest.mark.parametrize(("letters", "status"), [(1000, 200), (5000, 400), (60_000, 400)])
def test_an_address_is_listed_with_its_versions_unless_it_is_long(
    client: TestClient, letters: int, status: int
) -> None:
    answer = client.get(f"/timemap/search?q={'x' * letters}")
    assert answer.status_code == status
    assert len(answer.content) < 10_000


def test_a_browser_may_ask_for_the_past(client: TestClient) -> None:
    asked = client.options(DOCUMENT).headers["access-control-allow-headers"]
    assert "Accept-Datetime" in asked
    exposed = client.get(DOCUMENT).headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Link", "Memento-Datetime", "Content-Location"} <= set(exposed)


def test_a_server_may_refuse_the_past(atlas: Path) -> None:
    with (
        Database.open(atlas, writable=False) as database,
        TestClient(create_app(database, patient(past_versions=0, workers=0))) as client,
    ):
        assert at(client, DOCUMENT, FIRST).status_code == 403
        assert at(client, DOCUMENT, LATER).status_code == 200


def test_the_last_time_there_is_is_of_the_present(client: TestClient) -> None:
    answer = at(client, DOCUMENT, "Fri, 31 Dec 9999 23:59:59 GMT")
    assert (answer.status_code, answer.headers["servanda-version"]) == (200, "3")


@pytest.mark.parametrize("tags", ["W/{}", '"other", W/{}', "*", "{}"])
def test_a_tag_is_compared_weakly(client: TestClient, tags: str) -> None:
    tag = client.get(DOCUMENT).headers["etag"]
    same = client.get(DOCUMENT, headers={"If-None-Match": tags.format(tag)})
    assert same.status_code == 304


def test_no_query_ends_the_address_in_a_link() -> None:
    found = address(b"/search", b'q=x>;rel="style sheet"&a=<%3E')
    assert found == "/search?q=x%3E;rel=%22style%20sheet%22&a=%3C%3E"


def test_an_escaped_path_stays_as_it_was_asked(client: TestClient) -> None:
    answer = client.get("/search%3F?q=x")
    assert answer.status_code == 404
    escaped = DOCUMENT.replace("ruritania", "ruritani%61")
    assert client.get(escaped).links["original timegate"]["url"] == escaped


def test_what_was_asked_by_a_time_is_kept_for_who_names_none(client: TestClient) -> None:
    path = f"{DOCUMENT}?format=ttl"

    async def beyond(_: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError

    async def kept_alone(scope: Scope, receive: Receive, send: Send) -> None:
        await KeptAnswers(beyond)({**scope, "app": client.app}, receive, send)

    asked = at(client, path, LATER)
    assert TestClient(kept_alone).get(path).text == asked.text


def test_a_thing_of_a_past_version_leads_to_its_documents_of_that_version(
    client: TestClient,
) -> None:
    answer = client.get("/versions/2/id/actor/ruritania", follow_redirects=False)
    assert answer.headers["location"] == "/versions/2/doc/actor/ruritania"
    found = client.get("/versions/2/doc/actor/ruritania.nt").headers["link"]
    assert '</versions/2/doc/actor/ruritania.ttl>; rel="alternate"' in found
    assert '</doc/actor/ruritania>; rel="canonical"' in found
