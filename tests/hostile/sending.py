"""Sends each hostile input of the manifest on its route to a running server, or to the loader."""

from __future__ import annotations

import csv
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from graph.rdf import FORMAT_OF_SUFFIX, TURTLE
from tests.api.cli.conftest import SERVANDA, environment
from tests.hostile.made import make

HERE: Final = Path(__file__).parent
# What the inputs name as a server and as a file of somebody else's.
_THEIR_SERVER: Final = b"127.0.0.1:18999"
_THEIR_FOLDER: Final = b"./lab-reliability/canary"
_HEADER: Final = (
    b"\n<https://w3id.org/servanda/data/hostile> "
    b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Ontology> ."
)
_UPDATE: Final = "application/sparql-update"
# What an ending says that the loader knows no format by.
_MEDIA_TYPES: Final = {".n3": "text/n3", ".owx": "application/rdf+xml"}
_ATTEMPTS: Final = 20
REFUSED, ACCEPTED = "refused", "accepted"
_ENDINGS: Final = {0: ACCEPTED, 1: REFUSED, 2: REFUSED, 3: REFUSED}


class Input(NamedTuple):
    """A line of the manifest.

    `wanted` are HTTP statuses, or what the loader does; `why` says where that is another thing
    than was asked for when the input was collected.
    """

    name: str
    route: str
    wanted: str
    why: str


class Outcome(NamedTuple):
    """A status or what the loader did, what was said, and the seconds until then."""

    result: str
    said: str
    seconds: float


@dataclass(frozen=True)
class Target:
    """A server, and what a hostile input is made to point at.

    `trap` is the address, with its port, at which nobody may knock; `canary` a folder with files
    that nobody may read. `under` is a command that watches the loader, and `token` an editor's.
    """

    url: str
    trap: str
    canary: Path
    folder: Path
    under: Sequence[str | Path] = ()
    token: str = ""


def manifest() -> list[Input]:
    """Read the manifest: each input once, on the route that it was collected for."""
    return _inputs("manifest.csv")


def changes() -> list[Input]:
    """Read what is wanted of updates and files that are sent to a server by an editor."""
    return _inputs("changes.csv")


def _inputs(name: str) -> list[Input]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [Input(**row) for row in csv.DictReader(file)]


def content(name: str, target: Target) -> bytes:
    """Give an input, pointed at the trap and the canary."""
    file = HERE / "inputs" / name
    text = file.read_bytes() if file.exists() else make(name)
    text = text.replace(_THEIR_SERVER, target.trap.encode())
    return text.replace(_THEIR_FOLDER, str(target.canary).encode())


def send(given: Input, target: Target) -> Outcome:
    """Send an input on its route and wait for the end."""
    text = content(given.name, target)
    begun = time.monotonic()
    result, said = ROUTES[given.route](given.name, text, target)
    return Outcome(result, said, time.monotonic() - begun)


def _query(_: str, text: bytes, target: Target) -> tuple[str, str]:
    return ask(target.url, "POST", "/sparql", text, "application/sparql-query")


def _parameter(_: str, text: bytes, target: Target) -> tuple[str, str]:
    return ask(target.url, "GET", f"/queries/commitments-owed-by?debtor={quote(text.decode())}")


def _update(_: str, text: bytes, target: Target) -> tuple[str, str]:
    return ask(target.url, "POST", "/sparql/update", text, _UPDATE, target.token)


def _validate(name: str, text: bytes, target: Target) -> tuple[str, str]:
    return ask(target.url, "POST", "/api/v1/validate", text, _media_type(name))


def _graph(name: str, text: bytes, target: Target) -> tuple[str, str]:
    return ask(target.url, "PUT", graph_path(name), text, _media_type(name), target.token)


def graph_path(name: str) -> str:
    """Give where the graph is that an input is sent for."""
    return f"/graphs?graph=urn:hostile:{name}"


def _media_type(name: str) -> str:
    ending = Path(name).suffix
    known = FORMAT_OF_SUFFIX.get(ending, TURTLE).media_type
    return _MEDIA_TYPES.get(ending, known)


def _upload(name: str, text: bytes, target: Target) -> tuple[str, str]:
    # The ending says the syntax; a text without one is given out for the likeliest.
    file = target.folder / (f"{name}.ttl" if name.endswith(".txt") else name)
    if file.suffix in (".ttl", ".nt"):
        # Or else the loader would look no further than to the header that is missing.
        text += _HEADER
    file.write_bytes(text)
    return _load(file, target, name)


def _address(name: str, text: bytes, target: Target) -> tuple[str, str]:
    return _load(text.decode(), target, name)


def _load(path: str | Path, target: Target, name: str) -> tuple[str, str]:
    ended = subprocess.run(
        [*target.under, SERVANDA, "load", path, "--data-dir", target.folder / f"{name}.graph"],
        cwd=target.folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )
    said = ended.stderr.strip()
    failed = "servanda itself failed" in said or "Traceback" in said
    return "failed" if failed else _ENDINGS.get(ended.returncode, str(ended.returncode)), said


ROUTES: Final[dict[str, Callable[[str, bytes, Target], tuple[str, str]]]] = {
    "query": _query,
    "update as query": _query,
    "parameter": _parameter,
    "update": _update,
    "validate": _validate,
    "graph": _graph,
    "upload": _upload,
    "address": _address,
}


def answered(url: str, query: bytes) -> str:
    """Ask until there is an answer: to a machine in use a short deadline may be too short."""
    for _ in range(_ATTEMPTS):
        status, text = ask(url, "POST", "/sparql", query, "application/sparql-query")
        if status != "503":
            break
    assert status == "200", text
    return text


def ask(
    url: str,
    method: str,
    path: str,
    body: bytes | None = None,
    media_type: str = "",
    token: str = "",
) -> tuple[str, str]:
    """Give the status of a request and its body, or "cut" for a body that does not come whole."""
    connection = HTTPConnection(url.removeprefix("http://"), timeout=60)
    headers = {"Content-Type": media_type} if media_type else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        try:
            return str(answer.status), answer.read().decode()
        except IncompleteRead:
            return "cut", ""
    finally:
        connection.close()
