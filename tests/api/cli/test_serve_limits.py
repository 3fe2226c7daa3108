"""A real server on a real socket, and clients that mean no good."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import ExitStack
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from urllib.parse import quote

import pytest

from graph.database import Database
from tests.api.asking import ENDLESS, record, things
from tests.api.cli.conftest import Serve, Server

CAP = 20_000
ROW = "SELECT ?s ?long { ?s ?p ?o . ?t ?q ?r BIND(CONCAT(STR(?s), STR(?t), STR(?o)) AS ?long) }"
LIMITS = {"SERVANDA_WORKERS": "2", "SERVANDA_QUERY_ROWS": str(CAP)}


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with a thousand statements."""
    directory = tmp_path_factory.mktemp("many")
    with Database.open(directory) as database:
        record(database, things(range(1000)))
    return directory


@pytest.fixture
def server(serve: Serve, many: Path) -> Server:
    return serve("--data-dir", many, **LIMITS)


def connect(server: Server) -> HTTPConnection:
    return HTTPConnection(server.url.removeprefix("http://"), timeout=60)


def dial(server: Server) -> socket.socket:
    host, _, port = server.url.removeprefix("http://").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=60)


def path(query: str, name: str = "json") -> str:
    return f"/sparql?query={quote(query)}&format={name}"


def descendants(number: int) -> set[int]:
    """Give the processes a process has started, and those these have."""
    found: set[int] = set()
    for task in Path(f"/proc/{number}/task").iterdir():
        for child in (task / "children").read_text().split():
            found |= {int(child)} | descendants(int(child))
    return found


def until_gone(processes: set[int]) -> None:
    ends = time.monotonic() + 30
    while any(Path(f"/proc/{number}").exists() for number in processes):
        assert time.monotonic() < ends, "a process was left"
        time.sleep(0.02)


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_an_answer_that_passes_the_limit_after_it_began_is_seen_to_be_cut(
    server: Server, name: str
) -> None:
    whole = server.get(path(f"{ROW} LIMIT {CAP}", name))
    assert whole.status_code == 200
    assert len(whole.content) > 2**20
    connection = connect(server)
    connection.request("GET", path(f"{ROW} LIMIT {CAP + 1}", name))
    answer = connection.getresponse()
    assert answer.status == 200
    with pytest.raises(IncompleteRead):
        answer.read()
    connection.close()
    assert server.get(path("ASK {}")).json()["boolean"] is True


def test_a_client_that_could_not_see_a_cut_gets_a_problem(server: Server) -> None:
    with dial(server) as client:
        request = f"GET {path(f'{ROW} LIMIT {CAP + 1}')} HTTP/1.0\r\nHost: x\r\n\r\n"
        client.sendall(request.encode())
        answer = b"".join(iter(lambda: client.recv(2**16), b""))
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"answer-too-large" in answer


def test_a_client_that_goes_ends_its_query(serve: Serve, many: Path) -> None:
    server = serve("--data-dir", many, **LIMITS, SERVANDA_QUERY_SECONDS="600")
    server.get(path("ASK {}"))
    before = descendants(server.process.pid)
    with dial(server) as client:
        client.sendall(f"GET {path(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.2)
    ends = time.monotonic() + 60
    while len(before - descendants(server.process.pid)) == 0:
        # Less than the deadline of a query, so it was not that.
        assert time.monotonic() < ends, "the query runs on"
        time.sleep(0.02)
    assert server.get(path("ASK {}")).status_code == 200


def test_no_process_is_left_when_a_server_is_killed(server: Server) -> None:
    server.get(path("ASK {}"))
    with dial(server) as client:
        client.sendall(f"GET {path(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.2)
        started = descendants(server.process.pid)
        assert len(started) >= 3
        server.stop(signal.SIGKILL)
        until_gone(started)


def test_no_process_is_left_when_a_server_is_stopped(server: Server) -> None:
    server.get(path("ASK {}"))
    started = descendants(server.process.pid)
    assert server.stop(signal.SIGTERM) == 0
    until_gone(started)


def test_a_replica_that_is_killed_is_replaced_and_the_log_says_so(server: Server) -> None:
    server.get(path("ASK {}"))
    (replica,) = [
        number
        for number in descendants(server.process.pid)
        if b"graph.replica" in Path(f"/proc/{number}/cmdline").read_bytes()
        and Path(f"/proc/{number}/stat").read_text().split()[3] == str(server.process.pid)
    ]
    os.kill(replica, signal.SIGKILL)
    until_gone({replica})
    assert server.get(path("SELECT * { ?s ?p ?o } LIMIT 1")).status_code == 200
    server.stop(signal.SIGTERM)
    assert server.process.stderr is not None
    assert "the replica process ended (SIGKILL)" in server.process.stderr.read()


def test_without_workers_the_log_warns(serve: Serve, many: Path) -> None:
    server = serve("--data-dir", many, SERVANDA_WORKERS="0")
    assert server.get(path("ASK {}")).json()["boolean"] is True
    server.stop(signal.SIGTERM)
    assert server.process.stderr is not None
    assert "cannot be stopped" in server.process.stderr.read()


@pytest.fixture
def hasty(serve: Serve, many: Path) -> Server:
    """Give a server that waits a second for a request."""
    return serve("--data-dir", many, **LIMITS, SERVANDA_REQUEST_SECONDS="1")


SLOW = {
    "nothing": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    "half a body": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
    b"Content-Type: application/sparql-query\r\n\r\nASK",
    "an unread body": b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx",
    "a second request": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\n",
}


@pytest.mark.parametrize("name", SLOW)
def test_a_request_that_is_slow_to_come_is_cut(hasty: Server, name: str) -> None:
    with dial(hasty) as client:
        client.sendall(SLOW[name])
        answer = trickle(client)
    if name == "half a body":
        assert b"408" in answer.split(b"\r\n")[0]
        assert b"/problems/too-slow" in answer


def trickle(client: socket.socket) -> bytes:
    """Send a byte now and then until the other side has had enough; give what it said."""
    said = b""
    client.settimeout(0.1)
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            client.sendall(b"a")
            received = client.recv(2**16)
        except TimeoutError:
            continue
        except OSError:
            return said
        if not received:
            return said
        said += received
    raise AssertionError("the connection was left open")


def test_slow_connections_keep_nobody_waiting(hasty: Server) -> None:
    with ExitStack() as slow:
        clients = [slow.enter_context(dial(hasty)) for _ in range(200)]
        for client in clients:
            client.sendall(b"GET / HTTP/1.1\r\nHost:")
        assert hasty.get(path("ASK {}")).status_code == 200
        for client in clients:
            assert b"408" in b"".join(iter(lambda client=client: client.recv(2**16), b""))  # type: ignore[misc]


def test_connections_beyond_the_number_are_closed(serve: Serve, many: Path) -> None:
    server = serve("--data-dir", many, **LIMITS, SERVANDA_CONNECTIONS="5")
    with ExitStack() as held:
        for _ in range(5):
            held.enter_context(dial(server))
        with dial(server) as client:
            assert is_closed(client)
    connection = connect(server)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()


def is_closed(client: socket.socket) -> bool:
    """Tell whether the other side closes without a word."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_beyond_the_limit_is_refused_before_it_has_come(
    server: Server, announced: bool
) -> None:
    length = "Content-Length: 16777217" if announced else "Transfer-Encoding: chunked"
    with dial(server) as client:
        client.sendall(
            f"POST /sparql HTTP/1.1\r\nHost: x\r\n{length}\r\n"
            "Content-Type: application/sparql-query\r\n\r\n".encode()
        )
        if not announced:
            client.sendall(b"80000\r\n" + b"x" * 0x80000 + b"\r\n")
        answer = client.recv(2**16)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"content-type: application/problem+json" in answer


@pytest.mark.parametrize(("length", "status"), [(60_000, 200), (66_000, 431)])
def test_headers_beyond_the_limit_are_refused(server: Server, length: int, status: int) -> None:
    connection = connect(server)
    connection.request("GET", "/healthz", headers={"X-Long": "x" * length})
    assert connection.getresponse().status == status
    connection.close()
