"""docs/api.md has every operation with its own parameters; its examples run."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from graph.accounts import Role
from tests.api.editing import World
from tests.api.v1.conftest import Json

PAGE = Path(__file__).parents[3].joinpath("docs", "api.md").read_text("utf-8")
HOST = "http://127.0.0.1:8000"
SECTIONS = dict(re.findall(r"^### `([A-Z]+ /\S+)`\n(.*?)(?=^##|\Z)", PAGE, re.M | re.S))
_ALL = re.findall(r"```console\n\$ (curl .*?)\n```(?:\n\n```json\n(.*?)```)?", PAGE, re.S)
CHANGES = [example for example in _ALL if "TOKEN" in example[0]]
EXAMPLES = [example for example in _ALL if example not in CHANGES]
# What is found here is no answer to a question about a day.
OF_NO_DAY = ("/api/v1/changes", "/api/v1/imports", "/api/v1/queries", "/api/v1/terms")


def parameters(text: str) -> set[str]:
    """Give the names in the first column of a table."""
    rows = re.findall(r"^\| (`.*?) \|", text, re.M)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def shared(heading: str) -> set[str]:
    (section,) = re.findall(rf"^## {heading}\n(.*?)^##", PAGE, re.M | re.S)
    return parameters(section)


EVERYWHERE = shared("What may be asked everywhere")
OF_LISTS = shared("Lists")


def carried_out(command: str, client: TestClient, token: str = "") -> Response:
    """Carry out what curl was told, at the client's host."""
    curl, _, address, *options = shlex.split(command.replace("TOKEN", token))
    assert curl == "curl"
    pairs = list(zip(options[::2], options[1::2], strict=True))
    given = dict(pairs)
    headers = (value.partition(": ") for option, value in pairs if option == "-H")
    return client.request(
        given.get("-X") or ("POST" if "-d" in given else "GET"),
        address.removeprefix(HOST),
        content=given.get("-d"),
        headers={name: value for name, _, value in headers},
    )


def test_every_operation_has_a_section(document: Json) -> None:
    operations = {
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        if path.startswith("/api/")
        for method in methods
    }
    assert set(SECTIONS) == operations


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_has_the_parameters_that_are_its_own(name: str, document: Json) -> None:
    method, path = name.split()
    described = document["paths"][path][method.lower()].get("parameters", [])
    taken = {each["name"] for each in described if each["in"] == "query"}
    common = EVERYWHERE | OF_LISTS if "cursor" in taken else EVERYWHERE
    assert parameters(SECTIONS[name]) == taken - common
    if method == "GET" and not path.startswith(OF_NO_DAY):
        assert common - taken <= ({"asOf"} if path.endswith("/diff") else set())


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_has_an_example_of_its_own(name: str) -> None:
    (address,) = re.findall(rf"{HOST}([^'?]*)", SECTIONS[name])
    assert re.fullmatch(re.sub(r"{\w+}", ".+", name.split()[1]), address)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_an_example_runs_and_what_is_shown_of_its_answer_is_in_it(
    command: str, shown: str, paris: TestClient
) -> None:
    answer = carried_out(command, paris)
    assert answer.status_code == (400 if "frnce" in command else 200)
    found = answer.json() if "json" in answer.headers["content-type"] else {}
    expected = json.loads(shown.replace(HOST, "http://testserver") or "{}")
    assert {name: found[name] for name in expected} == expected


def test_what_is_not_below_the_api_has_examples_too() -> None:
    shown = {re.findall(rf"{HOST}/([^/?']+)", command)[0] for command, _ in EXAMPLES}
    others = {".well-known", "doc", "feeds", "graphs", "queries", "sparql", "timemap", "versions"}
    assert shown == {"api", *others}


def test_the_examples_of_changes_run_one_after_the_other(world: World) -> None:
    assert len(CHANGES) == 6
    location = ""
    for command, shown in CHANGES:
        begun = command.replace("/ID", "/" + location.rpartition("/")[2])
        answer = carried_out(begun, world.client, world.tokens[Role.EDITOR])
        assert answer.is_success, answer.text
        location = answer.headers.get("location", location)
        expected = json.loads(shown or "{}")
        assert not expected or answer.json() == expected
