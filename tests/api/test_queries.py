from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph import query as named
from graph.query import NamedQuery

SHIPPED = named.queries()
NAMES = [query.name for query in SHIPPED]
EXAMPLES = {
    "iri": "actor/ruritania",
    "string": "Ruritania",
    "integer": "1",
    "decimal": "1.5",
    "boolean": "true",
    "date": "2026-01-06",
}


def needed(query: NamedQuery) -> dict[str, str]:
    """Give an argument for each parameter that has to have one."""
    return {one.name: EXAMPLES[one.type] for one in query.parameters if one.required}


def test_the_list_describes_every_query_with_its_parameters(client: TestClient) -> None:
    listed: list[dict[str, Any]] = client.get("/queries").json()
    assert [one["name"] for one in listed] == NAMES
    for one, query in zip(listed, SHIPPED, strict=True):
        assert one["summary"] == query.summary
        assert [each["name"] for each in one["parameters"]] == [
            parameter.name for parameter in query.parameters
        ]
        assert client.get(one["path"], params=needed(query)).status_code == 200


def test_the_list_has_a_form_for_each_query_in_html(client: TestClient) -> None:
    answer = client.get("/queries", headers={"Accept": "text/html"})
    assert answer.headers["vary"] == "Accept, Accept-Datetime"
    for name in NAMES:
        assert f'<form action="/queries/{name}" method="get">' in answer.text


def test_the_page_begins_with_an_index_and_its_fields_show_defaults_and_offer_things(
    client: TestClient,
) -> None:
    text = client.get("/queries", headers={"Accept": "text/html"}).text
    for query in SHIPPED:
        assert f'<a href="#{query.name}">' in text
        assert f'<h2 id="{query.name}">' in text
        for parameter in query.parameters:
            (field,) = re.findall(f'<input id="{query.name}-{parameter.name}"[^>]*>', text)
            assert ('list="things"' in field) == (parameter.type == "iri")
            assert parameter.default is None or f'placeholder="{parameter.default}"' in field
    assert '<option value="actor/ruritania">Ruritania</option>' in text


@pytest.mark.parametrize("query", SHIPPED, ids=NAMES)
@pytest.mark.parametrize("format", ["json", "csv", "html"])
def test_every_query_is_answered(client: TestClient, query: NamedQuery, format: str) -> None:  # noqa: A002
    answer = client.get(f"/queries/{query.name}", params={**needed(query), "format": format})
    assert answer.status_code == 200
    assert answer.headers["servanda-version"] == "2"


@pytest.mark.parametrize("query", SHIPPED, ids=NAMES)
def test_a_form_sent_with_its_optional_fields_empty_is_answered(
    client: TestClient, query: NamedQuery
) -> None:
    fields = {one.name: "" for one in query.parameters if not one.required}
    answer = client.get(f"/queries/{query.name}", params={**fields, **needed(query)})
    assert answer.status_code == 200


def test_an_unknown_parameter_is_answered_with_the_legal_ones(client: TestClient) -> None:
    query = next(query for query in SHIPPED if query.parameters)
    answer = client.get(f"/queries/{query.name}", params={"debitor": "actor/ruritania"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/query/debitor"
    for parameter in query.parameters:
        assert f"`{parameter.name}`" in answer.json()["hint"]


def test_a_value_of_the_wrong_type_is_refused(client: TestClient) -> None:
    query, parameter = next(
        (query, one) for query in SHIPPED for one in query.parameters if one.type == "iri"
    )
    answer = client.get(f"/queries/{query.name}", params={parameter.name: "not an iri"})
    assert answer.status_code == 400
    assert "`not an iri`" in answer.json()["detail"]


def test_the_last_part_of_an_identifier_is_refused_with_the_whole(client: TestClient) -> None:
    answer = client.get("/queries/commitments-owed-by?debtor=ruritania")
    assert answer.status_code == 400
    assert answer.json()["hint"] == "did you mean `actor/ruritania`"


def test_a_parameter_given_twice_is_refused(client: TestClient) -> None:
    query = next(query for query in SHIPPED if query.parameters)
    name = query.parameters[0].name
    assert client.get(f"/queries/{query.name}?{name}=a&{name}=b").status_code == 400


def test_an_unknown_query_is_answered_with_a_near_one(client: TestClient) -> None:
    answer = client.get(f"/queries/{NAMES[0]}x")
    assert answer.status_code == 404
    assert f"`{NAMES[0]}`" in answer.json()["hint"]


def test_a_format_that_does_not_exist_is_refused(client: TestClient) -> None:
    assert client.get("/queries", headers={"Accept": "text/csv"}).status_code == 406
    assert client.get(f"/queries/{NAMES[0]}?format=pdf").status_code == 406
