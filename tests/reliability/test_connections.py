"""Slow and endless requests, as many and as long as the defaults allow."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median

import pytest

from tests.api.cli.conftest import Serve, Server
from tests.conftest import Done

pytestmark = pytest.mark.soak


def dial(server: Server) -> socket.socket:
    host, _, port = server.url.removeprefix("http://").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=60)


def resident(server: Server) -> int:
    """Give the memory of a server in MB."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("VmRSS")]
    return int(line.split()[1]) // 1024


def test_800_slow_connections_are_closed_in_time_and_keep_nobody_waiting(
    serve: Serve, tmp_path: Path, done: Done
) -> None:
    server = serve("--data-dir", tmp_path / "graph")
    server.get("/healthz")
    before, waited = resident(server), []
    with ExitStack() as slow:
        begun = time.monotonic()
        clients = [slow.enter_context(dial(server)) for _ in range(800)]
        for client in clients:
            client.sendall(b"GET / HTTP/1.1\r\nHost:")
        while time.monotonic() < begun + 8:
            asked = time.monotonic()
            assert server.get("/healthz").status_code == 200
            waited.append(time.monotonic() - asked)
            time.sleep(0.2)
        for client in clients:
            assert b"408" in b"".join(iter(lambda client=client: client.recv(2**16), b""))  # type: ignore[misc]
        took = time.monotonic() - begun
    # In a tenth of the time, and a hundredth, on a machine that does nothing else.
    assert took < 60
    assert median(waited) < 1
    assert abs(resident(server) - before) < 20
    done(
        f"800 closed after {took:.1f} s; {len(waited)} good requests meanwhile took "
        f"{1000 * median(waited):.0f} ms (median), {1000 * max(waited):.0f} ms at most"
    )


def test_a_connection_that_may_be_slow_is_left_open(serve: Serve, tmp_path: Path) -> None:
    server = serve("--data-dir", tmp_path / "graph", SERVANDA_REQUEST_SECONDS="60")
    with dial(server) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost:")
        client.settimeout(12)
        with pytest.raises(TimeoutError):
            client.recv(1)


@pytest.mark.parametrize("path", ["/sparql", "/healthz", "/api/v1/whatif"])
def test_an_endless_body_takes_no_memory(serve: Serve, tmp_path: Path, path: str) -> None:
    server = serve("--data-dir", tmp_path / "graph")
    server.get("/")
    before = resident(server)
    with dial(server) as client, suppress(OSError):
        head = "Host: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json"
        client.sendall(f"POST {path} HTTP/1.1\r\n{head}\r\n\r\n".encode())
        for _ in range(400):
            client.sendall(b"80000\r\n" + b"x" * 0x80000 + b"\r\n")
    assert resident(server) - before < 20
