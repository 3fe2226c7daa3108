"""Asks a server over kept connections, as often as it answers, and measures each answer.

It does little for each answer, in one thread, so that it takes little from what it measures;
`Driven.busy` tells how much it had to do. It reads HTTP/1.1 with a length or in chunks.
"""

from __future__ import annotations

import re
import socket
from array import array
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from selectors import EVENT_READ, DefaultSelector
from time import perf_counter, thread_time
from typing import Final
from urllib.parse import urlencode

HOST: Final = "127.0.0.1"
_END: Final = b"\r\n\r\n"
_LAST_CHUNK: Final = b"0\r\n\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_NUMBER: Final = b"NUMBER"
_NUMBERS: Final = count()


@dataclass(frozen=True)
class Get:
    """A GET request; every `NUMBER` in its address is a number that this process sends once."""

    address: str
    accept: str = "*/*"

    @classmethod
    def sparql(cls, path: str, query: str, accept: str = "application/sparql-results+json") -> Get:
        """Ask a query by the SPARQL 1.1 protocol."""
        return cls(f"{path}?{urlencode({'query': query})}", accept)

    def writer(self) -> Callable[[], bytes]:
        """Give what writes it, time after time."""
        text = f"GET {self.address} HTTP/1.1\r\nHost: {HOST}\r\nAccept: {self.accept}\r\n\r\n"
        before, *after = text.encode().split(_NUMBER)
        if not after:
            return lambda: before

        return lambda: before + b"%d" % next(_NUMBERS) + after[0]


@dataclass(frozen=True)
class Driven:
    """What a server did: seconds of each answer, of all, and the client's part at work, 0 to 1."""

    answers: array[float]
    seconds: float
    busy: float


@dataclass
class _Connection:
    socket: socket.socket
    begun: float = 0.0
    received: bytearray = field(default_factory=bytearray)
    missing: int | None = None

    def send(self, request: bytes) -> None:
        self.received.clear()
        self.missing = None
        self.begun = perf_counter()
        self.socket.sendall(request)

    def is_whole(self) -> bool:
        """Take what has come; tell whether that was the end of an answer."""
        data = self.socket.recv(1 << 18)
        assert data, "the server closed the connection"
        if self.missing is not None:
            self.missing -= len(data)
            return self.missing == 0
        self.received += data
        head = self.received.find(_END)
        if head < 0:
            return False
        assert self.received.startswith(b"HTTP/1.1 200"), self.received[:1000].decode()
        length = _LENGTH.search(self.received, 0, head)
        if length is None:
            return self.received.endswith(_LAST_CHUNK)
        self.missing = head + len(_END) + int(length[1]) - len(self.received)
        return self.missing == 0


def drive(port: int, request: Get, clients: int, seconds: float) -> Driven:
    """Have so many clients ask at once, each again as soon as it has its answer."""
    write = request.writer()
    answers = array("d")
    begun, busy = perf_counter(), thread_time()
    with DefaultSelector() as selector, ExitStack() as opened:
        for _ in range(clients):
            connection = _Connection(opened.enter_context(socket.create_connection((HOST, port))))
            connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(connection.socket, EVENT_READ, connection)
            connection.send(write())
        while selector.get_map():
            for key, _ in selector.select():
                connection = key.data
                if not connection.is_whole():
                    continue
                now = perf_counter()
                answers.append(now - connection.begun)
                if now - begun < seconds:
                    connection.send(write())
                else:
                    selector.unregister(connection.socket)
    busy = thread_time() - busy
    spent = perf_counter() - begun
    return Driven(answers, spent, busy / spent)
