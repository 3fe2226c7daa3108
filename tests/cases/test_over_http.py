"""Runs every case against the HTTP API too: it must answer as the library does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.database import Database
from graph.errors import ServandaError, UnreadableInput
from tests.cases.cases import Case
from tests.cases.over_http import HttpAnswers, Server
from tests.cases.test_cases import BAD, GOOD, answered, expected
from tests.cases.turtle import turtle
from tests.settings import patient


def written(case: Case) -> bool:
    """Tell whether a bad case can be put down at all, so that the graph could hold it."""
    try:
        turtle(case.given)
    except UnreadableInput:
        return False
    return True


RECORDED = [case for case in BAD if written(case)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give one application for all cases: each is loaded in the place of the one before."""
    with (
        Database.open(tmp_path_factory.mktemp("cases")) as database,
        TestClient(create_app(database, patient())) as client,
    ):
        yield Server(database, client)


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_case(case: Case, server: Server) -> None:
    answers = HttpAnswers(server, turtle(case.given))
    for ask in case.asks:
        assert answered(answers, case, ask) == expected(answers, case, ask), f"as of {ask.as_of}"


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case.name)
def test_bad_case(case: Case, server: Server) -> None:
    with pytest.raises(ServandaError) as refused:
        HttpAnswers(server, turtle(case.given)).unnamed("promise")
    assert str(refused.value) == case.error


def test_most_kinds_of_bad_tree_reach_the_server() -> None:
    assert len(RECORDED) >= 5
