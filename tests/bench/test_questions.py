"""Each query of the benchmarks has an answer, and the server gives that of the bare engine."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from bench.generate import generated
from bench.questions import QUERIES, answer, request
from bench.servers import EMPTY, SERVANDA, Server, serving
from graph.dataset import read_datasets
from graph.resources import resource


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    ontology = [quad for each in read_datasets([resource("ontology")]) for quad in each.quads]
    return [*ontology, *generated(15_000, seed=1)]


@pytest.fixture(scope="module")
def servers(quads: list[ox.Quad]) -> Iterator[dict[str, Server]]:
    with serving(quads) as servers:
        yield servers


@pytest.fixture(scope="module")
def engine(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return store


@pytest.mark.parametrize("kind", QUERIES)
def test_every_server_has_the_answer_of_the_engine(
    servers: dict[str, Server], engine: ox.Store, kind: str
) -> None:
    asked = request(servers[SERVANDA], QUERIES[kind], copy="-0")
    (text,) = parse_qs(urlsplit(asked.address).query)["query"]
    wanted = len(list(engine.query(text)))  # type: ignore[arg-type]
    assert wanted > 0
    for server in servers.values():
        if server.name != EMPTY:
            found = answer(server, request(server, QUERIES[kind], copy="-0"))
            assert found.total() == wanted, server.name


def test_a_refusal_is_no_answer(servers: dict[str, Server]) -> None:
    with pytest.raises(ValueError, match="400"):
        answer(servers[SERVANDA], request(servers[SERVANDA], "SELECT nothing"))
