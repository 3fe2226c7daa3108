"""The Graph Store Protocol: reading is open, writing is judged, a version can be insisted on."""

from __future__ import annotations

import pytest

from graph.accounts import Role
from graph.namespaces import DEFAULT, DERIVED, ONTOLOGY
from tests.api.editing import TURTLE, World

NOTE = '<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "A note" .'
OTHER = '<urn:b> <http://www.w3.org/2000/01/rdf-schema#label> "Another"@en .'
WRONG = "<https://w3id.org/servanda/id/x> a <https://w3id.org/servanda/ns#Commitment> ."


def test_a_graph_is_made_replaced_added_to_and_deleted(world: World) -> None:
    path = "/graphs?graph=urn:g"
    assert world.client.get(path).status_code == 404
    assert world.put(path, NOTE).status_code == 201
    assert '"A note"' in world.client.get(path).text
    assert world.put(path, OTHER).status_code == 204
    assert '"A note"' not in world.client.get(path).text
    assert world.post(path, NOTE).status_code == 204
    assert world.client.get(path, headers={"Accept": "application/n-triples"}).text.count("\n") == 2
    answer = world.send("DELETE", path)
    assert answer.status_code == 204
    assert answer.headers["servanda-version"] == str(world.database.version)
    assert world.client.get(path).status_code == 404
    assert world.send("DELETE", path).status_code == 404


def test_a_graph_under_the_servers_own_address_is_reached_by_it(world: World) -> None:
    assert world.put("/graphs/notes/1", NOTE).status_code == 201
    named = "/graphs?graph=http://testserver/graphs/notes/1"
    assert world.client.get(named).text == world.client.get("/graphs/notes/1").text
    assert world.client.head("/graphs/notes/1").status_code == 200
    assert world.client.head("/graphs/notes/2").status_code == 404


def test_a_graph_without_a_name_gets_one(world: World) -> None:
    answer = world.post("/graphs", NOTE)
    assert answer.status_code == 201
    assert '"A note"' in world.client.get(answer.headers["location"]).text


def test_what_was_read_is_changed_only_if_it_is_still_so(world: World) -> None:
    world.put("/graphs/etag", NOTE)
    tag = world.client.get("/graphs/etag").headers["etag"]
    assert world.put("/graphs/etag", OTHER, if_match=tag).status_code == 204
    assert world.put("/graphs/etag", NOTE, if_match=tag).status_code == 412
    assert world.send("DELETE", "/graphs/etag", if_match='"other"').status_code == 412


def test_blank_nodes_that_are_put_twice_are_the_same(world: World) -> None:
    blank = '[] <http://www.w3.org/2000/01/rdf-schema#label> "blank" .'
    world.put("/graphs/blank", blank)
    before = world.database.version
    assert world.put("/graphs/blank", blank).status_code == 204
    assert world.database.version == before
    assert world.post("/graphs/blank", blank).status_code == 204
    assert world.database.version == before + 1


def test_a_graph_that_breaks_a_rule_is_refused(world: World) -> None:
    before = world.database.version
    answer = world.put("/graphs/wrong", WRONG)
    assert answer.status_code == 422
    assert "commitment-debtor" in {each["rule"] for each in answer.json()["findings"]}
    assert world.database.version == before


def test_a_graph_that_others_need_is_not_deleted(world: World) -> None:
    answer = world.send("DELETE", f"/graphs?graph={ONTOLOGY}actors", role=Role.ADMIN)
    assert answer.status_code == 422
    assert "class-known" in {each["rule"] for each in answer.json()["findings"]}


def test_the_ontology_is_for_the_admin(world: World) -> None:
    assert world.send("DELETE", f"/graphs?graph={ONTOLOGY}actors").status_code == 403


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN])
def test_nobody_writes_what_is_derived(world: World, role: Role) -> None:
    answer = world.put(f"/graphs?graph={DERIVED}states", NOTE, role)
    assert answer.status_code == 403
    assert "derived" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("content_type", "text", "status"),
    [
        (TURTLE, "<urn:a> <urn:b>", 400),
        ("text/plain", NOTE, 415),
        ("application/n-quads", "<urn:a> <urn:b> <urn:c> <urn:d> .", 400),
        ("application/rdf+xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", 400),
        ("multipart/form-data", "no parts", 400),
        ("multipart/form-data; boundary=b", "--b\r\n" * 100_000, 400),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--",
            400,
        ),
    ],
)
def test_what_is_no_graph_is_refused(
    world: World, content_type: str, text: str, status: int
) -> None:
    answer = world.put("/graphs/bad", text, content_type=content_type)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    "path", ["/graphs?graph=no%20iri", "/graphs", "/graphs?graph=urn:a&default", "/graphs?grph=a"]
)
def test_a_graph_is_named_once_and_by_an_iri(world: World, path: str) -> None:
    assert world.client.get(path).status_code == 400
    assert world.put(path, NOTE).status_code == 400


def test_the_default_graph_is_always_there(world: World) -> None:
    assert world.client.get("/graphs?default").status_code == 200
    assert world.put("/graphs?default", NOTE).status_code == 204
    assert world.client.get(f"/graphs?graph={DEFAULT}").text == (
        world.client.get("/graphs?default").text
    )
    assert world.send("DELETE", "/graphs?default").status_code == 204
    assert world.client.get("/graphs?default").status_code == 200


def test_pages_of_other_hosts_may_read_and_not_write(world: World) -> None:
    preflight = world.client.options("/graphs/any")
    assert "PUT" not in preflight.headers["access-control-allow-methods"]
    assert "authorization" not in preflight.headers["access-control-allow-headers"].lower()


def test_the_methods_of_a_graph_are_told(world: World) -> None:
    answer = world.client.patch("/graphs/any")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST, PUT, DELETE"


def test_what_is_only_to_be_made_replaces_nothing(world: World) -> None:
    text = '<urn:new> <http://www.w3.org/2000/01/rdf-schema#label> "{}" .'
    made = world.put("/graphs/only-new", text.format("one"), if_none_match="*")
    assert made.status_code == 201
    again = world.put("/graphs/only-new", text.format("two"), if_none_match="*")
    assert again.status_code == 412
    assert again.json()["type"].endswith("/problems/already-there")
    assert '"one"' in world.client.get("/graphs/only-new").text
    assert world.put("/graphs?default", text.format("x"), if_none_match="*").status_code == 412
    assert world.put("/graphs/other", text.format("x"), if_none_match='"1"').status_code == 400
    assert world.client.get("/graphs/other").status_code == 404
