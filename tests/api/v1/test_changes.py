"""The journal over HTTP, undoing from it, and judging what is not in it."""

from __future__ import annotations

import pytest

from graph.accounts import Role
from graph.namespaces import ONTOLOGY
from tests.api.editing import TURTLE, World
from tests.api.v1.conftest import Json
from tests.api.v1.test_operations import errors, operation

NOTE = '<urn:{}> <http://www.w3.org/2000/01/rdf-schema#label> "A note" .'
WRONG = "<https://w3id.org/servanda/id/x> a <https://w3id.org/servanda/ns#Commitment> ."


def test_every_change_is_listed_page_by_page(world: World) -> None:
    for name in "abc":
        world.put(f"/graphs/{name}", NOTE.format(name), Role.ADMIN)
    seen, path = [], "/api/v1/changes?limit=2"
    while path:
        answer = world.client.get(path)
        page = answer.json()
        seen += page["items"]
        path = f"/api/v1/changes?limit=2&cursor={page['next']}" if page["next"] else ""
        assert ("link" in answer.headers) is bool(path)
    assert [each["seq"] for each in seen] == list(range(1, world.database.version + 1))
    assert seen[-1]["author"] == "admin"
    assert seen[-1]["source"] == "PUT /graphs/c"
    assert (seen[-1]["added"], seen[-1]["removed"], seen[-1]["undoes"]) == (1, 0, None)


def test_the_answers_are_as_described(world: World, document: Json) -> None:
    changes = world.client.get("/api/v1/changes").json()
    assert errors(document, operation(document, "changes"), changes) == []
    judging = document["paths"]["/api/v1/validate"]["post"]
    judged = world.post("/api/v1/validate", WRONG).json()
    assert judged["findings"] != []
    assert errors(document, judging, judged) == []


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=99999", "cursor=" + "9" * 5000, "limit=0", "limit=1001", "page=2"]
)
def test_a_page_that_is_none_is_refused(world: World, query: str) -> None:
    assert world.client.get(f"/api/v1/changes?{query}").status_code == 400


def test_changes_are_listed_from_a_time_on(world: World) -> None:
    world.put("/graphs/since", NOTE.format("since"))
    whole = world.client.get("/api/v1/changes").json()
    last = whole["items"][-1]
    found = world.client.get("/api/v1/changes", params={"since": last["at"]}).json()
    assert found["items"] == [last]
    since = {"since": whole["items"][0]["at"][:10], "limit": "1"}
    first = world.client.get("/api/v1/changes", params=since)
    assert first.json()["items"] == whole["items"][:1]
    following = world.client.get(first.links["next"]["url"]).json()
    assert following["items"] == whole["items"][1:2]
    none = world.client.get("/api/v1/changes?since=2999-01-01").json()
    assert (none["items"], none["next"], none["total"]) == ([], None, last["seq"])


def test_two_versions_are_compared_by_what_they_hold(world: World) -> None:
    before = world.database.version
    force = "<https://w3id.org/servanda/id/commitment/multinational-force>"
    claims = world.client.get("/api/v1/evidence?limit=1000").json()["items"]
    supports = next(each for each in claims if each["matter"]["id"].endswith("framework"))
    graph = "https://w3id.org/servanda/data/paris-2026"
    gone = f"DELETE WHERE {{ GRAPH <{graph}> {{ <{supports['id']}> ?p ?o }} }}"
    taken = world.update(gone)
    assert taken.status_code == 200, taken.text
    asked = "asOf=2026-02-28&knownAt=2026-03-05"
    found = world.client.get(f"/api/v1/diff/versions?from={before}&{asked}").json()
    assert (found["fromVersion"], found["version"]) == (before, before + 1)
    assert {each["evidence"] for change in found["changes"] for each in change["went"]} == {
        supports["id"]
    }
    assert force[1:-1] in {change["undertaking"] for change in found["changes"]}
    pinned = f"/api/v1/diff/versions?from={before}&to={before + 1}&{asked}"
    assert world.client.get(pinned).json() == found
    assert world.client.get(f"/versions/{before + 1}{pinned}").json() == found
    assert world.client.get(f"/versions/{before}{pinned}").status_code == 400
    earlier = f"/api/v1/diff/versions?from={before}&to={before}&{asked}"
    assert world.client.get(earlier).json()["changes"] == []


def test_a_change_is_undone_and_had_back(world: World) -> None:
    seq = int(world.put("/graphs/undone", NOTE.format("u")).headers["servanda-version"])
    answer = world.post(f"/api/v1/changes/{seq}/undo?reason=mistake")
    assert answer.status_code == 201
    made = answer.json()
    assert (made["undoes"], made["reason"], made["author"]) == (seq, "mistake", "editor")
    assert answer.headers["etag"] == f'"{made["seq"]}"'
    assert world.client.get("/graphs/undone").status_code == 404
    assert world.post(f"/api/v1/changes/{made['seq']}/undo").status_code == 201
    assert world.client.get("/graphs/undone").status_code == 200


def test_what_others_built_on_is_not_undone(world: World) -> None:
    seq = int(world.put("/graphs/built", NOTE.format("x")).headers["servanda-version"])
    world.send("DELETE", "/graphs/built")
    answer = world.post(f"/api/v1/changes/{seq}/undo")
    assert answer.status_code == 409
    assert f"{seq + 1}" in answer.json()["detail"]


def test_an_undo_keeps_the_rules_and_the_roles(world: World) -> None:
    assert world.post("/api/v1/changes/1/undo").status_code == 403
    assert ONTOLOGY in world.post("/api/v1/changes/1/undo").json()["detail"]
    assert world.post("/api/v1/changes/0/undo").status_code == 404
    assert world.post("/api/v1/changes/99999/undo").status_code == 404
    stale = world.post("/api/v1/changes/1/undo", role=Role.ADMIN, if_match='"0"')
    assert stale.status_code == 412


def test_what_would_break_a_rule_is_told_and_nothing_is_recorded(world: World) -> None:
    before = world.database.version
    answer = world.client.post("/api/v1/validate", content=WRONG, headers={"Content-Type": TURTLE})
    assert answer.status_code == 200
    assert answer.json()["version"] == before
    rules = {each["rule"] for each in answer.json()["findings"]}
    assert {"commitment-debtor", "commitment-creditor"} <= rules
    assert world.database.version == before


def test_validation_says_what_a_put_would(world: World) -> None:
    path = "https://w3id.org/servanda/data/judged"
    put = world.put(f"/graphs?graph={path}", WRONG).json()["findings"]
    judged = world.post(f"/api/v1/validate?graph={path}", WRONG, Role.READER).json()["findings"]
    assert judged == put


@pytest.mark.parametrize("graph", ["", "judged"])
def test_what_is_no_graph_to_judge_against_is_refused(world: World, graph: str) -> None:
    answer = world.post(f"/api/v1/validate?graph={graph}", NOTE.format("fine"))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/query/graph"


def test_what_is_in_order_has_no_findings(world: World) -> None:
    assert world.post("/api/v1/validate", NOTE.format("fine")).json()["findings"] == []


def test_a_validation_is_a_shacl_report_for_who_asks_for_rdf(world: World) -> None:
    report = world.post("/api/v1/validate", WRONG, accept=TURTLE).text
    assert "sh:conforms false" in report
    assert "sh:resultPath sv:debtor" in report
    assert "sh:conforms true" in world.post("/api/v1/validate?format=ttl", NOTE.format("f")).text


@pytest.mark.parametrize(
    ("text", "content_type", "status"),
    [
        ("<urn:a>", TURTLE, 400),
        ("<urn:a> a <https://w3id.org/servanda/ns#Stat> .", TURTLE, 400),
        ("{}", "application/json", 415),
    ],
)
def test_what_is_no_rdf_is_refused(world: World, text: str, content_type: str, status: int) -> None:
    answer = world.post("/api/v1/validate", text, content_type=content_type)
    assert answer.status_code == status
