"""A path that wants a role takes the token of an account that has it, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import Security
from fastapi.testclient import TestClient

from api.app import create_app
from api.authorisation import authorised
from graph.accounts import Account, Accounts, Role
from graph.database import Database
from tests.settings import patient

Editor = Annotated[Account, Security(authorised, scopes=[Role.EDITOR])]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with Database.open(tmp_path) as database:
        app = create_app(database, patient(data_dir=tmp_path))

        @app.post("/edit")
        def edit(account: Editor) -> str:
            """Say who edits."""
            return account.name

        with TestClient(app) as client:
            yield client


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    ("role", "status"), [(Role.READER, 403), (Role.EDITOR, 200), (Role.ADMIN, 200)]
)
def test_a_role_opens_what_it_includes(
    client: TestClient, tmp_path: Path, role: Role, status: int
) -> None:
    token = Accounts(tmp_path).make("Ada", role)
    assert client.post("/edit", headers=bearing(token)).status_code == status


def test_the_account_is_known_to_the_path(client: TestClient, tmp_path: Path) -> None:
    token = Accounts(tmp_path).make("Ada", Role.EDITOR)
    assert client.post("/edit", headers=bearing(token)).json() == "Ada"


@pytest.mark.parametrize("headers", [{}, bearing("servanda_00_x"), {"Authorization": "Basic eA=="}])
def test_without_a_token_in_use_the_way_to_one_is_told(
    client: TestClient, headers: dict[str, str]
) -> None:
    answer = client.post("/edit", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"
    assert "servanda token make" in answer.json()["hint"]


def test_a_token_revoked_while_the_server_runs_opens_nothing(
    client: TestClient, tmp_path: Path
) -> None:
    token = Accounts(tmp_path).make("Ada", Role.EDITOR)
    Accounts(tmp_path).revoke("Ada")
    assert client.post("/edit", headers=bearing(token)).status_code == 401


def test_a_role_that_does_not_reach_is_named(client: TestClient, tmp_path: Path) -> None:
    token = Accounts(tmp_path).make("Ada", Role.READER)
    detail = client.post("/edit", headers=bearing(token)).json()["detail"]
    assert detail == "`Ada` is reader; this takes the role editor"


def test_openapi_names_the_role(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/edit"]["post"]
    assert operation["security"] == [{"token": ["editor"]}]
