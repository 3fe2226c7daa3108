"""A client for Python: the same questions and answers over HTTP and from a data directory."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Self

from api.client.asking import PAGE
from api.client.listings import Listing, of_one
from api.client.questions import Day, version_or_time
from api.client.rows import Rows
from api.client.sources import Directory, Server, Source
from api.client.things import AsksOfThings
from api.client.undertakings import AsksOfUndertakings
from api.client.whole import AsksOfTheWhole
from api.query_descriptions import QueryDescription
from api.situation import Json
from api.v1.schemas_of_lists import Recorded

# A query has ten seconds unless the operator gives it more, and waits as long for its turn.
_TIMEOUT: Final = 70.0


class Client(AsksOfUndertakings, AsksOfTheWhole, AsksOfThings):
    """Asks a server, or a directory with `Client.local`; a context manager that closes it.

    What is asked and answered is that of /api/v1; docs/client.md has an example of each. A failure
    is a `graph.errors.ServandaError` with what failed in `message` and what to do in `hint`.
    """

    def __init__(self, server: str | Source, *, timeout: float = _TIMEOUT) -> None:
        """Ask the server at an address, such as `http://127.0.0.1:8000`."""
        super().__init__(Server.open(server, timeout) if isinstance(server, str) else server)

    @classmethod
    def local(cls, data_dir: str | Path) -> Self:
        """Ask a data directory in this process; a server may be running on it."""
        return cls(Directory.open(Path(data_dir)))

    def at(self, when: int | Day) -> Self:
        """Ask about the graph as it was at a version, or as it was recorded at a time (UTC).

        `when` is the number of a version, a datetime, or a day, which means its end; raises
        InvalidRequest for whatever else.

        It shares what is open with this client, and is closed with it. What the world was like on
        a day is another matter: that is `as_of`.
        """
        return type(self)(self._source.at(version_or_time(when)))

    def changes(self, *, since: str | datetime | None = None) -> Listing[Recorded]:
        """List the changes to the graph, oldest first: who made each, when, why and from what."""
        moment = since.isoformat() if isinstance(since, datetime) else since
        return Listing(partial(self._changes, moment), Recorded, of_one)

    def _changes(self, since: str | None, cursor: str | None) -> Json:
        return self._source.changes(since, PAGE, cursor)

    def queries(self) -> Listing[QueryDescription]:
        """Describe the named queries, which `query` asks."""
        return Listing(self._queries, QueryDescription, of_one)

    def _queries(self, _: str | None) -> Json:
        return {"items": self._source.queries(), "next": None}

    def sparql(self, query: str) -> Rows:
        """Answer a SPARQL query that begins with SELECT."""
        return Rows.read(self._source.select(query))

    def query(self, name: str, **arguments: object) -> Rows:
        """Answer a named query with its parameters."""
        given = {parameter: str(value) for parameter, value in arguments.items()}
        return Rows.read(self._source.named(name, given))

    def close(self) -> None:
        """Let go of the connections, or of the directory."""
        self._source.close()

    def __enter__(self) -> Self:
        """Give the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()
