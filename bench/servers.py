"""Starts programs that serve the same graph, each as it comes, and waits until they answer."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Container, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyoxigraph as ox

from bench.client import HOST
from bench.writes import fill
from graph.database import Database

EMPTY: Final = "empty route"
SERVANDA: Final = "servanda"
RDFLIB_ENDPOINT: Final = "rdflib-endpoint"
OXIGRAPH: Final = "oxigraph server"

_ROOT: Final = Path(__file__).resolve().parent.parent
_PROGRAMS: Final = Path(sys.executable).parent
# Seconds to read a graph.
_PATIENCE: Final = 900


@dataclass(frozen=True)
class Server:
    """A program that runs: its port, and the path of its SPARQL endpoint."""

    name: str
    port: int
    path: str


@contextmanager
def serving(
    quads: Sequence[ox.Quad], *, derives: bool = True, without: Container[str] = ()
) -> Iterator[dict[str, Server]]:
    """Serve a graph by Servanda and each peer that is installed, beside an empty route.

    The default graph of each is all that was given; Servanda derives graphs beside it, or not.
    """
    with TemporaryDirectory() as folder, ExitStack() as stack:
        file = Path(folder, "graph.nt")
        triples = dict.fromkeys(quad.triple for quad in quads)
        ox.serialize(triples, file, format=ox.RdfFormat.N_TRIPLES)
        starting = [
            _empty(),
            _servanda(quads, Path(folder, "data"), derives=derives),
            *(
                peer(file)
                for name, peer in _PEERS.items()
                if name not in without and _is_installed(name)
            ),
        ]
        servers = [stack.enter_context(server) for server in starting]
        yield {server.name: server for server in servers}


@contextmanager
def _empty() -> Iterator[Server]:
    port = _free_port()
    with _running([sys.executable, "-m", "bench.empty", port], port, "/"):
        yield Server(EMPTY, port, "/")


@contextmanager
def _servanda(quads: Sequence[ox.Quad], folder: Path, *, derives: bool) -> Iterator[Server]:
    with Database.open(folder, writable=True) as database:
        fill(database, iter(quads))
    port = _free_port()
    command = [_PROGRAMS / "servanda", "serve", "--port", port, "--data-dir", folder]
    settings = {"SERVANDA_DERIVE": str(int(derives)), "SERVANDA_QUERY_SECONDS": "120"}
    with _running(command, port, "/readyz", **settings):
        yield Server(SERVANDA, port, "/sparql")


@contextmanager
def _rdflib_endpoint(file: Path) -> Iterator[Server]:
    port = _free_port()
    command = [_PROGRAMS / "rdflib-endpoint", "serve", "--host", HOST, "--port", port, file]
    with _running(command, port, "/docs"):
        yield Server(RDFLIB_ENDPOINT, port, "/")


@contextmanager
def _oxigraph(file: Path) -> Iterator[Server]:
    port = _free_port()
    # In memory, where it is fastest.
    with _running([_PROGRAMS / "oxigraph", "serve", "--bind", f"{HOST}:{port}"], port, "/"):
        kind = {"Content-Type": "application/n-triples"}
        with closing(http.client.HTTPConnection(HOST, port)) as connection, file.open("rb") as text:
            connection.request("PUT", "/store?default", text, kind)
            assert connection.getresponse().status == http.HTTPStatus.NO_CONTENT
        yield Server(OXIGRAPH, port, "/query")


_PEERS: Final = {"rdflib-endpoint": _rdflib_endpoint, "oxigraph": _oxigraph}


def _is_installed(program: str) -> bool:
    if (_PROGRAMS / program).exists():
        return True
    print(f"{program} is left out: `uv sync --group peers` installs it")
    return False


@contextmanager
def _running(command: Sequence[object], port: int, path: str, **environment: str) -> Iterator[None]:
    """Run a program until it is let go; it is ready when it answers at `path`."""
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=_ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _await(process, port, path)
            yield
        finally:
            process.terminate()


def _await(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, f"{process.args!r} has ended"
        with suppress(OSError), closing(http.client.HTTPConnection(HOST, port)) as connection:
            connection.request("GET", path)
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        time.sleep(0.2)
    raise TimeoutError(f"{process.args!r} does not answer")


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])
