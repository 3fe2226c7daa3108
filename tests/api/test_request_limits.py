from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api.problems import handle_problems
from api.request_limits import MOST_BODY, MOST_HEADERS, RequestLimits
from api.settings import Settings


@pytest.fixture(scope="module")
def measuring() -> Iterator[TestClient]:
    """Give a client of an application that says how long a body was."""
    app = FastAPI()
    app.state.settings = Settings()
    app.add_middleware(RequestLimits, seconds=10)
    handle_problems(app)

    @app.post("/measured")
    async def measured(request: Request) -> int:
        return sum([len(chunk) async for chunk in request.stream()])

    with TestClient(app) as client:
        yield client


def chunks(size: int) -> Iterator[bytes]:
    """Give a body whose length is not known before its end."""
    for start in range(0, size, 2**20):
        yield b"x" * min(2**20, size - start)


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_up_to_the_limit_is_read(measuring: TestClient, announced: bool) -> None:
    body = b"x" * MOST_BODY if announced else chunks(MOST_BODY)
    assert measuring.post("/measured", content=body).json() == MOST_BODY


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_beyond_the_limit_is_refused(measuring: TestClient, announced: bool) -> None:
    body = b"x" * (MOST_BODY + 1) if announced else chunks(MOST_BODY + 1)
    answer = measuring.post("/measured", content=body)
    assert answer.status_code == 413
    assert "16 MB" in answer.json()["detail"]


def test_headers_beyond_the_limit_are_refused(measuring: TestClient) -> None:
    answer = measuring.post("/measured", headers={"X-Long": "x" * MOST_HEADERS})
    assert answer.status_code == 431
    assert "64 kB" in answer.json()["detail"]
