"""`servanda serve`: SPARQL, API and pages over HTTP."""

from __future__ import annotations

import errno
import logging
import os
import resource
import signal
import socket
from logging.handlers import WatchedFileHandler
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.failures import PortInUse
from api.cli.options import DataDir, load_command, settings
from api.cli.terminal import say
from api.settings import read_port, read_workers
from graph.errors import InvalidRequest, UnreadableInput

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.settings import Settings

_OTHER_FILES = 200


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen at (SERVANDA_HOST, else 127.0.0.1).")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            parser=read_port,
            metavar="NUMBER",
            help="Port (SERVANDA_PORT, else 8000); 0 takes a free one.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            parser=read_workers,
            metavar="NUMBER",
            help="Worker processes (SERVANDA_WORKERS, else 4); 0 answers in the server's own.",
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Serve SPARQL, the API and the pages until interrupted."""
    from api.app import create_app
    from graph.database import Database

    chosen = settings(host=host, port=port, workers=workers, data_dir=data_dir)
    _write_access_log(chosen.access_log)
    # Both signals that stop a server unwind it, so that the data directory is let go. A script that
    # starts it in the background has the second one ignored.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    try:
        with (
            _listening(chosen.host, chosen.port) as listener,
            Database.open(chosen.data_dir, writable=True) as database,
        ):
            if database.version == 0:
                fill = load_command(data_dir)
                say(f"the graph is empty; stop the server and load data with {fill}")
            _announce(listener)
            _run(create_app(database, chosen), chosen, listener)
    except KeyboardInterrupt:
        say("stopped")
        # A query that runs in this process, without workers, would hold up the end.
        os._exit(0)


def _listening(host: str, port: int) -> socket.socket:
    """Take the port before anything is read, so that a port in use is known at once."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        family, kind, protocol, _, address = found
        # asyncio sends small packets at once only where a socket is told to be TCP.
        listener = socket.socket(family, kind, protocol)
    except OSError:
        raise InvalidRequest(f"`{host}` is no address of this machine") from None
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(
                f"port {port} of {host} is in use", hint="name another with --port"
            ) from None
        raise PortInUse(f"port {port} of `{host}` cannot be served: {error.strerror}") from None
    return listener


def _run(app: FastAPI, settings: Settings, listener: socket.socket) -> None:
    import uvicorn

    from api.connections import configured

    _allow_files(settings.connections)
    uvicorn.Server(configured(app, settings)).run(sockets=[listener])


def _write_access_log(file: str | None) -> None:
    """Write a line for each request to `file`, made anew when it is moved away; - is stderr."""
    if file is None:
        return
    from api.access import LOGGER

    try:
        handler = logging.StreamHandler() if file == "-" else WatchedFileHandler(file)
    except OSError as error:
        raise UnreadableInput(
            f"the access log `{file}` cannot be written: {error.strerror}",
            hint="set SERVANDA_ACCESS_LOG to another file, or to - for stderr",
        ) from None
    logger = logging.getLogger(LOGGER)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def _allow_files(connections: int) -> None:
    """Let every connection have a descriptor, as far as the system does."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OTHER_FILES
    wanted = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _announce(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    say(f"serving on http://{f'[{host}]' if ':' in host else host}:{port}")
