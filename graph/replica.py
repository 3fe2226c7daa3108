"""The replica: holds the graph in memory, follows the journal and forks snapshot workers.

It is a program of one thread, `python -m graph.replica`, for only the thread that forks lives on in
a fork. `graph.channel` has the protocol. It ends when the server does, and its workers with it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import selectors
import signal
import socket
import sys
from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Final

from graph.clock import today
from graph.database import Database
from graph.derivation import Derivation
from graph.errors import ServandaError
from graph.worker import die_with, work

# How far replica and workers stand behind the server for the processor: it answers what needs none.
_BEHIND: Final = 10


class Replica:
    """The graph, the connection to the server, and the workers that live."""

    def __init__(
        self,
        database: Database,
        server: socket.socket,
        memory: int,
        *,
        derives: bool,
        follows: bool,
    ) -> None:
        """Serve `server` from `database`; `memory` is what a worker may take, in bytes.

        Only if it `derives` has the graph derived graphs: to begin with them takes long where much
        is promised. Only if it `follows` does it go on to later versions.
        """
        self._database = database
        self._day = today()
        self._derivation: Derivation | None = None
        self._derives = derives
        self._follows = follows
        self._server = server
        self._memory = memory
        self._selector = selectors.DefaultSelector()
        self._selector.register(server, selectors.EVENT_READ)

    def run(self) -> None:
        """Do what the server says until it closes the connection."""
        if self._follows:
            self._database.store.index_merge()
        if self._derives:
            self._derivation = Derivation(self._database.store, self._day.toordinal())
            self._database.tell(self._derivation.follow)
        self._follow()
        while True:
            ready = self._selector.select(_seconds_of_day_left())
            if self._day != today():
                self._begin_day()
            for key, _ in ready:
                if key.fileobj is not self._server:
                    self._reap(key)
                elif not self._obey():
                    return

    def _obey(self) -> bool:
        message, descriptors, _, _ = socket.recv_fds(self._server, 1 << 16, 1)
        if not message:
            return False
        order = json.loads(message)
        if "fork" in order:
            self._fork(order["fork"], socket.socket(fileno=descriptors[0]))
        else:
            self._follow()
        return True

    def _follow(self) -> None:
        version = self._database.follow() if self._follows else self._database.version
        # A collection in a worker would write to every page that it shares.
        gc.freeze()
        self._tell({"at": version, "day": self._day.toordinal()})

    def _begin_day(self) -> None:
        """Bring what is derived for a day to this one; the workers have it for the day before."""
        self._day = today()
        if self._derivation is not None:
            self._derivation.at_day(self._day.toordinal())
        self._follow()

    def _fork(self, number: int, connection: socket.socket) -> None:
        mine = os.getpid()
        worker = os.fork()
        if worker == 0:
            die_with(mine)
            work(connection, self._database.store, self._memory)
        connection.close()
        handle = os.pidfd_open(worker)
        self._selector.register(handle, selectors.EVENT_READ, (number, worker))
        at, day = self._database.version, self._day.toordinal()
        self._tell({"forked": number, "at": at, "day": day}, handle)

    def _reap(self, key: selectors.SelectorKey) -> None:
        number, worker = key.data
        _, status = os.waitpid(worker, 0)
        self._selector.unregister(key.fileobj)
        os.close(key.fd)
        self._tell({"ended": number, "code": os.waitstatus_to_exitcode(status)})

    def _tell(self, message: dict[str, int], *descriptors: int) -> None:
        socket.send_fds(self._server, [json.dumps(message).encode()], descriptors)


def _seconds_of_day_left() -> float:
    now = datetime.now(UTC)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    return (midnight - now).total_seconds()


def main() -> None:
    """Run as the program that the server starts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--descriptor", type=int, required=True)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--memory", type=int, required=True)
    parser.add_argument("--prepare", required=True)
    parser.add_argument("--derive", type=int, required=True)
    parser.add_argument("--version", type=int)
    given = parser.parse_args()
    die_with(given.parent)
    os.nice(_BEHIND)
    # Who stops the server stops it alone; it then lets go of this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    module, function = given.prepare.split(":")
    getattr(import_module(module), function)()
    try:
        with Database.open(given.directory, writable=False, version=given.version) as database:
            Replica(
                database,
                socket.socket(fileno=given.descriptor),
                given.memory,
                derives=bool(given.derive),
                follows=given.version is None,
            ).run()
    except ServandaError as error:
        sys.exit(f"error: {error}")
    except (BrokenPipeError, ConnectionResetError):
        return


if __name__ == "__main__":
    main()
