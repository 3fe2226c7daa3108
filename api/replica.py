"""The server's end of the replica process: starts it, asks it for workers, and reads its news."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from graph import channel


@dataclass(eq=False)
class Worker:
    """A worker process with a snapshot of one version; `handle` is its pidfd.

    What its snapshot derives for a day, it derives for `day` (ordinal).
    """

    version: int
    day: int
    handle: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    ended: asyncio.Future[int] = field(repr=False)

    def kill(self) -> None:
        """End it whatever it does; its handle cannot mean another process."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        self.dismiss()

    def dismiss(self) -> None:
        """Let it end when it has done what it does."""
        self.writer.close()
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1

    async def receive(self) -> tuple[bytes, bytes]:
        """Wait for a frame: its kind and content; raises EOFError when the worker has ended."""
        header = await self.reader.readexactly(channel.LENGTH.size)
        rest = await self.reader.readexactly(*channel.LENGTH.unpack(header))
        return rest[:1], rest[1:]


class Replica:
    """A replica process that runs, or has ended: then `ended` is called, once."""

    def __init__(
        self,
        directory: Path,
        *,
        memory: int,
        prepare: str,
        derives: bool,
        arrived: Callable[[int, int], None],
        ended: Callable[[int], None],
        version: int | None = None,
    ) -> None:
        """Start a process that follows the journal in `directory`, or stays at one `version`.

        `memory` is what a worker may take, in bytes; `prepare` names a function as `module:name`
        that is called before the first fork; `arrived` is told each version the graph has reached,
        with the day, and `ended` the exit code.
        """
        self._arrived = arrived
        self._ended = ended
        self._newest = self._told = 0
        # It reads the journal before anything else.
        self._is_following = True
        self._numbers = count(1)
        self._forks: dict[int, asyncio.Future[tuple[int, int, int]]] = {}
        self._ends: dict[int, asyncio.Future[int]] = {}
        self._loop = asyncio.get_running_loop()
        self._connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = _start(directory, theirs.fileno(), memory, prepare, derives, version)
        self._connection.setblocking(False)
        self._loop.add_reader(self._connection, self._read)

    @property
    def process(self) -> int:
        """Give the number of the process."""
        return self._process.pid

    def follow(self, seq: int) -> None:
        """Tell it that the journal has grown, at once or when it has done what it was told last."""
        self._newest = max(self._newest, seq)
        if not self._is_following and self._newest > self._told:
            self._is_following = True
            self._told = self._newest
            self._send({"follow": self._newest})

    async def fork(self) -> Worker:
        """Have a worker forked; raises ConnectionError when the replica ends instead."""
        number = next(self._numbers)
        self._forks[number] = self._loop.create_future()
        # Kept here: a worker may have ended before this goes on.
        ended = self._ends[number] = self._loop.create_future()
        ours, theirs = socket.socketpair()
        with theirs:
            self._send({"fork": number}, theirs.fileno())
        try:
            version, day, handle = await self._forks[number]
        except BaseException:
            ours.close()
            raise
        reader, writer = await asyncio.open_connection(sock=ours)
        return Worker(version, day, handle, reader, writer, ended)

    def stop(self) -> None:
        """End it and, through it, every worker."""
        self._process.kill()
        self._close(ConnectionError("the replica was stopped"))

    def _send(self, message: dict[str, int], *descriptors: int) -> None:
        # What a replica that has ended is told is told again to the next one.
        with suppress(BrokenPipeError, ConnectionResetError):
            socket.send_fds(self._connection, [json.dumps(message).encode()], descriptors)

    def _read(self) -> None:
        try:
            message, descriptors, _, _ = socket.recv_fds(self._connection, 1 << 16, 1)
        except ConnectionResetError:
            message, descriptors = b"", []
        if message:
            self._hear(json.loads(message), descriptors)
        else:
            self._process.kill()
            self._close(ConnectionError("the replica has ended"))
            self._ended(self._process.returncode)

    def _hear(self, news: dict[str, Any], descriptors: list[int]) -> None:
        if "forked" in news:
            fork = self._forks.pop(news["forked"])
            if fork.cancelled():
                os.close(descriptors[0])
            else:
                fork.set_result((news["at"], news["day"], descriptors[0]))
        elif "ended" in news:
            end = self._ends.pop(news["ended"])
            if not end.cancelled():
                end.set_result(news["code"])
        else:
            self._is_following = False
            self._told = max(self._told, news["at"])
            self._arrived(news["at"], news["day"])
            self.follow(news["at"])

    def _close(self, error: ConnectionError) -> None:
        self._loop.remove_reader(self._connection)
        self._connection.close()
        self._process.wait()
        for fork in self._forks.values():
            if not fork.done():
                fork.set_exception(error)
        for end in self._ends.values():
            end.cancel()


def _start(
    directory: Path, descriptor: int, memory: int, prepare: str, derives: bool, version: int | None
) -> subprocess.Popen[bytes]:
    """Start the program; a session of its own keeps a Ctrl-C for the server from it."""
    given = {
        "--directory": directory,
        "--descriptor": descriptor,
        "--parent": os.getpid(),
        "--memory": memory,
        "--prepare": prepare,
        "--derive": int(derives),
        **({} if version is None else {"--version": version}),
    }
    arguments = [str(part) for item in given.items() for part in item]
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", "graph.replica", *arguments],
        pass_fds=[descriptor],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
