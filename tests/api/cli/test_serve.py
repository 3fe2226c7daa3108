from __future__ import annotations

import shutil
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

from api.cli.serve import _listening
from graph.database import Database
from tests.api.cli.conftest import PATIENCE, Serve, servanda


@pytest.fixture
def copied_data_dir(data_dir: Path, tmp_path: Path) -> Path:
    """Give a data directory of the test's own."""
    return shutil.copytree(data_dir, tmp_path / "data")


def test_a_server_says_where_it_serves_and_serves_there(
    serve: Serve, copied_data_dir: Path
) -> None:
    server = serve("--data-dir", copied_data_dir)
    assert server.url.startswith("http://127.0.0.1:")
    assert server.said == []
    assert server.get("/sparql").status_code == 200
    answer = server.get("/readyz")
    assert (answer.status_code, answer.headers["servanda-version"]) == (200, "2")
    assert "Ruritania" in server.get("/doc/actor/ruritania").text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_stops_cleanly_and_lets_go_of_its_directory(
    serve: Serve, copied_data_dir: Path, number: signal.Signals
) -> None:
    server = serve("--data-dir", copied_data_dir)
    assert server.get("/healthz").status_code == 200
    assert server.stop(number) == 0
    assert server.process.stderr is not None
    assert server.process.stderr.read() == "stopped\n"
    with Database.open(copied_data_dir) as database:
        assert database.version == 2


def test_a_query_that_does_not_end_does_not_keep_a_server_from_stopping(
    serve: Serve, copied_data_dir: Path
) -> None:
    server = serve("--data-dir", copied_data_dir)
    patterns = ".".join(f"?s{n}?p{n}?o{n}" for n in range(30))
    endless = quote(f"SELECT (COUNT(*) AS ?n) {{{patterns}}}")
    connection = HTTPConnection(server.url.removeprefix("http://"), timeout=60)
    connection.request("GET", f"/sparql?query={endless}")
    assert server.get("/healthz").status_code == 200
    assert server.stop(signal.SIGTERM) == 0
    answer = connection.getresponse()
    assert answer.status == 503
    assert answer.getheader("Content-Type") == "application/problem+json"
    connection.close()
    assert server.process.stderr is not None
    assert "Traceback" not in server.process.stderr.read()


def test_a_second_server_on_one_directory_is_refused(
    serve: Serve, copied_data_dir: Path, tmp_path: Path
) -> None:
    first = serve("--data-dir", copied_data_dir)
    second = servanda("serve", "--port", "0", "--data-dir", copied_data_dir, cwd=tmp_path)
    assert second.returncode == 3
    (line,) = second.stderr.splitlines()
    assert line.startswith("error: ")
    assert f"in use by process {first.process.pid}" in line
    assert first.get("/sparql").status_code == 200


def test_a_port_in_use_is_told_before_the_directory_is_touched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = servanda("serve", "--port", str(port), "--data-dir", "absent", cwd=tmp_path)
    assert ended.returncode == 3
    assert ended.stderr == f"error: port {port} of 127.0.0.1 is in use; name another with --port\n"
    assert not (tmp_path / "absent").exists()


def test_an_address_that_is_not_of_this_machine_is_refused(tmp_path: Path) -> None:
    ended = servanda("serve", "--host", "203.0.113.1", "--port", "0", cwd=tmp_path)
    assert ended.returncode == 3
    (line,) = ended.stderr.splitlines()
    assert "`203.0.113.1`" in line


def test_an_empty_directory_is_served_with_a_hint(serve: Serve, tmp_path: Path) -> None:
    server = serve("--data-dir", tmp_path / "new")
    assert len(server.said) == 1
    assert f"`servanda load data --data-dir {tmp_path / 'new'}`" in server.said[0]
    assert server.get("/readyz").status_code == 503
    assert server.get("/healthz").status_code == 200


def test_the_graph_can_be_asked_on_the_command_line_while_it_is_served(
    serve: Serve, copied_data_dir: Path, tmp_path: Path
) -> None:
    serve("--data-dir", copied_data_dir)
    (tmp_path / "labels.rq").write_text(
        "SELECT ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label }"
    )
    asked = servanda(
        "query", "labels.rq", "--format", "csv", "--data-dir", copied_data_dir, cwd=tmp_path
    )
    assert asked.returncode == 0
    assert "Ruritania" in asked.stdout.splitlines()


def test_loading_into_a_directory_that_is_served_is_refused(
    serve: Serve, copied_data_dir: Path, tmp_path: Path
) -> None:
    server = serve("--data-dir", copied_data_dir)
    (tmp_path / "x.ttl").write_text("")
    loaded = servanda("load", "x.ttl", "--data-dir", copied_data_dir, cwd=tmp_path)
    assert loaded.returncode == 3
    assert f"in use by process {server.process.pid}" in loaded.stderr
    slip = servanda("load", "y.ttl", "--data-dir", copied_data_dir, cwd=tmp_path)
    assert slip.returncode == 3
    assert "`y.ttl` does not exist" in slip.stderr


def test_the_longest_query_reaches_the_application_in_an_address(
    serve: Serve, copied_data_dir: Path
) -> None:
    server = serve("--data-dir", copied_data_dir)
    answered = []
    for length in (60_000, 66_000):
        connection = HTTPConnection(server.url.removeprefix("http://"))
        connection.request("GET", "/sparql?query=ASK%20%7B%7D" + "%20" * length)
        answer = connection.getresponse()
        answered.append((answer.status, answer.getheader("Content-Type")))
        connection.close()
    assert answered == [
        (200, "application/sparql-results+json"),
        (400, "application/problem+json"),
    ]


def test_many_clients_are_answered_at_once(serve: Serve, copied_data_dir: Path) -> None:
    server = serve("--data-dir", copied_data_dir)
    paths = ["/", "/sparql?query=SELECT*{?s ?p ?o}", "/doc/actor/mallory.html", "/nowhere"] * 20
    with (
        ThreadPoolExecutor(16) as pool,
        httpx2.Client(base_url=server.url, timeout=PATIENCE) as client,
    ):
        statuses = list(pool.map(lambda path: client.get(path).status_code, paths))
    assert statuses == [200, 200, 200, 404] * 20
    server.stop(signal.SIGTERM)
    assert server.process.stderr is not None
    assert server.process.stderr.read() == "stopped\n"


def test_a_socket_is_told_to_be_tcp_so_that_small_answers_are_sent_at_once() -> None:
    # asyncio sets TCP_NODELAY on such sockets alone; without it each answer takes 40 ms.
    with _listening("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
