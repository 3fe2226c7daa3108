from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest
from fastapi import FastAPI, HTTPException, Query
from fastapi.testclient import TestClient

from api.app import create_app
from api.errors import BodyTooLarge, InvalidQuery, NotReady, UnsupportedMediaType
from api.negotiation import NotAcceptable
from api.problem_kinds import KINDS
from api.problems import ENTRANCES
from graph.database import Database
from graph.errors import (
    Conflict,
    DamagedJournal,
    Forbidden,
    InvalidRequest,
    NoRoom,
    NotFound,
    ServandaError,
    UnreadableInput,
)
from tests.api.pages.conftest import parsed
from tests.settings import patient

ERRORS: list[tuple[ServandaError, int]] = [
    (InvalidRequest("wrong"), 400),
    (UnreadableInput("wrong", line=3, column=4), 400),
    (InvalidQuery(InvalidRequest("wrong", line=2, column=1), "one\ntwo"), 400),
    (Forbidden("wrong"), 403),
    (NotFound("wrong", hint="look elsewhere"), 404),
    (Conflict("wrong"), 412),
    (NotAcceptable("wrong"), 406),
    (BodyTooLarge("wrong"), 413),
    (UnsupportedMediaType("wrong"), 415),
    (NoRoom("wrong"), 507),
    (NotReady("wrong"), 503),
    (DamagedJournal("wrong"), 500),
    (ServandaError("wrong"), 500),
]


@pytest.fixture(scope="module")
def failing_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """Give the application with one path for each way to fail."""
    with Database.open(tmp_path_factory.mktemp("failing")) as database:
        app = create_app(database, patient(base="https://servanda.example/"))

        @app.get("/fail/{number}")
        def fail(number: int, limit: int = Query(default=1, ge=1)) -> None:
            raise ERRORS[number][0]

        @app.get("/http/{status}")
        def http(status: int) -> None:
            raise HTTPException(status, "no")

        @app.get("/fault")
        def fault() -> None:
            raise KeyError("a secret of the server")

        yield app


@pytest.fixture
def failing(failing_app: FastAPI) -> Iterator[TestClient]:
    with TestClient(failing_app) as client:
        yield client


@pytest.mark.parametrize("number", range(len(ERRORS)))
def test_every_error_is_a_problem_document_with_its_status(
    failing: TestClient, number: int
) -> None:
    error, status = ERRORS[number]
    answer = failing.get(f"/fail/{number}")
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["detail"] == "wrong"
    assert problem.get("hint") == error.hint


@pytest.mark.parametrize("number", range(len(ERRORS)))
def test_the_type_of_every_problem_leads_to_a_page(failing: TestClient, number: int) -> None:
    problem = failing.get(f"/fail/{number}").json()
    assert problem["type"].startswith("https://servanda.example/problems/")
    page = failing.get(problem["type"])
    assert page.status_code == 200
    assert problem["title"] in unescape(page.text)


def test_an_error_with_a_place_says_where(failing: TestClient) -> None:
    assert failing.get("/fail/1").json()["errors"] == [{"detail": "wrong", "line": 3, "column": 4}]
    assert failing.get("/fail/2").json()["errors"][0]["excerpt"] == "two"


def test_a_place_beyond_the_text_has_no_excerpt() -> None:
    assert InvalidQuery(InvalidRequest("wrong", line=9), "one").excerpt is None


def test_a_parameter_of_the_wrong_type_is_pointed_at(failing: TestClient) -> None:
    answer = failing.get("/fail/one?limit=0")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    pointers = [place["pointer"] for place in answer.json()["errors"]]
    assert pointers == ["/path/number", "/query/limit"]


@pytest.mark.parametrize(("status", "answered"), [(404, 404), (418, 400), (502, 500)])
def test_an_error_of_the_framework_is_a_problem_document(
    failing: TestClient, status: int, answered: int
) -> None:
    answer = failing.get(f"/http/{status}")
    assert answer.status_code == answer.json()["status"] == answered
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unforeseen_fault_is_a_problem_document_that_tells_no_secrets(
    failing: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = failing.get("/fault")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["servanda-version"] == "0"
    assert "secret" not in answer.text
    assert "GET /fault failed" in caplog.text
    assert "a secret of the server" in caplog.text


def test_a_path_that_is_not_served_is_a_problem_document(client: TestClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "nothing is served at `/nowhere`"
    assert client.get("/static/nowhere.css").json()["status"] == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/sparql", "GET, HEAD, POST"),
        ("POST", "/version", "GET, HEAD"),
        ("POST", "/static/style.css", "GET, HEAD"),
        ("DELETE", "/doc/actor/ruritania", "GET, HEAD"),
    ],
)
def test_a_method_a_path_does_not_take_is_answered_with_those_it_takes(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["allow"] == allowed


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("number", range(len(ERRORS)))
def test_a_browser_gets_a_page_that_says_the_same(failing: TestClient, number: int) -> None:
    problem = failing.get(f"/fail/{number}")
    page = failing.get(f"/fail/{number}", headers={"Accept": BROWSER})
    assert page.status_code == problem.status_code
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["servanda-version"] == "0"
    assert page.headers.get("retry-after") == problem.headers.get("retry-after")
    text = unescape(parsed(page.text).to_text())
    for part in ("title", "detail", "hint"):
        assert problem.json().get(part, "") in text
    assert f'<a href="{problem.json()["type"]}">' in page.text
    assert '<a href="/">' in page.text


def test_a_fault_is_shown_as_a_page_too(failing: TestClient) -> None:
    page = failing.get("/fault", headers={"Accept": BROWSER})
    assert page.status_code == 500
    assert "The server failed" in page.text


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (BROWSER, "text/html"),
        ("text/html", "text/html"),
        ("text/html;q=0.5, application/json", "application/problem+json"),
        ("application/problem+json", "application/problem+json"),
        ("text/html, application/json", "application/problem+json"),
        ("*/*", "application/problem+json"),
        ("text/csv", "application/problem+json"),
        ("", "application/problem+json"),
    ],
)
def test_only_who_prefers_html_gets_a_page(
    client: TestClient, accept: str, content_type: str
) -> None:
    answer = client.get("/nowhere", headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.headers["content-type"].partition(";")[0] == content_type
    assert answer.headers["vary"] == "Accept, Accept-Datetime"


def test_the_page_of_a_refused_query_keeps_what_was_typed_and_shows_the_line(
    client: TestClient,
) -> None:
    typed = "SELECT *\nWHERE { ?s ?p </textarea>"
    answer = client.get("/sparql", params={"query": typed}, headers={"Accept": BROWSER})
    page = parsed(answer.text)
    assert answer.status_code == 400
    (field,) = page.query("form textarea")
    assert field.to_text().strip() == typed
    (excerpt,) = page.query("pre bdi")
    assert excerpt.to_text() == typed.splitlines()[1]


def test_the_page_of_a_refused_value_keeps_the_form_as_it_was_filled_in(
    client: TestClient,
) -> None:
    address = "/queries/components?framework=no+iri&component="
    answer = client.get(address, headers={"Accept": BROWSER})
    page = parsed(answer.text)
    assert answer.status_code == 400
    (field,) = page.query('form[action="/queries/components"] input[name="framework"]')
    assert (field.attrs or {})["value"] == "no iri"
    assert page.query('a[href="/queries"]')


def test_a_path_that_is_not_served_is_answered_with_where_to_start(client: TestClient) -> None:
    hint = client.get("/nowhere").json()["hint"]
    for path in ENTRANCES:
        assert path in hint
        assert client.get(path, headers={"Accept": BROWSER}).status_code == 200


def test_every_kind_of_problem_has_a_page_and_an_unknown_one_has_none(client: TestClient) -> None:
    assert len({kind.slug for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.title in unescape(client.get(f"/problems/{kind.slug}").text)
    assert client.get("/problems/none").status_code == 404


def test_without_a_base_the_type_is_an_address_of_the_host_that_was_asked(
    client: TestClient,
) -> None:
    assert client.get("/nowhere").json()["type"] == "http://testserver/problems/not-found"
