"""The tests W3C wrote for the SPARQL 1.1 update language, carried out over HTTP.

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

from graph import rdf
from graph.database import Database
from tests.conformance.endpoint import changeable
from tests.conformance.sparql_results import same
from tests.conformance.sparql_suite import content
from tests.conformance.update_suite import UpdateCase, quads, update_cases
from tests.shared import W3C

ALL = update_cases()
SKIPS: dict[str, str] = yaml.safe_load((Path(__file__).parent / "skips.yaml").read_text("utf-8"))[
    "update"
]


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with changeable(tmp_path_factory.mktemp("w3c-updates")) as client:
        yield client


def parameters(case: UpdateCase) -> list[Any]:
    reason = SKIPS.get(case.name)
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return [pytest.param(case, id=case.name, marks=marks)]


@pytest.mark.skipif(not W3C.is_dir(), reason=f"the W3C tests are not at {W3C}")
def test_every_test_of_the_suite_is_read() -> None:
    assert [case.kind for case in ALL].count("UpdateEvaluationTest") == 94
    assert len(ALL) == 94 + 63
    assert len(SKIPS.keys() - {case.name for case in ALL}) == 0


@pytest.mark.parametrize("case", [one for case in ALL for one in parameters(case)])
def test_the_endpoint_changes_what_w3c_says(endpoint: TestClient, case: UpdateCase) -> None:
    begin_with(endpoint, case)
    # Relative IRIs are meant against the update's own file, and a service has another base.
    text = f"BASE <{case.request}>\n{content(case.request).decode()}"
    answer = endpoint.post("/sparql/update", data={"update": text})
    if case.kind.startswith("Negative"):
        # One that holds LOAD is refused for that before it is read.
        assert answer.status_code in (400, 403), answer.text
    elif case.kind == "UpdateEvaluationTest":
        assert answer.status_code == 200, answer.text
        database: Database = endpoint.app.state.database  # type: ignore[attr-defined]
        assert same(map(tuple, database.store.quads()), map(tuple, quads(case.after)))
    else:
        # A graph that is not there fails what is well formed.
        assert answer.status_code == 200 or "cannot be carried out" in answer.json()["detail"]


def begin_with(endpoint: TestClient, case: UpdateCase) -> None:
    assert endpoint.post("/sparql/update", data={"update": "DROP ALL"}).status_code == 200
    for name, file in case.before:
        triples = [quad.triple for quad in quads(((name, file),))]
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        answer = endpoint.post(
            "/graphs",
            params={"graph": name},
            content=body,
            headers={"Content-Type": rdf.N_TRIPLES.media_type},
        )
        assert answer.is_success, answer.text
