"""Every operation is as the OpenAPI document describes it; the examples in it are run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from openapi_schema_validator import OAS31Validator

from api.app import create_app
from graph.database import Database
from graph.namespaces import ID, SV
from tests.api.conftest import fill
from tests.api.v1.conftest import Json
from tests.settings import patient

PATHS = (
    *("commitments", "commitments/{id}", "commitments/{id}/explanation"),
    *("commitments/{id}/timeline", "commitments/{id}/unlock", "conditions/{id}"),
    *("commitments/{id}/power", "diff/knowledge", "diff/policies", "diff/versions"),
    *("matrix", "gaps", "deadlocks", "diff", "actors", "instruments", "events"),
    *("conditions", "domains", "evidence", "search", "sources", "statements"),
    *("whatif/matters", "whatif/claims", "whatif/no-approvals"),
    *("actors/{id}", "instruments/{id}", "events/{id}", "domains/{id}"),
    *("evidence/{id}", "statements/{id}", "sources/{id}"),
)
LISTS = (
    *("commitments", "actors", "instruments", "events", "conditions"),
    *("domains", "evidence", "statements", "sources"),
)
POSTED = {"whatif": "changes", "whatif/odds": "commitments"}
# With those above all that are below /api/v1, to which tests/api/test_openapi.py holds them.
OF_NO_DAY = (
    *("imports", "imports/{id}", "imports/{id}/events"),
    *("imports/template.csv", "imports/template.xlsx"),
    *("queries", "validate", "changes", "changes/{seq}/undo", "terms"),
)
CEASEFIRE = "event/ceasefire=true@2026-02-10"
WITH_ID = [path for path in PATHS if "{id}" in path]


def operation(document: Json, path: str) -> Json:
    found: Json = document["paths"][f"/api/v1/{path}"]["get"]
    return found


def example(parameter: Json) -> list[tuple[str, str]]:
    """Give the example of a parameter as a query string writes it; its default, without one."""
    schema = parameter["schema"]
    values = schema.get("examples", [schema.get("default")])[0]
    assert values is not None, parameter["name"]
    return [
        (parameter["name"], str(value))
        for value in (values if isinstance(values, list) else [values])
    ]


def address(document: Json, path: str, *chosen: Json) -> str:
    """Write the address of an operation, with the examples of what it needs and of `chosen`."""
    parameters = operation(document, path)["parameters"]
    needed = [each for each in parameters if each["required"]]
    asked = [pair for each in needed if each["in"] == "query" for pair in example(each)]
    for each in needed:
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", example(each)[0][1])
    asked += [pair for each in chosen for pair in example(each)]
    return f"/api/v1/{path}?{urlencode(asked)}"


def errors(document: Json, described: Json, answer: object) -> list[str]:
    """Give in what an answer is not as an operation describes it."""
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": document["components"]}
    return [error.message for error in OAS31Validator(whole).iter_errors(answer)]


def identifier(document: Json, path: str) -> str:
    """Give the example of an operation's identifier."""
    (described,) = (
        each for each in operation(document, path)["parameters"] if each["in"] == "path"
    )
    ((_, value),) = example(described)
    return value


def optional(document: Json, path: str) -> Iterator[Json]:
    """Give what may be left out; only an answer gives a cursor, so that none can be an example."""
    parameters = operation(document, path)["parameters"]
    queries = (each for each in parameters if each["in"] == "query" and not each["required"])
    return (each for each in queries if each["name"] != "cursor")


@pytest.mark.parametrize("path", PATHS)
def test_the_examples_run_and_are_answered_as_described(
    path: str, paris: TestClient, document: Json
) -> None:
    described = operation(document, path)
    for chosen in [(), *((each,) for each in optional(document, path))]:
        answer = paris.get(address(document, path, *chosen))
        assert answer.status_code == 200, answer.text
        assert errors(document, described, answer.json()) == []


@pytest.mark.parametrize("path", PATHS)
def test_the_links_of_an_answer_lead_on(path: str, paris: TestClient, document: Json) -> None:
    described = operation(document, path)["responses"]["200"].get("links", {})
    answer = paris.get(address(document, path, *limited(document, path))).json()
    named = {
        each["get"]["operationId"]: name
        for name, each in document["paths"].items()
        if "get" in each
    }
    for link in described.values():
        target = named[link["operationId"]]
        given = {name: read(answer, where) for name, where in link["parameters"].items()}
        if "id" in given:
            target = target.replace("{id}", quote(given.pop("id"), safe=""))
        limit = {"limit": "2"} if "cursor" in given else {}
        assert paris.get(target, params={**given, **limit}).status_code == 200, target


def limited(document: Json, path: str) -> list[Json]:
    """Have a list cut, so that there is a page after it."""
    cut = [each for each in optional(document, path) if each["name"] == "limit"]
    return [{**each, "schema": {"examples": [2]}} for each in cut]


def read(answer: object, expression: str) -> str:
    """Read what a runtime expression of OpenAPI points at (RFC 6901)."""
    _, _, pointer = expression.partition("#/")
    for part in pointer.split("/"):
        answer = answer[int(part)] if isinstance(answer, list) else dict(answer)[part]  # type: ignore[call-overload]
    return str(answer)


@pytest.mark.parametrize("path", POSTED)
def test_the_example_of_what_is_posted_runs_and_is_answered_as_described(
    path: str, paris: TestClient, document: Json
) -> None:
    described = document["paths"][f"/api/v1/{path}"]["post"]
    schema = described["requestBody"]["content"]["application/json"]["schema"]
    properties = schema["properties"].items()
    body = {name: each["examples"][0] for name, each in properties if "examples" in each}
    answer = paris.post(f"/api/v1/{path}", json=body)
    assert answer.status_code == 200
    assert answer.json()[POSTED[path]] != []
    assert errors(document, described, answer.json()) == []


@pytest.mark.parametrize("path", PATHS)
def test_an_unknown_parameter_is_refused_with_the_documented_ones(
    path: str, paris: TestClient, document: Json
) -> None:
    answer = paris.get(f"{address(document, path)}&debtro=actor/france")
    problem = answer.json()
    assert answer.status_code == problem["status"] == 400
    assert problem["errors"][0]["pointer"] == "/query/debtro"
    parameters = operation(document, path)["parameters"]
    named = {each["name"] for each in parameters if each["in"] == "query"}
    assert set(re.findall(r"`(\w+)`", problem["hint"])) == named


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_names_what_it_depends_on(path: str, paris: TestClient, document: Json) -> None:
    day = "to" if path == "diff" else "asOf"
    asked = f"knownAt=2026-05&policy=ranked&sources=source/paris-2026-article&set={CEASEFIRE}"
    start = "from=2026-01&" if path == "diff" else ""
    start = "knownFrom=2026-01&" if path == "diff/knowledge" else start
    start = "from=1&" if path == "diff/versions" else start
    start = "q=force&" if path == "search" else start
    needed = "commitment=multinational-force&" if path == "conditions/{id}" else ""
    given = path.replace("{id}", identifier(document, path)) if "{id}" in path else path
    found = paris.get(f"/api/v1/{given}?{start}{needed}{day}=2026-02-28&{asked}").json()
    names = ("asOf", "knownAt", "policy", "sources", "scenario", "version")
    assert {name: found[name] for name in names} == {
        "asOf": "2026-02-28",
        "knownAt": "2026-05-31",
        "policy": "ranked",
        "sources": ["https://w3id.org/servanda/id/source/paris-2026-article"],
        "scenario": [
            {
                "about": "https://w3id.org/servanda/id/event/ceasefire",
                "label": "a ceasefire",
                "truth": "true",
                "since": "2026-02-10",
            }
        ],
        "version": 1,
    }


@pytest.mark.parametrize("path", WITH_ID)
def test_an_unknown_identifier_is_not_found_and_suggests_the_nearest(
    path: str, paris: TestClient, document: Json
) -> None:
    right = identifier(document, path)
    wrong = address(document, path).replace(f"/{right}", f"/{right}s", 1)
    answer = paris.get(wrong)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert f"`{right}s`" in answer.json()["detail"]
    assert f"{right.removeprefix('sv:')}`" in answer.json()["hint"]


@pytest.mark.parametrize(
    ("asked", "name", "told"),
    [
        ("commitments?debtor=frnce", "debtor", "did you mean `actor/france`"),
        ("commitments?domain=Lnd", "domain", "did you mean"),
        ("commitments?instrument=paris", "instrument", "instrument/paris-framework"),
        ("commitments?limit=0", "limit", "greater than or equal to 1"),
        ("commitments?limit=1&limit=2", "limit", "more than once"),
        ("commitments?state=waiting", "state", "in force"),
        ("commitments?kind=plan", "kind", "possibility"),
        ("commitments?binding=sv:LegalForces", "binding", "did you mean"),
        ("commitments?sort=state", "sort", "`-since`, `debtor`"),
        ("commitments?facet=place", "facet", "`binding`, `kind` or `state`"),
        ("search", "q", "Field required"),
        ("search?q=force&kind=weapon", "kind", "`commitment`"),
        ("search?q=force&language=en_GB", "language", "write it as en or uk"),
        ("gaps?policy=naive", "policy", "credulous"),
        ("gaps?asOf=soon", "asOf", "write it as 2026-01-06, 2026-01 or 2026"),
        ("gaps?knownAt=2026-13", "knownAt", "`2026-13` is no date"),
        ("gaps?sources=source/paris", "sources", "source/paris-2026-article"),
        ("gaps?set=event/ceasefire", "set", "assumes nothing"),
        ("gaps?set=event/truce=true", "set", "no matter or condition is called `event/truce`"),
        ("gaps?set=event/ceasefire=true@soon", "set", "`soon` is no date"),
        ("gaps?" + "&".join(["set=event/ceasefire=true"] * 21), "set", "at most 20"),
        ("gaps?lang=e", "lang", "pattern"),
        ("matrix?cols=place", "cols", "component"),
        (
            "deadlocks?reading=reading/binding",
            "reading",
            "did you mean `reading/binding-is-enough`",
        ),
        ("diff?from=2026-02", "to", "Field required"),
        ("diff?from=2026-02&to=2026-01", "from", "swap the two days"),
        ("diff/knowledge", "knownFrom", "Field required"),
        ("diff/knowledge?knownFrom=soon", "knownFrom", "`soon` is no date"),
        ("diff/knowledge?knownFrom=2026-03&knownAt=2026-02", "knownFrom", "swap the two days"),
        ("diff/versions", "from", "Field required"),
        ("diff/versions?from=2", "from", "the last one is 1"),
        ("diff/versions?from=1&to=2", "to", "there is no version 2"),
        ("diff/versions?from=-1", "from", "greater than or equal to 0"),
        ("changes?since=yesterday", "since", "write it as 2026-01-06T09:30:00Z"),
        ("commitments/multinational-force/power?debtor=frnce", "debtor", "did you mean"),
        ("commitments/multinational-force/unlock?atLeast=two", "atLeast", "integer"),
        ("conditions/condition/ceasefire", "commitment", "Field required"),
    ],
)
def test_a_wrong_parameter_is_pointed_at_with_what_to_do(
    asked: str, name: str, told: str, paris: TestClient
) -> None:
    answer = paris.get(f"/api/v1/{asked}")
    assert answer.status_code == 400
    problem = answer.json()
    pointers = [place["pointer"].split("/")[2] for place in problem["errors"]]
    assert pointers == [name]
    assert told in f"{problem['detail']}; {problem.get('hint')}"


def test_an_empty_graph_has_empty_lists(empty_client: TestClient) -> None:
    for path in (*LISTS, "search?q=force"):
        found = empty_client.get(f"/api/v1/{path}").json()
        assert (found["total"], found["items"], found["version"]) == (0, [], 0)
    assert empty_client.get("/api/v1/matrix").json()["cells"] == []
    answer = empty_client.get("/api/v1/commitments/aid")
    assert answer.status_code == 404
    assert answer.json()["hint"] == "the graph holds no undertaking"


def test_a_graph_that_cannot_be_judged_is_not_the_fault_of_who_asks(broken: TestClient) -> None:
    answer = broken.get("/api/v1/commitments")
    problem = answer.json()
    assert answer.status_code == problem["status"] == 500
    assert problem["type"].endswith("/problems/unreadable-graph")
    assert problem["detail"] == "`https://w3id.org/servanda/id/evidence/one` has no `sv:validFrom`"
    assert problem["hint"] == "say from when it holds"


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[TestClient]:
    with (
        Database.open(tmp_path / "broken") as database,
        TestClient(create_app(database, patient())) as client,
    ):
        fill(database, "broken", f"<{ID}evidence/one> a <{SV}Evidence> .")
        yield client
