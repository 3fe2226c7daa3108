"""How the server, the replica and the workers talk; this page is the whole protocol.

Server and replica share a Unix socket that keeps messages apart (SOCK_SEQPACKET). Each message is
one JSON object, some with one file descriptor beside it (SCM_RIGHTS):

    server  -> replica   {"follow": seq}              the journal has grown to `seq`; not said again
                                                      before the answer, {"at": ...}; that comes
                                                      unasked when a day begins
    server  -> replica   {"fork": n} + socket         fork a worker, called `n`, at that socket
    replica -> server    {"at": seq, "day": d}        the graph is at version `seq`, and what is
                                                      derived for a day at the day `d` (ordinal)
    replica -> server    {"forked": n, "at": seq, "day": d} + pidfd
    replica -> server    {"ended": n, "code": c}      exit code, or the signal as a negative number

Server and worker share a stream socket. What goes over it is cut into frames: four bytes with the
length of the rest (big-endian), one byte that says what it is, and the content:

    server -> worker   J   a pickled pair: the job, and the most bytes its answer may have
    worker -> server   H   a JSON object that says what the answer is (may be absent)
    worker -> server   C   a chunk of the answer
    worker -> server   E   the end of a whole answer; `worn` if the worker should be replaced
    worker -> server   R   a pickled ServandaError: the job is over, what was sent of it is void
    worker -> server   F   the traceback of a fault: the same

A worker does one job at a time and waits while its socket is full. It ends when the socket closes.
Pickles from a worker are read by `read_refusal` alone, which builds nothing but errors.
"""

from __future__ import annotations

import io
import pickle
import socket
import struct
from typing import Final

from graph.errors import ServandaError

JOB: Final = b"J"
HEAD: Final = b"H"
CHUNK: Final = b"C"
END: Final = b"E"
REFUSED: Final = b"R"
FAULT: Final = b"F"
WORN: Final = b"worn"
LENGTH: Final = struct.Struct("!I")


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """Write a frame."""
    return LENGTH.pack(len(content) + 1) + kind + content


def receive(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """Wait for a frame: its kind and content; None when the other side has closed."""
    header = _exactly(connection, LENGTH.size)
    if header is None:
        return None
    rest = _exactly(connection, *LENGTH.unpack(header))
    return None if rest is None else (rest[:1], rest[1:])


def read_refusal(content: bytes) -> ServandaError:
    """Read the content of a refusal; raises UnpicklingError for anything that is no such error."""
    error = _Errors(io.BytesIO(content)).load()
    if not isinstance(error, ServandaError):
        raise pickle.UnpicklingError("a refusal is no error")
    return error


class _Errors(pickle.Unpickler):
    """Builds errors and plain values: a worker has evaluated foreign text and is not trusted."""

    def find_class(self, module: str, name: str) -> object:
        found: object = super().find_class(module, name) if _is_ours(module) else None
        if (module, name) == (ServandaError.__module__, "_again"):
            return found
        if isinstance(found, type) and issubclass(found, ServandaError):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no error of ours")


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in ("graph", "api")


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    buffer = bytearray(size)
    view = memoryview(buffer)
    while view:
        received = connection.recv_into(view)
        if not received:
            return None
        view = view[received:]
    return bytes(buffer)
