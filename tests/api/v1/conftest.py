"""The OpenAPI document, and a function that asks the shipped data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

Json = dict[str, Any]
Ask = Callable[..., Json]


@pytest.fixture(scope="session")
def document(paris: TestClient) -> Json:
    found: Json = paris.get("/openapi.json").json()
    return found


@pytest.fixture
def ask(paris: TestClient) -> Ask:
    """Give a function that asks a path with parameters and gives the JSON of its answer."""

    def asked(path: str, *parameters: tuple[str, str]) -> Json:
        answer = paris.get(f"/api/v1/{path}", params=list(parameters))
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    return asked
