"""A full disk: what was acknowledged stays, reading goes on, writing says why it does not."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from shutil import which

import httpx2
import pyoxigraph as ox
import pytest

from graph.accounts import Accounts, Role
from graph.database import Database
from graph.errors import NoRoom
from graph.journal import Change
from tests.api.asking import COUNT, record
from tests.api.cli.conftest import Serve, Server, servanda
from tests.conftest import Done
from tests.graph.histories import State, fact

MEGABYTE = 2**20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 48 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)]
    if os.geteuid() or not which("mount") or not which("umount"):
        pytest.skip("needs root, mount and umount")
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path) -> None:
    """Leave no byte."""
    with (disk / "ballast").open("ab", buffering=0) as ballast:
        for size in (MEGABYTE, 4096, 1):
            try:
                while ballast.write(bytes(size)) == size:
                    pass
            except OSError:
                continue


def free(disk: Path, size: int) -> None:
    ballast = disk / "ballast"
    os.truncate(ballast, max(0, ballast.stat().st_size - size))


def write_until_full(database: Database, random: Random, state: set[ox.Quad]) -> int:
    """Add to the graph and to `state` what was acknowledged; give how many transactions were."""
    acknowledged = 0
    while True:
        text = random.randbytes(20_000).hex()
        quad = fact(f"s{random.getrandbits(64)}", "a", ox.Literal(text))
        try:
            record(database, Change(adds=(quad,)))
        except NoRoom:
            return acknowledged
        state.add(quad)
        acknowledged += 1


def read(directory: Path) -> State:
    with Database.open(directory, writable=False) as database:
        return frozenset(database.store.quads())


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_whenever_the_disk_is_full_nothing_is_lost_and_reading_goes_on(
    disk: Path, rounds: int, done: Done
) -> None:
    random, state, acknowledged = Random(20261123), set[ox.Quad](), 0
    directory = disk / "graph"
    for _ in range(rounds):
        with Database.open(directory) as database:
            fill(disk)
            free(disk, MEGABYTE)
            acknowledged += write_until_full(database, random, state)
            assert set(database.store.quads()) == state
            # A reader beside it, and then again once the writer has gone.
            assert read(directory) == state
        fill(disk)
        assert read(directory) == state
        free(disk, 4 * MEGABYTE)
    assert acknowledged > rounds
    with Database.open(directory) as database:
        record(database, Change(adds=(fact("s", "a", ox.Literal("room again")),)))
        assert len(set(database.store.quads())) == len(state) + 1
    done(f"filled {rounds} times, {acknowledged} acknowledged transactions, 0 lost")


def test_a_server_starts_and_answers_on_a_full_disk(disk: Path, serve: Serve) -> None:
    state = set[ox.Quad]()
    with Database.open(disk / "graph") as database:
        fill(disk)
        free(disk, MEGABYTE)
        write_until_full(database, Random(1), state)
    fill(disk)
    server = serve("--data-dir", disk / "graph")
    assert asked(server, COUNT) == ["n", str(len(state))]


def test_a_server_answers_507_on_a_full_disk_and_loses_nothing(
    disk: Path, serve: Serve, done: Done
) -> None:
    directory, acknowledged = disk / "graph", set[str]()
    with Database.open(directory) as database:
        record(database, Change(adds=(fact("s", "a", ox.Literal("the first")),)))
    token = Accounts(directory).make("Eve", Role.EDITOR)
    server = serve("--data-dir", directory)
    # The first change is judged with all that there is, and has room.
    assert (answer := put(server, token, "first")).status_code == 201, answer.text
    fill(disk)
    free(disk, MEGABYTE)
    for number in range(1000):
        answer = put(server, token, f"number-{number}")
        if answer.status_code != 201:
            break
        acknowledged.add(f"number-{number}")
    assert answer.status_code == 507
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["status"], problem["type"]) == (507, f"{server.url}/problems/out-of-space")
    fill(disk)
    assert put(server, token, "one-more").status_code == 507
    assert graphs(server) == acknowledged | {"first"}
    free(disk, 8 * MEGABYTE)
    assert put(server, token, "room-again").status_code == 201
    assert graphs(server) == acknowledged | {"first", "room-again"}
    server.process.kill()
    server.process.wait()
    with Database.open(directory, writable=False) as database:
        kept = {each.value for each in database.store.graphs()}
    assert {f"urn:full:{name}" for name in acknowledged} < kept
    done(f"{len(acknowledged) + 2} acknowledged graphs, 0 lost, 507 where there was no room")


def put(server: Server, token: str, name: str) -> httpx2.Response:
    """Send a graph of 40 kB."""
    text = f'<urn:full:{name}> <urn:full:text> "{name * (40_000 // len(name))}" .'
    return httpx2.put(
        f"{server.url}/graphs",
        params={"graph": f"urn:full:{name}"},
        content=text,
        headers={"Content-Type": "text/turtle", "Authorization": f"Bearer {token}"},
        timeout=60,
    )


def graphs(server: Server) -> set[str]:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s <urn:full:text> ?t } }"
    return {line.removeprefix("urn:full:") for line in asked(server, query)[1:]}


def asked(server: Server, query: str) -> list[str]:
    asking = {"query": query, "format": "csv"}
    answer = server.get("/sparql", params=asking)
    assert answer.status_code == 200, answer.text
    return answer.text.split()


def test_the_command_line_says_that_the_disk_is_full(disk: Path, tmp_path: Path) -> None:
    file = tmp_path / "good.ttl"
    file.write_text(
        "<https://w3id.org/servanda/data/good> a <http://www.w3.org/2002/07/owl#Ontology> ."
    )
    with Database.open(disk / "graph"):
        pass
    fill(disk)
    ended = servanda("load", file, "--data-dir", disk / "graph", cwd=tmp_path)
    assert ended.returncode == 3
    assert "the disk is full; free a hundred kB" in ended.stderr
    free(disk, 8 * MEGABYTE)
    assert servanda("load", file, "--data-dir", disk / "graph", cwd=tmp_path).returncode == 0


def test_the_disk_is_full_indeed(disk: Path) -> None:
    (disk / "other").touch()
    fill(disk)
    with pytest.raises(OSError, match="No space left"):
        (disk / "other").write_bytes(b"x")
    with pytest.raises(NoRoom, match="cannot be written: No space left"):
        Database.open(disk)
