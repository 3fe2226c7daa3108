from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from graph.database import JOURNAL, Database
from tests.api.asking import endless
from tests.settings import patient

Labels = frozenset[tuple[str, str]]


def metrics(client: TestClient) -> dict[tuple[str, Labels], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def value(client: TestClient, name: str, **labels: str) -> float:
    return metrics(client).get((f"servanda_{name}", frozenset(labels.items())), 0)


@contextmanager
def counting(data_dir: Path, **limits: float) -> Iterator[TestClient]:
    settings = patient(data_dir=data_dir, workers=2, **limits)
    with (
        Database.open(data_dir, writable=False) as database,
        TestClient(create_app(database, settings)) as client,
    ):
        yield client


@pytest.fixture
def own(data_dir: Path) -> Iterator[TestClient]:
    """Give a client of an application whose counts begin at nothing."""
    with counting(data_dir) as client:
        yield client


@pytest.fixture
def hurried(data_dir: Path) -> Iterator[TestClient]:
    """Give one of an application that ends a query after a second."""
    with counting(data_dir, query_seconds=1) as client:
        yield client


def test_requests_are_counted_by_the_template_of_their_route_and_by_status(own: TestClient) -> None:
    for path in ("/doc/actor/ruritania", "/doc/actor/mallory", "/doc/actor/nobody", "/nowhere"):
        own.get(path)
    own.head("/doc/actor/ruritania")
    assert value(own, "requests_total", route="/doc/{kind}/{slug}", status="200") == 3
    assert value(own, "requests_total", route="/doc/{kind}/{slug}", status="404") == 1
    assert value(own, "requests_total", route="other", status="404") == 1
    assert value(own, "request_seconds_count", route="/doc/{kind}/{slug}") == 4


def test_routes_under_a_prefix_have_their_whole_template(paris: TestClient) -> None:
    paris.get("/api/v1/commitments/multinational-force/timeline")
    route = "/api/v1/commitments/{id}/timeline"
    assert value(paris, "requests_total", route=route, status="200") >= 1


def test_the_second_of_two_same_questions_is_a_hit_of_the_cache(own: TestClient) -> None:
    # What was asked before there was any version to know it by is not kept.
    for path in ("/", "/data/pact", "/data/pact"):
        own.get(path)
    assert value(own, "cache_lookups_total", result="hit") == 1
    # Also what is answered without its route has that route's name.
    assert value(own, "requests_total", route="/data/{name}", status="200") == 2


def test_the_version_and_the_size_of_the_journal_are_told(own: TestClient, data_dir: Path) -> None:
    assert value(own, "graph_version") == 2
    assert value(own, "journal_bytes") >= (data_dir / JOURNAL).stat().st_size


def test_workers_are_counted_and_one_that_took_too_long_with_its_reason(
    hurried: TestClient,
) -> None:
    assert hurried.get("/sparql", params={"query": endless(30)}).status_code == 503
    assert value(hurried, "workers_killed_total", reason="time") == 1
    until = time.monotonic() + 60
    while value(hurried, "workers", doing="idle") < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert value(hurried, "workers", doing="idle") == 2
    assert value(hurried, "workers", doing="busy") == 0


def test_without_workers_a_server_is_ready_at_once_and_counts_none(data_dir: Path) -> None:
    with (
        Database.open(data_dir, writable=False) as database,
        TestClient(create_app(database, patient(data_dir=data_dir, workers=0))) as client,
    ):
        assert client.get("/readyz").status_code == 200
        assert value(client, "workers", doing="idle") == 0
        assert value(client, "graph_version") == 2


def test_a_server_is_not_ready_before_a_worker_has_the_graph(data_dir: Path) -> None:
    with Database.open(data_dir, writable=False) as database:
        # Outside a `with` nothing that the application runs is started.
        client = TestClient(create_app(database, patient(data_dir=data_dir)))
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["detail"] == "no worker has the graph yet"
