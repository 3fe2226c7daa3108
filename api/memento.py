"""Which version of the graph a request is about, by when it was recorded (Memento, RFC 7089).

What the database knew is another matter than the day asked about and what was public by a day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, Final
from urllib.parse import quote

from fastapi import Request
from fastapi.routing import iter_route_contexts
from starlette.routing import Match
from starlette.types import Scope

from api.state import database
from api.threads import in_thread
from graph.errors import InvalidRequest, NotFound, ServandaError
from graph.journal import Journal

HEADER: Final = "Accept-Datetime"
TIMEMAP: Final = "application/link-format"
_VERSIONS: Final = "/versions"
_PINNED: Final = "servanda.version"
RECORDED: Final = "servanda.recorded"
"""Where a scope says on which day the version was recorded that the address names."""
_PATH: Final = re.compile(rf"{_VERSIONS}/(\d{{1,18}})(?=/)", re.ASCII)
# What is longer is a question of its own; clients take no headers that repeat it three times.
_LONGEST: Final = 2000
# What RFC 3986 lets stand in a path or a query, and what is escaped already.
_WRITTEN: Final = "/:@!$&'()*+,;=~%?"
_DATE: Final = "%a, %d %b %Y %H:%M:%S GMT"
# A second after it there is still a date.
_LATEST: Final = datetime.max.replace(tzinfo=UTC) - timedelta(seconds=1)
# Endpoints that answer from any version there was; the others refuse to be asked about the past.
_ANY_VERSION: Final = set[object]()


class NoMemento(ServandaError):
    """What is asked for has no past versions."""


@dataclass(frozen=True)
class Memento:
    """A version of the graph, and when it was recorded."""

    version: int
    at: datetime


def in_any_version(endpoint: object) -> None:
    """Note that an endpoint answers from whichever version it is asked about."""
    _ANY_VERSION.add(endpoint)


def answers_in_any_version(endpoint: object) -> bool:
    """Tell whether an endpoint answers from past versions."""
    return endpoint in _ANY_VERSION


def pin(request: Request, version: int) -> None:
    """Have a request answered from a version that a parameter names.

    Raises InvalidRequest where the request names another one as well.
    """
    if HEADER in request.headers or request.scope.get(_PINNED, version) != version:
        raise InvalidRequest(
            f"version {version} is asked for, and by {HEADER} or /versions another one",
            hint="name the version in one way",
        )
    request.scope[_PINNED] = version


def is_pinned(request: Request) -> bool:
    """Tell whether the address of a request names a version."""
    return _PINNED in request.scope


def is_there(request: Request) -> bool:
    """Tell whether the version is there that the address of a request names, if it names one."""
    return not is_pinned(request) or 1 <= request.scope[_PINNED] <= database(request).version


def endpoint_at(request: Request, path: str, method: str = "GET") -> object:
    """Find what answers a method at a path, None for nothing."""
    scope = {**request.scope, "path": path, "root_path": "", "method": method}
    for route in iter_route_contexts(request.app.routes):
        match, found = route.matches(scope)
        if match is Match.FULL:
            return found.get("endpoint")
    return None


def read_version(scope: Scope) -> None:
    """Let `/versions/N/...` be what is at `/...`, answered from version N.

    Raises NoMemento where what is asked about the past has none.
    """
    named = _PATH.match(scope["path"])
    if named:
        scope["root_path"] = named[0]
        scope[_PINNED] = int(named[1])
    request = Request(scope)
    if not named and HEADER not in request.headers:
        return
    path = scope["path"].removeprefix(scope["root_path"])
    endpoint = endpoint_at(request, path, scope["method"])
    if endpoint and not answers_in_any_version(endpoint):
        raise NoMemento(
            f"{request.method} `{request.url.path}` has no past versions",
            hint=f"leave out {HEADER} and /versions; what is read from the graph has them",
        )


async def wanted(request: Request) -> Memento | None:
    """Say which version a request is about; None is the present one.

    Raises InvalidRequest for a header that is no date, NotFound for a version that is not there and
    for a time before the first.
    """
    pinned = request.scope.get(_PINNED)
    given = request.headers.get(HEADER)
    if pinned is None and given is None:
        return None
    journal = database(request).journal
    if pinned is None:
        return await in_thread(partial(recorded_by, journal, str(given)))
    return await in_thread(partial(numbered, journal, pinned))


async def version(request: Request) -> int:
    """Give the number of the version that a request is about; raises as `wanted` does."""
    found = await wanted(request)
    return database(request).version if found is None else found.version


def numbered(journal: Journal, version: int) -> Memento:
    """Find a version by its number; raises NotFound for one that is not there."""
    if not 1 <= version <= journal.head:
        raise NotFound(
            f"there is no version {version}", hint=f"there are those from 1 to {journal.head}"
        )
    return Memento(version, journal.recorded_at(version))


def recorded_by(journal: Journal, given: str) -> Memento:
    """Find the last version that was recorded by a time, as HTTP writes it.

    Raises InvalidRequest for what is no date, NotFound for a time before the first version.
    """
    # A date has whole seconds: what was recorded within the second is in it.
    end = min(_read(given), _LATEST) + timedelta(seconds=1)
    version = journal.version_before(end)
    if version:
        return Memento(version, journal.recorded_at(version))
    first = f"the first version is of {written(journal.recorded_at(1))}" if journal.head else None
    raise NotFound(f"nothing was recorded by `{given}`", hint=first or "load data first")


def _read(given: str) -> datetime:
    """Read a date as RFC 7089 (section 2.1.1) wants it written."""
    try:
        return datetime.strptime(given.strip(), _DATE).replace(tzinfo=UTC)
    except ValueError:
        raise InvalidRequest(
            f"the header {HEADER} is `{given}`, which is no date",
            hint=f"write it as {written(datetime(2026, 1, 6, 9, 30, tzinfo=UTC))}",
        ) from None


def written(moment: datetime) -> str:
    """Write a time as HTTP does (RFC 9110, section 5.6.7)."""
    return moment.astimezone(UTC).strftime(_DATE)


def with_links(
    request: Request, headers: Mapping[str, str], memento: Memento | None
) -> dict[str, str]:
    """Add to the headers of an answer what leads through its versions (RFC 7089, section 2.2)."""
    found = dict(headers)
    if memento is not None:
        found["memento-datetime"] = written(memento.at)
    path = _original(request)
    if request.method == "GET" and path is not None:
        found["link"] = ", ".join([*filter(None, [found.get("link")]), _links(path)])
        if memento is not None:
            found["content-location"] = pinned(path, memento.version)
    if not is_pinned(request):
        found["vary"] = ", ".join([*filter(None, [found.get("vary")]), HEADER])
    return found


def _original(request: Request) -> str | None:
    """Give the address of a resource as it is at present, None where that is too long."""
    root = request.scope["root_path"] if is_pinned(request) else ""
    path: bytes = request.scope["raw_path"]
    return address(path.removeprefix(root.encode()), request.scope["query_string"])


def address(path: bytes, query: bytes) -> str | None:
    """Write a path and a query as they came, but what could end the <> they are put into.

    None for what is over 2,000 characters long.
    """
    # What is remembered must be short before it is written: anyone may ask anything.
    if len(path) + len(query) > _LONGEST:
        return None
    found = _address(path, query)
    return found if len(found) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _address(path: bytes, query: bytes) -> str:
    written_path = quote(path, safe=_WRITTEN)
    return f"{written_path}?{quote(query, safe=_WRITTEN)}" if query else written_path


@lru_cache(maxsize=4096)
def _links(path: str) -> str:
    lists = f'<{timemap(path)}>; rel="timemap"; type="{TIMEMAP}"'
    return f'<{path}>; rel="original timegate", {lists}'


def pinned(path: str, version: int) -> str:
    """Give the address of a resource as it was at a version."""
    return f"{_VERSIONS}/{version}{path}"


def timemap(path: str) -> str:
    """Give the address of the list of a resource's versions."""
    return f"/timemap{path}"


ACCEPT_DATETIME: Final[Mapping[str, Any]] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Answer from the version that was recorded at this time (RFC 7089)",
    "schema": {
        "type": "string",
        "pattern": "^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (0[1-9]|1[0-9]|2[0-8]) "
        "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
        "[12][0-9]{3} ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] GMT$",
        "examples": ["Fri, 01 Jan 2100 00:00:00 GMT"],
    },
}
"""The header as OpenAPI describes it; its pattern leaves out days that few months have."""
