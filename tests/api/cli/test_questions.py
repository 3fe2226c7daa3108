"""What docs/questions.md shows is what its commands say of the shipped data."""

from __future__ import annotations

import csv
import re
import shlex
from io import StringIO

import pytest
import typer
from fastapi.testclient import TestClient

from api.cli import application
from tests.api.cli.conftest import Shown
from tests.queries.page import PAGE, Question, is_shown, questions

_COMMANDS = typer.main.get_group(application).commands


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.number)
def test_the_answer_on_the_page_is_the_answer(question: Question, shown: Shown) -> None:
    _, *arguments = shlex.split(question.command)
    if question.query is None:
        assert question.shown in " ".join(" ".join(shown(*arguments)).split())
        return
    _, *rows = csv.reader(StringIO(shown(*arguments, "--format", "csv")[0]))
    if question.shown:
        assert any(is_shown(question.shown, row) for row in rows)
    else:
        assert rows == []


def test_the_addresses_on_the_page_are_served(paris: TestClient) -> None:
    paths = paris.get("/openapi.json").json()["paths"]
    named = re.findall(r"`(GET|POST) (/\S+?)`", PAGE)
    assert named
    assert [each for each in named if each[0].lower() not in paths.get(each[1], {})] == []


def test_every_option_on_the_page_is_taken() -> None:
    named = {each for one in questions() for each in one.asks[1:] if each.startswith("servanda ")}
    for command in named:
        _, verb, *rest = shlex.split(command)
        taken = {option for each in _COMMANDS[verb].params for option in each.opts}
        assert {each for each in rest if each.startswith("--")} <= taken, command
