"""A worker: does one job after the other on its snapshot, without files, network or much memory.

It is forked by the replica and killed by the server; it keeps no time itself.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import pickle
import resource
import signal
import socket
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn, Protocol

from graph import address_space, channel
from graph.channel import frame
from graph.errors import AnswerTooLarge, ServandaError, TooCostly
from graph.store import Store

_CHUNK: Final = 64 * 1024
# A worker that has taken this part of its memory leaves too little for the next answer.
_WORN: Final = 1 / 4
# Garbage is looked for after each job; within one only after so many objects were made.
_MADE_IN_A_JOB: Final = 100_000
# https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None)


class Out(Protocol):
    """Where a job puts its answer."""

    def begin(self, about: Mapping[str, Any]) -> None:
        """Say what the answer is, as a JSON object, before the first byte of it."""

    def write(self, data: bytes) -> int:
        """Give out a part of the answer; waits while nobody takes it."""

    def flush(self) -> None:
        """Do nothing: the engine calls this of whatever it writes to."""


class Job(Protocol):
    """What a worker can do; it is pickled, so its class must be importable by name."""

    def run(self, store: Store, out: Out) -> None:
        """Answer from the snapshot; raises ServandaError for what the asker can mend."""


class _Unwanted(Exception):
    """The server has closed the connection."""


class SocketOut:
    """Sends an answer in chunks of a bounded size, up to a number of bytes.

    Each time something is sent, the server wakes up: a short answer goes out as one.
    """

    def __init__(self, connection: socket.socket, most_bytes: int) -> None:
        """Send through `connection`."""
        self._connection = connection
        self._most = most_bytes
        self._sent = 0
        self._head = b""
        self._chunk = bytearray()

    def begin(self, about: Mapping[str, Any]) -> None:
        """Say what the answer is, with its first chunk or at its end."""
        self._head = frame(channel.HEAD, json.dumps(about).encode())

    def write(self, data: bytes) -> int:
        """Send what fills a chunk; raises AnswerTooLarge beyond the limit."""
        self._sent += len(data)
        if self._sent > self._most:
            raise too_many_bytes(self._most)
        self._chunk += data
        while len(self._chunk) >= _CHUNK:
            self._send(self._head + frame(channel.CHUNK, bytes(self._chunk[:_CHUNK])))
            self._head = b""
            del self._chunk[:_CHUNK]
        return len(data)

    def flush(self) -> None:
        """Do nothing: `rest` has what is left."""

    def rest(self) -> bytes:
        """Give the frames that have not been sent."""
        return self._head + (frame(channel.CHUNK, bytes(self._chunk)) if self._chunk else b"")

    def _send(self, frames: bytes) -> None:
        try:
            self._connection.sendall(frames)
        except OSError:
            raise _Unwanted from None


def out_of_memory() -> TooCostly:
    """Say that an answer was not to be had within the memory of a worker."""
    return TooCostly(
        "the answer needs more memory than a worker may take",
        hint="narrow the question: patterns that share no variable multiply each other",
    )


def too_many_bytes(most: int) -> AnswerTooLarge:
    """Say that an answer is longer than `most` bytes."""
    return AnswerTooLarge(
        f"the answer is longer than {most // 2**20} MB",
        hint="select fewer columns, or ask for parts with ORDER BY, LIMIT and OFFSET",
    )


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent, the process `parent`, ends."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # It may have ended before that call.
    if os.getppid() != parent:
        os._exit(1)


def work(connection: socket.socket, store: Store, memory: int) -> NoReturn:
    """Do jobs until the connection closes; `memory` is in bytes above what is held already."""
    confine(connection.fileno(), memory)
    limit = _peak() + memory * _WORN
    gc.set_threshold(_MADE_IN_A_JOB)
    while (received := channel.receive(connection)) is not None:
        frames, is_done = _do(connection, store, received[1])
        worn = _peak() > limit or address_space.has_made_room()
        end = frame(channel.END, channel.WORN if worn else b"")
        connection.sendall(frames + end if is_done else frames)
        _put_by()
    os._exit(0)


def _put_by() -> None:
    """Leave what is kept of a job out of later collections, which would stop answers for it."""
    gc.collect()
    gc.freeze()


def _do(connection: socket.socket, store: Store, content: bytes) -> tuple[bytes, bool]:
    """Do a job: give what of its answer has not been sent and True, or why it failed and False."""
    try:
        job, most_bytes = pickle.loads(content)  # noqa: S301 - the server wrote it
        out = SocketOut(connection, most_bytes)
        job.run(store, out)
        return out.rest(), True
    except _Unwanted:
        os._exit(0)
    except ServandaError as error:
        return frame(channel.REFUSED, pickle.dumps(error)), False
    except MemoryError:
        return frame(channel.REFUSED, pickle.dumps(out_of_memory())), False
    except Exception:
        return frame(channel.FAULT, traceback.format_exc().encode()), False


def confine(kept: int, memory: int) -> None:
    """Give up all files but the descriptor `kept`, and the means to get more files or memory."""
    _offer_to_the_killer()
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - names are wanted
        if int(name) > 2 and int(name) != kept:
            with suppress(OSError):
                os.close(int(name))
    most = _address_space() + memory
    address_space.limit(most)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # Without a free descriptor there is neither file nor socket.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def is_confined() -> bool:
    """Tell whether this process has given up files, and with them the means to start others."""
    return resource.getrlimit(resource.RLIMIT_NOFILE) == (0, 0)


def _offer_to_the_killer() -> None:
    """Let a machine without memory end workers before anything else."""
    Path("/proc/self/oom_score_adj").write_text("1000")


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
