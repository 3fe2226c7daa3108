"""What an operator sees of a server: its log of requests, and how it ends."""

from __future__ import annotations

import json
import shutil
import signal
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.api.asking import endless
from tests.api.cli.conftest import Serve, servanda

SECRET = "Bearer servanda-secret"


@pytest.fixture
def own(data_dir: Path, tmp_path: Path) -> Path:
    """Give a data directory of the test's own."""
    return shutil.copytree(data_dir, tmp_path / "data")


def test_a_request_has_a_line_of_json_without_what_was_asked(
    serve: Serve, own: Path, tmp_path: Path
) -> None:
    log = tmp_path / "access.jsonl"
    server = serve("--data-dir", own, SERVANDA_ACCESS_LOG=str(log))
    query = "SELECT ?secretName { ?secretName ?p ?o } LIMIT 1"
    for _ in range(2):
        server.post("/sparql", data={"query": query}, headers={"Authorization": SECRET})
    server.get("/sparql", params={"query": query + "0"})
    server.get("/doc/actor/ruritania.ttl")
    server.stop(signal.SIGTERM)
    text = log.read_text("utf-8")
    assert "secret" not in text
    first, same, other, plain = map(json.loads, text.splitlines())
    assert first["question"] == same["question"] != other["question"]
    assert plain["question"] is None
    assert (plain["path"], plain["route"]) == ("/doc/actor/ruritania.ttl", "/doc/{kind}/{slug}")
    assert (plain["method"], plain["status"], plain["version"]) == ("GET", 200, 2)
    assert plain["bytes"] > 0 < plain["seconds"]


def test_the_lines_can_go_to_stderr(serve: Serve, own: Path) -> None:
    server = serve("--data-dir", own, SERVANDA_ACCESS_LOG="-")
    server.get("/healthz")
    server.stop(signal.SIGTERM)
    assert server.process.stderr is not None
    line, last = server.process.stderr.read().splitlines()
    assert json.loads(line)["route"] == "/healthz"
    assert last == "stopped"


def test_a_log_that_cannot_be_written_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tests.api.cli.conftest.environment",
        lambda: {"SERVANDA_ACCESS_LOG": str(tmp_path / "absent" / "log"), "PATH": "/usr/bin:/bin"},
    )
    ended = servanda("serve", "--port", "0", cwd=tmp_path)
    assert ended.returncode == 3
    assert "no such file or directory" in ended.stderr.lower()
    assert "SERVANDA_ACCESS_LOG" in ended.stderr


def test_an_answer_under_way_may_end_in_the_time_of_grace(serve: Serve, own: Path) -> None:
    server = serve("--data-dir", own, SERVANDA_QUERY_SECONDS="2", SERVANDA_GRACE_SECONDS="60")
    connection = HTTPConnection(server.url.removeprefix("http://"), timeout=60)
    connection.request("GET", f"/sparql?query={quote(endless(30))}")
    assert server.get("/healthz").status_code == 200
    assert server.stop(signal.SIGTERM) == 0
    # Its own end, and not that of the server.
    assert json.loads(connection.getresponse().read())["type"].endswith("/too-costly")
    connection.close()


def test_the_number_of_workers_is_an_option(serve: Serve, own: Path, tmp_path: Path) -> None:
    server = serve("--data-dir", own, "--workers", "1")
    assert server.get("/sparql").status_code == 200
    text = server.get("/metrics").text
    assert 'servanda_workers{doing="idle"} 1.0' in text
    slip = servanda("serve", "--workers", "many", cwd=tmp_path)
    assert (slip.returncode, "`many` is no number of workers" in slip.stderr) == (2, True)
