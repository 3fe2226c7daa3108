from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from graph.query import NamedQuery, queries
from graph.resources import resource
from tests.api.v1.test_operations import OF_NO_DAY, POSTED
from tests.api.v1.test_operations import PATHS as OF_A_DAY

SHIPPED = queries()
PATHS = {
    *(f"/api/v1/{path}" for path in (*OF_A_DAY, *POSTED, *OF_NO_DAY)),
    "/.well-known/void",
    "/context/v1.jsonld",
    "/data/{name}",
    "/dataset",
    "/dataset.{suffix}",
    "/doc/{kind}/{slug}",
    "/feeds/all.atom",
    "/feeds/actor/{slug}.atom",
    "/feeds/instrument/{slug}.atom",
    "/graphs",
    "/graphs/{name}",
    "/healthz",
    "/id/{kind}/{slug}",
    "/metrics",
    "/ns",
    "/ns.{suffix}",
    "/ontology",
    "/ontology/{module}",
    "/problems/{slug}",
    "/queries",
    *(f"/queries/{query.name}" for query in SHIPPED),
    "/readyz",
    "/sparql",
    "/sparql/update",
    "/timemap/{path}",
    "/version",
}
PROBLEM = {"$ref": "#/components/schemas/Problem"}


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_path_is_documented(document: dict[str, Any]) -> None:
    assert set(document["paths"]) == PATHS


def test_every_failure_is_documented_as_a_problem(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        responses = operation["responses"]
        failures = {code: one for code, one in responses.items() if code[0] in "45d"}
        assert "default" in failures, name
        for code, response in failures.items():
            assert response["content"] == {"application/problem+json": {"schema": PROBLEM}}, (
                name,
                code,
            )


def test_a_problem_that_happens_fits_its_documented_shape(
    client: TestClient, document: dict[str, Any]
) -> None:
    problem = client.get("/sparql?query=SELECT").json()
    schema = document["components"]["schemas"]["Problem"]
    assert set(schema["required"]) <= set(problem) <= set(schema["properties"])
    (place,) = problem["errors"]
    assert set(place) <= set(document["components"]["schemas"]["Place"]["properties"])


def test_the_frameworks_own_error_shape_is_not_documented(document: dict[str, Any]) -> None:
    assert not [name for name in document["components"]["schemas"] if "Validation" in name]


def test_shapes_have_names_of_their_own_in_which_no_module_shows(document: dict[str, Any]) -> None:
    assert not [name for name in document["components"]["schemas"] if "__" in name]


def test_operations_have_names_of_their_own(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("query", SHIPPED, ids=[query.name for query in SHIPPED])
def test_each_named_query_is_an_operation_with_its_own_parameters(
    document: dict[str, Any], query: NamedQuery
) -> None:
    operation = document["paths"][f"/queries/{query.name}"]["get"]
    assert operation["summary"] == query.summary
    assert operation["description"] == query.description
    header, *own, last = operation["parameters"]
    assert header["name"] == "Accept-Datetime"
    assert last["name"] == "format"
    for described, parameter in zip(own, query.parameters, strict=True):
        assert described["name"] == parameter.name
        assert described["description"] == parameter.description
        assert described["required"] == parameter.required
        default = described["schema"].get("default")
        assert (None if default is None else str(default)) == parameter.default


def test_summaries_are_sentences(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        summary = operation["summary"]
        assert " " in summary, name
        assert summary[0].isupper(), name
        assert not summary.endswith("."), name
        assert "\n" not in summary, name
    assert document["paths"]["/sparql"]["get"]["summary"] == "Answer a SPARQL query"


def test_the_page_that_draws_the_document_asks_no_validator_elsewhere(client: TestClient) -> None:
    script = client.get("/static/docs.js").text
    assert "validatorUrl: null" in script
    assert "http" not in script
    assert resource("web", "static/docs.js").read_text() == script


def test_links_lead_to_operations_with_the_parameters_they_give(document: dict[str, Any]) -> None:
    known = {operation["operationId"]: operation for _, operation in operations(document)}
    links = [
        link
        for _, operation in operations(document)
        for link in operation["responses"].get("200", {}).get("links", {}).values()
    ]
    assert len(links) > 10
    for link in links:
        taken = {each["name"] for each in known[link["operationId"]]["parameters"]}
        assert set(link["parameters"]) <= taken


def test_what_answers_from_any_version_takes_the_time_of_one(document: dict[str, Any]) -> None:
    taken = {
        name
        for name, operation in operations(document)
        if any(each["name"] == "Accept-Datetime" for each in operation.get("parameters", ()))
    }
    assert {"get /doc/{kind}/{slug}", "post /sparql", "get /graphs", "post /api/v1/whatif"} <= taken
    assert not {"get /healthz", "post /sparql/update", "get /api/v1/changes"} & taken
