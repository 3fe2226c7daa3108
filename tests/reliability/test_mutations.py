"""Eight clients send broken and hostile queries while eight others go on asking a known one."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles

import pytest

from graph.database import Database
from graph.resources import resource
from tests.api.asking import COUNT, ENDLESS, record, things
from tests.api.cli.conftest import Serve, Server
from tests.conftest import Done
from tests.hostile.mutations import mutations
from tests.hostile.sending import Target, answered, ask, content, manifest

DEADLINE = 0.5
CLIENTS = 8
KNOWN = b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
MEDIA_TYPE = "application/sparql-query"
# Refused, or answered, or one of the documented limits of time, memory and waiting.
ALLOWED = {"200", "400", "403", "413", "cut", "503"}


@dataclass
class Tally:
    """How often each status came, the seconds each known question took, and what was wrong."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    waited: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0

    def p99(self) -> float:
        return quantiles(self.seconds, n=100)[98]


def serve_things(serve: Serve, folder: Path, **variables: str) -> Server:
    with Database.open(folder / "graph") as database:
        record(database, things(range(1000)))
    limits = {"SERVANDA_QUERY_SECONDS": str(DEADLINE), **variables}
    server = serve("--data-dir", folder / "graph", **limits)
    # The first question waits until the graph has been read.
    answered(server.url, KNOWN)
    return server


def texts(folder: Path) -> list[bytes]:
    """Give what is mutated: the hostile queries and the shipped ones, as many of each."""
    target = Target("", "127.0.0.1:9", folder, folder)
    # Those that are too deep or too long stay so, however they are changed.
    hostile = [
        content(each.name, target)
        for each in manifest()
        if each.route == "query" and not each.name.startswith("C")
    ]
    shipped = [file.read_bytes() for file in sorted(resource("queries").glob("*.rq"))]
    return hostile + shipped * round(len(hostile) / len(shipped))


def attack(url: str, folder: Path, seed: int, count: int, seconds: float) -> Tally:
    """Send so many mutations, or as many as there is time for; give what came back."""
    waiting, tally = islice(mutations(texts(folder), seed), count), Tally()
    lock, ends = threading.Lock(), time.monotonic() + seconds

    def client() -> None:
        while time.monotonic() < ends:
            with lock:
                text = next(waiting, None)
            if text is None:
                return
            begun = time.monotonic()
            status, said = ask(url, "POST", "/sparql", text, MEDIA_TYPE)
            with lock:
                tally.statuses[status] += 1
                tally.slowest = max(tally.slowest, time.monotonic() - begun)
                if status not in ALLOWED:
                    tally.wrong.append(f"{status}: {said[:200]}: {text[:500]!r}")

    with ThreadPoolExecutor(CLIENTS) as clients:
        for each in [clients.submit(client) for _ in range(CLIENTS)]:
            each.result()
    return tally


def bystander(server: Server, number: int, tally: Tally, stop: threading.Event) -> None:
    """Ask what is kept in the cache, which must come, and what is new, which may have to wait."""
    connection = HTTPConnection(server.url.removeprefix("http://"), timeout=60)
    for count in range(1_000_000):
        if stop.wait(0.1):
            break
        begun = time.monotonic()
        tally.wrong += wrong_answer(connection, KNOWN, "200")
        tally.seconds.append(time.monotonic() - begun)
        new = KNOWN + f" # {number} {count}".encode()
        connection.request("POST", "/sparql?format=csv", new, {"Content-Type": MEDIA_TYPE})
        answer = connection.getresponse()
        text = answer.read()
        tally.waited[str(answer.status)] += 1
        if answer.status != 503 and text.split() != [b"n", b"1000"]:
            tally.wrong.append(f"{answer.status}: {text[:200]!r}")
    connection.close()


def wrong_answer(connection: HTTPConnection, text: bytes, wanted: str) -> list[str]:
    connection.request("POST", "/sparql?format=csv", text, {"Content-Type": MEDIA_TYPE})
    answer = connection.getresponse()
    said = answer.read()
    if str(answer.status) == wanted and said.split() == [b"n", b"1000"]:
        return []
    return [f"{answer.status}: {said[:200]!r}"]


def watched(server: Server, folder: Path, *, seed: int, count: int, seconds: float) -> Tally:
    """Attack from another process, which takes nothing from those who wait, while they ask."""
    asked, stop = Tally(), threading.Event()
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as attackers,
        ThreadPoolExecutor(CLIENTS) as others,
    ):
        asking = [others.submit(bystander, server, n, asked, stop) for n in range(CLIENTS)]
        try:
            sent = attackers.submit(attack, server.url, folder, seed, count, seconds).result()
        finally:
            stop.set()
        for each in asking:
            each.result()
    return replace(
        asked, statuses=sent.statuses, slowest=sent.slowest, wrong=asked.wrong + sent.wrong
    )


def idle(server: Server, seconds: float) -> Tally:
    tally, stop = Tally(), threading.Event()
    threading.Timer(seconds, stop.set).start()
    with ThreadPoolExecutor(CLIENTS) as others:
        for each in [others.submit(bystander, server, n, tally, stop) for n in range(CLIENTS)]:
            each.result()
    return tally


def describe(tally: Tally, quiet: Tally) -> str:
    count = sum(tally.statuses.values())
    new = tally.waited["200"] / max(1, sum(tally.waited.values()))
    return (
        f"{count} mutations ({dict(tally.statuses)}), the slowest answered after "
        f"{tally.slowest:.2f} s; {len(tally.seconds)} known answers, 0 wrong or lost, p99 "
        f"{1000 * tally.p99():.0f} ms ({1000 * quiet.p99():.0f} ms idle, "
        f"{tally.p99() / quiet.p99():.1f}x); {new:.0%} of the new "
        "questions were answered beside them, the others with 503"
    )


def test_broken_and_hostile_queries_disturb_nobody(
    serve: Serve, tmp_path: Path, done: Done
) -> None:
    server = serve_things(serve, tmp_path)
    quiet = idle(server, 3)
    tally = watched(server, tmp_path, seed=20261123, count=200, seconds=60)
    assert tally.wrong == []
    assert len(tally.statuses) > 1
    assert server.process.poll() is None
    done(describe(tally, quiet))


@pytest.mark.soak
def test_ten_thousand_mutations_disturb_nobody(serve: Serve, tmp_path: Path, done: Done) -> None:
    server = serve_things(serve, tmp_path)
    quiet = idle(server, 10)
    tally = watched(server, tmp_path, seed=1, count=10_000, seconds=300)
    # What else runs on the machine may have come or gone meanwhile.
    quiet = max(quiet, idle(server, 10), key=Tally.p99)
    said = describe(tally, quiet)
    done(said)
    assert tally.wrong == []
    assert sum(tally.statuses.values()) > 1000
    assert tally.slowest < 2 * DEADLINE + 1, said
    assert tally.p99() <= 5 * quiet.p99(), said
    assert server.process.poll() is None


def test_a_server_that_can_be_held_up_is_found(serve: Serve, tmp_path: Path) -> None:
    """Without workers a query that does not end keeps one of the server's threads for good."""
    server = serve_things(serve, tmp_path, SERVANDA_WORKERS="0")
    assert COUNT.encode() == KNOWN
    with pytest.raises(TimeoutError):
        ask_briefly(server, ENDLESS.encode())


def ask_briefly(server: Server, text: bytes) -> None:
    connection = HTTPConnection(server.url.removeprefix("http://"), timeout=DEADLINE + 1)
    try:
        connection.request("POST", "/sparql", text, {"Content-Type": MEDIA_TYPE})
        connection.getresponse()
    finally:
        connection.close()
