from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK{}", "/static/style.css", "/nowhere"])
def test_every_answer_carries_the_common_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["servanda-version"] == "2"
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["access-control-allow-origin"] == "*"


def test_any_page_may_ask_and_read_the_version(client: TestClient) -> None:
    preflight = client.options(
        "/sparql",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "content-type" in preflight.headers["access-control-allow-headers"].lower()
    assert "DELETE" not in preflight.headers["access-control-allow-methods"]
    exposed = client.get("/healthz").headers["access-control-expose-headers"]
    assert "Servanda-Version" in exposed


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/sparql?query=ASK{}", "/doc/actor/ruritania", "/nowhere"]
)
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert dict(head.headers) == dict(get.headers)
