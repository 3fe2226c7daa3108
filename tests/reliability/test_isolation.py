"""Nothing in an input makes a process open a connection, or a file that is none of its own.

Each process is watched by strace, so that an attempt counts whether it succeeds or not.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.database import Database
from tests.api.asking import record, things
from tests.api.cli.conftest import Serve
from tests.conftest import Done
from tests.hostile.sending import Input, Target, content, manifest, send

# A port of this machine at which nobody listens: to be refused is an attempt as well.
TRAP = "127.0.0.1:18999"
WATCH = ["strace", "-D", "-f", "-qq", "-e", "trace=connect,sendto,open,openat"]
OUTSIDE = re.compile(r"(?:connect|sendto)\(.*AF_INET")
REACHING = [each for each in manifest() if each.name.startswith("A")]
# Each engine as a program that wants nothing but to read what it is given, and does more.
BARE = {
    ".rq": "import pyoxigraph, sys; list(pyoxigraph.Store().query(open(sys.argv[1]).read()))",
    ".ru": "import pyoxigraph, sys; pyoxigraph.Store().update(open(sys.argv[1]).read())",
    ".jsonld": "import rdflib, sys; rdflib.Graph().parse(sys.argv[1], format='json-ld')",
    ".txt": "import rdflib, sys; rdflib.Graph().parse(open(sys.argv[1]).read(), format='turtle')",
}


def can_trace() -> bool:
    command = [*WATCH, "-o", "/dev/null", "true"]
    return bool(shutil.which("strace")) and not subprocess.run(command).returncode


pytestmark = pytest.mark.skipif(not can_trace(), reason="needs strace and the right to use it")


def hits(traces: Path, canary: Path) -> list[str]:
    """List the calls that reach for the network, or for a file in the canary's folder."""
    lines = [
        line
        for trace in traces.iterdir()
        for line in trace.read_text("utf-8", "replace").splitlines()
    ]
    assert any("openat(" in line for line in lines), "nothing was watched"
    return [line for line in lines if OUTSIDE.search(line) or str(canary) in line]


def watcher(folder: Path, name: str) -> list[str]:
    folder.mkdir(exist_ok=True)
    return [*WATCH, "-o", str(folder / name)]


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """Give a folder with the files that inputs name."""
    folder = tmp_path / "canary"
    folder.mkdir()
    (folder / "secret.ttl").write_text('<urn:canary> <urn:is> "SECRET" .')
    (folder / "secret.txt").write_text("SECRET")
    return folder


def test_no_input_makes_the_server_or_the_loader_reach_out(
    serve: Serve, canary: Path, tmp_path: Path, done: Done
) -> None:
    with Database.open(tmp_path / "graph") as database:
        record(database, things(range(10)))
    traces = tmp_path / "traces"
    server = serve("--data-dir", tmp_path / "graph", under=watcher(traces, "server"))
    for given in REACHING:
        under = watcher(traces, given.name)
        outcome = send(given, Target(server.url, TRAP, canary, tmp_path, under))
        assert outcome.result in given.wanted.split(), given.name
        assert "SECRET" not in outcome.said
    wait_for_the_watchers(traces)
    assert hits(traces, canary) == []
    done(f"{len(REACHING)} inputs, 0 connections, 0 files read")


def wait_for_the_watchers(traces: Path) -> None:
    """Wait until nothing more comes: they end a little after what they watch."""
    sizes: list[int] = []
    while sizes != (sizes := [trace.stat().st_size for trace in sorted(traces.iterdir())]):
        time.sleep(0.1)


def bare(given: Input, canary: Path, tmp_path: Path) -> Sequence[str]:
    target = Target("", TRAP, canary, tmp_path)
    file = tmp_path / given.name
    file.write_bytes(content(given.name, target))
    traces = tmp_path / f"{given.name}.traces"
    program = [sys.executable, "-c", BARE[file.suffix], str(file)]
    subprocess.run([*watcher(traces, "bare"), *program], capture_output=True, timeout=60)
    wait_for_the_watchers(traces)
    return hits(traces, canary)


@pytest.mark.parametrize(
    "name",
    [
        "A01_service.rq",
        "A02_service_silent.rq",
        "A07_load_http.ru",
        "A14_context_http.jsonld",
        "A15_context_file.jsonld",
        "A27_rdflib_parse_positional.txt",
    ],
)
def test_the_bare_libraries_do_reach_out(name: str, canary: Path, tmp_path: Path) -> None:
    (given,) = [each for each in REACHING if each.name == name]
    assert bare(given, canary, tmp_path)
