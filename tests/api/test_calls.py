from __future__ import annotations

import pickle

import pytest
from fastapi.routing import APIRoute

from api import dereference, descriptions, queries, service, sparql
from api.calls import Call
from api.settings import Settings
from api.v1 import commitments, overviews, things

MODULES = (commitments, overviews, things, service, sparql, queries, dereference, descriptions)
# What these answer hangs on no text of a client and takes no time that grows with the graph.
IN_SERVER = {"/healthz", "/problems/{slug}", "/readyz", "/version"}


def test_every_question_to_the_graph_is_answered_in_a_worker() -> None:
    routes = [
        route for module in MODULES for route in module.router.routes if isinstance(route, APIRoute)
    ]
    asked = {route.path for route in routes if hasattr(route.endpoint, "__wrapped__")}
    assert {route.path for route in routes} - asked == IN_SERVER


SCOPE = {
    "type": "http",
    "method": "GET",
    "scheme": "http",
    "server": ["testserver", 80],
    "path": "/",
    "root_path": "",
    "query_string": b"",
    "headers": [],
}


def call(arguments: dict[str, str] | None = None, **scope: object) -> Call:
    return Call("api.service:start", {**SCOPE, **scope}, arguments or {}, Settings())


def test_a_call_is_the_same_after_it_was_sent() -> None:
    assert pickle.loads(pickle.dumps(call())) == call()


@pytest.mark.parametrize(
    "other",
    [
        call(path="/other"),
        call(headers=[(b"accept", b"text/html")]),
        call(headers=[(b"host", b"other")]),
        call(server=["testserver", 81]),
        call(query_string=b"x=1"),
        call(method="POST"),
    ],
)
def test_calls_with_other_answers_have_other_keys(other: Call) -> None:
    assert call().key() == call().key()
    assert call().key() != other.key()


def test_what_is_asked_in_a_body_is_told_apart_by_what_was_read_of_it() -> None:
    asked = call({"query": "ASK {}"}, method="POST")
    assert asked.key() == call({"query": "ASK {}"}, method="POST").key()
    assert asked.key() != call({"query": "SELECT * {}"}, method="POST").key()
