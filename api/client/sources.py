"""Where a client's answers come from: a server over HTTP, or a data directory in this process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, Protocol, Self, cast

import httpx2

from api.asked import Asked
from api.client.addresses import Address, address, recorded_since
from api.jobs.job import Question
from api.jobs.journal import changes
from api.jobs.learned import RecordedSince, check_versions
from api.memento import HEADER, NoMemento, numbered, pinned, recorded_by, written
from api.past_links import answer_below
from api.problem_kinds import BY_ERROR
from api.query_descriptions import QueryDescription
from api.situation import Json
from api.snapshot import Snapshot
from graph import guard, query
from graph.clock import today
from graph.database import Database
from graph.derivation import Derivation
from graph.derived import GRAPHS
from graph.errors import InvalidRequest, ServandaError, UnreadableInput
from graph.history import store_at
from graph.keywords import sees_named_graphs
from graph.store import Store
from graph.validate import Refused

_RESULTS: Final = "application/sparql-results+json"
# The first has its type from InvalidRequest, and who changes nothing breaks no rule.
_NEVER_TOLD: Final = (UnreadableInput, Refused)
# By the last part of the type of a problem document.
_ERRORS: Final[Mapping[str, type[ServandaError]]] = {
    kind.slug: error for error, kind in BY_ERROR.items() if error not in _NEVER_TOLD
}


When = int | datetime | None
"""A version, the time by which it was recorded, or None for the present one."""


class Unreachable(ServandaError):
    """A server does not answer, or what answers is no server of ours."""


class Answered(Exception):
    """What a server answered instead: `problem` is the whole problem document (RFC 9457)."""

    def __init__(self, problem: Json) -> None:
        """Keep the document."""
        super().__init__(problem["title"])
        self.problem = problem


class Source(Protocol):
    """What answers questions, in JSON; each raises a ServandaError with its hint."""

    def answer(self, job: Question) -> Json:
        """Answer a question to the engine."""

    def recorded_since(self, asked: Asked, start: int, end: int | None) -> Json:
        """Say which states differ between two versions; the later one is else the one it has."""

    def changes(self, since: str | None, limit: int, cursor: str | None) -> Json:
        """Give a page of the journal."""

    def queries(self) -> list[Json]:
        """Describe the named queries."""

    def select(self, text: str) -> bytes:
        """Answer a SPARQL query that selects rows, in SPARQL JSON."""

    def named(self, name: str, arguments: Mapping[str, str]) -> bytes:
        """Answer a named query, in SPARQL JSON."""

    def at(self, when: int | datetime) -> Source:
        """Give what answers from a version, or from what was recorded at a time."""

    def close(self) -> None:
        """Let go of what is open."""


class Server:
    """A server, over HTTP."""

    def __init__(self, url: str, client: httpx2.Client, when: When = None) -> None:
        """Ask the server at `url` with an open client; `when` says of which version."""
        self._url = url.rstrip("/")
        self._client = client
        self._past = f"/versions/{when}" if isinstance(when, int) else ""
        self._headers = {HEADER: written(_aware(when))} if isinstance(when, datetime) else {}

    @classmethod
    def open(cls, url: str, timeout: float) -> Self:
        """Ask the server at `url`, and wait for each answer for `timeout` seconds.

        Raises InvalidRequest for what does not begin with `http://` or `https://`.
        """
        if not url.lower().startswith(("http://", "https://")):
            host = url.rpartition("://")[2] or "127.0.0.1:8000"
            raise InvalidRequest(
                f"`{url}` is no address of a server: `http://` is missing",
                hint=f"write it as `http://{host}`",
            )
        return cls(url, httpx2.Client(timeout=timeout))

    def answer(self, job: Question) -> Json:
        """Answer from /api/v1."""
        return cast("Json", self._answer(address(job)))

    def recorded_since(self, asked: Asked, start: int, end: int | None) -> Json:
        """Answer from /api/v1/diff/versions."""
        return cast("Json", self._answer(recorded_since(asked, start, end)))

    def changes(self, since: str | None, limit: int, cursor: str | None) -> Json:
        """Answer from /api/v1/changes."""
        given = {"since": since, "limit": str(limit), "cursor": cursor}
        pairs = [(name, each) for name, each in given.items() if each is not None]
        return cast("Json", self._answer(Address("changes", pairs)))

    def queries(self) -> list[Json]:
        """Answer from /api/v1/queries."""
        return cast("list[Json]", self._answer(Address("queries")))

    def _answer(self, at: Address) -> Any:
        method = "GET" if at.body is None else "POST"
        return self._ask(method, f"/api/v1/{at.path}", params=at.parameters, json=at.body).json()

    def select(self, text: str) -> bytes:
        """Answer from /sparql."""
        return self._ask("POST", "/sparql", data={"query": text}, accept=_RESULTS).content

    def named(self, name: str, arguments: Mapping[str, str]) -> bytes:
        """Answer from /queries."""
        return self._ask("GET", f"/queries/{name}", params=arguments, accept=_RESULTS).content

    def at(self, when: int | datetime) -> Server:
        """Have the server answer from the past."""
        return Server(self._url, self._client, when)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _ask(
        self, method: str, path: str, *, accept: str = "application/json", **sent: Any
    ) -> httpx2.Response:
        address = f"{self._url}{self._past}{path}"
        # A failure is a problem document for whoever takes JSON, and a page else.
        headers = self._headers | {"Accept": f"{accept}, application/problem+json;q=0.5"}
        try:
            answer = self._client.request(method, address, headers=headers, **sent)
        except (httpx2.TransportError, httpx2.InvalidURL) as error:
            raise Unreachable(
                f"`{self._url}` does not answer: {error}",
                hint="start a server with `servanda serve`, or read a directory with Client.local",
            ) from None
        if answer.status_code != HTTPStatus.OK:
            raise _failure(self._url, answer)
        return answer


def _failure(url: str, answer: httpx2.Response) -> ServandaError:
    if answer.headers.get("content-type", "") != "application/problem+json":
        return Unreachable(
            f"`{url}` answered {answer.status_code} and is no server of Servanda",
            hint="check the address",
        )
    problem = answer.json()
    kind = _ERRORS.get(problem["type"].rpartition("/")[2], ServandaError)
    error = kind(problem["detail"], hint=problem.get("hint"))
    error.__cause__ = Answered(problem)
    return error


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Directory:
    """A data directory at the version it has when it is opened, or at an earlier one."""

    def __init__(self, database: Database, when: When = None) -> None:
        """Read an open directory; `when` says which version."""
        self._database = database
        self._when = when

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a directory for reading; raises NotFound where there is none."""
        return cls(Database.open(path, writable=False))

    def at(self, when: int | datetime) -> Directory:
        """Read the directory as it was; what there is not is said when something is asked."""
        return Directory(self._database, when)

    @cached_property
    def _store(self) -> Store:
        journal = self._database.journal
        if self._when is None:
            return self._database.store
        if isinstance(self._when, int):
            return store_at(journal, numbered(journal, self._when).version)
        return store_at(journal, recorded_by(journal, written(_aware(self._when))).version)

    @cached_property
    def _snapshot(self) -> Snapshot:
        return Snapshot.of(self._store)

    def _store_for(self, text: str) -> Store:
        """Give the store, with the derived graphs only where a query sees them: they take time."""
        if sees_named_graphs(text):
            _ = self._derivation
        return self._store

    @cached_property
    def _derivation(self) -> Derivation:
        return Derivation(self._store, today().toordinal())

    def answer(self, job: Question) -> Json:
        """Answer in this process, with the links that a server gives."""
        root = pinned("", self._when) if isinstance(self._when, int) else ""
        return cast("Json", answer_below(root, job.run(self._snapshot)))

    def recorded_since(self, asked: Asked, start: int, end: int | None) -> Json:
        """Compare two versions by the journal."""
        journal = self._database.journal
        last = self._store.head if end is None else end
        check_versions(journal, start, last)
        later = self if last == self._store.head else self.at(last)
        return later.answer(RecordedSince.of(asked, journal, (start, last)))

    def changes(self, since: str | None, limit: int, cursor: str | None) -> Json:
        """Read the journal, which is at no version."""
        if self._when is not None:
            raise NoMemento("the journal has no past versions", hint="ask for it without `at`")
        return changes(self._database.journal, since, limit, cursor)

    def queries(self) -> list[Json]:
        """Describe those that are shipped."""
        return [QueryDescription.of(each).model_dump() for each in query.queries()]

    def select(self, text: str) -> bytes:
        """Answer in this process, in which nothing stops a query that does not end."""
        guard.check_query(text, [*self._store.graphs(), *GRAPHS])
        return self._store_for(text).query(text).write("json")

    def named(self, name: str, arguments: Mapping[str, str]) -> bytes:
        """Answer in this process."""
        asked = query.find(name)
        return query.run(self._store_for(asked.text), asked, arguments).write("json")

    def close(self) -> None:
        """Let go of the directory."""
        self._database.close()
