from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from graph.database import Database
from graph.dataset import read_dataset
from graph.journal import Change
from graph.namespaces import ONTOLOGY
from graph.resources import resource
from tests.api.conftest import fill
from tests.settings import patient


def test_a_process_that_answers_is_healthy_even_with_an_empty_graph(
    client: TestClient, empty_client: TestClient
) -> None:
    for one in (client, empty_client):
        assert one.get("/healthz").json() == {"status": "ok"}


def test_a_graph_is_ready_once_it_holds_something(
    client: TestClient, empty_client: TestClient
) -> None:
    # A worker has answered by then, so that one is there.
    assert client.get("/sparql").status_code == 200
    assert client.get("/readyz").json() == {"status": "ready"}
    answer = empty_client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    assert "servanda load" in answer.json()["hint"]


def test_the_versions_are_named(client: TestClient) -> None:
    assert client.get("/version").json() == {
        "servanda": version("servanda"),
        "graph": 2,
        "ontology": None,
    }


def test_the_version_of_the_ontology_in_the_graph_is_named(tmp_path: Path) -> None:
    core = read_dataset(resource("ontology", "core.ttl"))
    with Database.open(tmp_path) as database:
        database.commit(
            Change(adds=core.quads), author="test", role="editor", reason="test", source="core"
        )
        with TestClient(create_app(database, patient())) as client:
            assert client.get("/version").json()["ontology"].startswith(ONTOLOGY)


def test_an_answer_names_the_version_it_was_given_at(tmp_path: Path) -> None:
    with (
        Database.open(tmp_path) as database,
        TestClient(create_app(database, patient())) as client,
    ):
        assert client.get("/healthz").headers["servanda-version"] == "0"
        fill(database, "one", "<https://w3id.org/servanda/id/a/b> <https://example.org/p> 1 .")
        assert client.get("/healthz").headers["servanda-version"] == "1"
        assert client.get("/nowhere").headers["servanda-version"] == "1"


def test_the_start_page_counts_things_and_lists_datasets(client: TestClient) -> None:
    text = client.get("/").text
    assert '<bdi>sv:State</bdi></a></th><td class="number">2</td>' in text
    assert '<bdi>sv:Commitment</bdi></a></th><td class="number">1</td>' in text
    assert '<a href="/data/pact"><bdi>The pact</bdi></a>' in text
    for path in ("/docs", "/queries", "/sparql"):
        assert f'href="{path}"' in text


def test_the_start_page_of_an_empty_graph_says_what_to_do(empty_client: TestClient) -> None:
    assert "servanda load data" in empty_client.get("/").text
