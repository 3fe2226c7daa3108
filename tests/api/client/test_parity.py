"""What the OpenAPI document offers, the client asks; what it does not is here, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import httpx2
import pytest

from api.client import Client
from api.client.sources import Server
from tests.api.client.test_client import QUESTIONS, read

# By a pattern of `METHOD /path`.
LEFT_OUT: Final = {
    "POST /sparql/update|(PUT|POST|DELETE) /graphs.*|POST /api/v1/changes/{seq}/undo": "the client "
    "changes nothing: it asks a directory, too, of which a server may be the one writer",
    ".* /api/v1/imports.*|POST /api/v1/validate": "what is to be written is judged and sent by "
    "`servanda validate` and `servanda import`, or by a form",
    "GET /(graphs.*|id/.*|doc/.*|data/.*|ns.*|ontology.*|dataset.*|[.]well-known/void)": "RDF: "
    "any library for it reads these addresses, and no answer of ours",
    "GET /(feeds|timemap)/.*": "for readers of feeds and for clients of Memento",
    "GET /(queries|sparql)": "`queries` and `sparql` ask the same at another address or by POST",
    "GET /(context|problems)/.*": "what explains an answer, not an answer",
    "GET /(healthz|readyz|metrics|version)": "about the server, and a directory has none",
}


@pytest.fixture(scope="module")
def asked(address: str) -> set[str]:
    """Give `METHOD /path` of every request that the client makes, whatever is asked of it."""
    made: set[str] = set()

    def note(request: httpx2.Request) -> None:
        path = re.sub("^/versions/[0-9]+", "", request.url.path)
        made.add(f"{request.method} {path}")

    http = httpx2.Client(timeout=70, event_hooks={"request": [note]})
    with Client(Server(address, http)) as client:
        for ask in QUESTIONS.values():
            read(ask(client))
    return made


def operations(address: str) -> Iterator[str]:
    document = httpx2.get(f"{address}/openapi.json").json()
    for path, methods in document["paths"].items():
        shared = re.sub("^/queries/.+", "/queries/{name}", path)
        yield from (f"{method.upper()} {shared}" for method in methods)


def template(operation: str) -> str:
    """Write a pattern for the requests of an operation; an identifier is of one part or two."""
    return re.sub(r"\\{\w+\\}", "[^/]+(/[^/]+)?", re.escape(operation))


def test_every_operation_is_asked_or_left_out_for_a_reason(address: str, asked: set[str]) -> None:
    missing = {
        operation
        for operation in operations(address)
        if not any(re.fullmatch(template(operation), request) for request in asked)
    }
    left_out = {each for each in missing if re.fullmatch("|".join(LEFT_OUT), each)}
    assert missing == left_out


def test_nothing_is_left_out_that_is_asked_or_that_is_not_there(
    address: str, asked: set[str]
) -> None:
    documented = {*operations(address)}
    for pattern in LEFT_OUT:
        found = {each for each in documented if re.fullmatch(pattern, each)}
        assert found, pattern
        for operation in found:
            requests = [each for each in asked if re.fullmatch(template(operation), each)]
            assert not requests, operation
