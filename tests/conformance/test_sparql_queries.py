"""The tests W3C wrote for the SPARQL 1.1 query language, asked over HTTP.

What is listed in skips.yaml must go on failing; anything else must pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from fastapi.testclient import TestClient

from api.app import create_app
from graph.database import Database
from graph.journal import Change
from graph.skolem import ground
from tests.conformance.sparql_results import answer, cells, described, same
from tests.conformance.sparql_suite import Case, cases, content, graph
from tests.settings import patient
from tests.shared import W3C

ALL = cases()
SKIPS: dict[str, str] = yaml.safe_load((Path(__file__).parent / "skips.yaml").read_text("utf-8"))[
    "query"
]
# Without any graph named, a query is asked of the merge of all; with this one, of nothing.
BESIDE = "urn:beside"
FORMATS = {"srx": "xml", "srj": "json", "tsv": "tsv", "csv": "csv"}


def data_files() -> list[str]:
    return sorted({iri for case in ALL for iri in (*case.default, *case.named)})


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give an endpoint whose graphs are the files of the tests, by their IRIs."""
    quads = [quad for iri in data_files() for quad in recorded(iri)]
    beside = ox.NamedNode(BESIDE)
    quads.append(ox.Quad(beside, beside, beside, beside))
    with Database.open(tmp_path_factory.mktemp("w3c")) as database:
        database.commit(
            Change(adds=tuple(dict.fromkeys(quads))),
            author="test",
            role="editor",
            reason="test",
            source="W3C",
        )
        with TestClient(create_app(database, patient())) as client:
            yield client


def recorded(iri: str) -> list[ox.Quad]:
    """Give the triples of a file the way a dataset is recorded: its blank nodes get IRIs."""
    return ground([ox.Quad(*triple) for triple in graph(iri)], ox.NamedNode(iri))


def parameters(case: Case) -> list[Any]:
    reason = SKIPS.get(case.name)
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return [pytest.param(case, id=case.name, marks=marks)]


@pytest.mark.skipif(not W3C.is_dir(), reason=f"the W3C tests are not at {W3C}")
def test_every_test_of_the_suite_is_read() -> None:
    kinds = [case.kind for case in ALL]
    assert kinds.count("QueryEvaluationTest") + kinds.count("CSVResultFormatTest") == 235
    assert len(SKIPS.keys() - {case.name for case in ALL}) == 0


@pytest.mark.parametrize("case", [one for case in ALL for one in parameters(case)])
def test_the_endpoint_answers_as_w3c_says(endpoint: TestClient, case: Case) -> None:
    if case.kind == "NegativeSyntaxTest11":
        assert ask(endpoint, case, "json").status_code == 400
    elif case.result is None:
        assert ask(endpoint, case, "json").status_code == 200
    else:
        compare(endpoint, case, case.result)


def ask(endpoint: TestClient, case: Case, format_: str) -> Any:
    # Relative IRIs are meant against the query's own file, and a service has another base.
    text = f"BASE <{case.query}>\n{content(case.query).decode()}"
    chosen = [("default-graph-uri", iri) for iri in case.default if graph(iri)]
    chosen += [("named-graph-uri", iri) for iri in case.named if graph(iri)]
    # What the protocol names outranks what the query names itself.
    chosen = [] if "FROM" in text else chosen or [("named-graph-uri", BESIDE)]
    return endpoint.post("/sparql", data={"query": text, "format": format_, **group(chosen)})


def group(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    return {name: [iri for key, iri in pairs if key == name] for name, _ in pairs}


def compare(endpoint: TestClient, case: Case, result: str) -> None:
    extension = result.rpartition(".")[2]
    form = content(case.query).decode().upper()
    if extension not in FORMATS and "CONSTRUCT" in form:
        found = ask(endpoint, case, "nt")
        assert found.status_code == 200, found.text
        triples = ox.parse(found.content, format=ox.RdfFormat.N_TRIPLES)
        assert same([tuple(quad.triple) for quad in triples], map(tuple, graph(result)))
        return
    found = ask(endpoint, case, FORMATS.get(extension, "xml"))
    assert found.status_code == 200, found.text
    if extension == "csv":
        assert cells(found.content) == cells(content(result))
        return
    got = answer(found.content, extension if extension in FORMATS else "srx")
    if extension not in FORMATS:
        assert isinstance(got, list)
        assert same(got, described(graph(result)))
        return
    expected = answer(content(result), extension)
    if isinstance(got, bool) or isinstance(expected, bool):
        assert got is expected
    else:
        assert same(got, expected)
