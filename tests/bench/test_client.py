"""The client of the benchmarks asks what it should and reads every answer to its end."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bench.client import HOST, Get, drive

BODY = b"x" * 300_000


class Answering(BaseHTTPRequestHandler):
    """Answers with a length, or in chunks under /chunks, and notes what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        is_found = not self.path.startswith("/missing")
        self.send_response(200 if is_found else 404)
        if self.path.startswith("/chunks"):
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in (BODY, BODY):
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.send_header("Content-Length", str(len(BODY)))
            self.end_headers()
            self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def port() -> Iterator[int]:
    Answering.asked = []
    with ThreadingHTTPServer((HOST, 0), Answering) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/length", "/chunks"])
@pytest.mark.parametrize("clients", [1, 5])
def test_each_answer_is_counted_once(port: int, path: str, clients: int) -> None:
    driven = drive(port, Get(path), clients, seconds=0.1)
    assert len(driven.answers) == len(Answering.asked) >= clients
    assert driven.seconds >= 0.1
    assert 0 < sum(driven.answers) <= clients * driven.seconds
    # The clocks of a processor and of the day may differ by some parts of a thousand.
    assert 0 < driven.busy <= 1.01


def test_a_new_question_is_asked_once(port: int) -> None:
    drive(port, Get.sparql("/sparql", "ASK {} #NUMBER"), 2, seconds=0.1)
    drive(port, Get.sparql("/sparql", "ASK {} #NUMBER"), 2, seconds=0.1)
    assert len(set(Answering.asked)) == len(Answering.asked)
    assert all(path.startswith("/sparql?query=ASK+%7B%7D+%23") for path in Answering.asked)


def test_a_refusal_is_no_answer(port: int) -> None:
    with pytest.raises(AssertionError, match="404"):
        drive(port, Get("/missing"), 1, seconds=0.1)
