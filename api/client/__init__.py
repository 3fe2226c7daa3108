"""A client for Python: the same questions and answers over HTTP and from a data directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Self, Unpack

from api.asked import Columns
from api.client import answers
from api.client.questions import Day, Known, Question, asked, day, one_of, several
from api.client.sources import Directory, Server, Source
from api.jobs.changes import Diff, WhatIf
from api.jobs.circles import Deadlocks, Unlock
from api.jobs.listings import Filters, Sort, Undertakings
from api.jobs.overviews import Gaps, Matrix
from api.jobs.pages import Page
from api.jobs.searching import Search
from api.jobs.undertakings import Explain, Phases, Show
from api.situation import Json
from graph.model import State, UndertakingKind

_PAGE: Final = 100
# A query has ten seconds unless the operator gives it more, and waits as long for its turn.
_TIMEOUT: Final = 70.0
_Several = str | Iterable[str]


class Client:
    """Asks a server, or a directory with `Client.local`; a context manager that closes it.

    What is asked and answered is that of /api/v1; docs/client.md has an example of each. A failure
    is a `graph.errors.ServandaError` with what failed in `message` and what to do in `hint`.
    """

    def __init__(self, server: str | Source, *, timeout: float = _TIMEOUT) -> None:
        """Ask the server at an address, such as `http://127.0.0.1:8000`."""
        self._source = Server.open(server, timeout) if isinstance(server, str) else server

    @classmethod
    def local(cls, data_dir: str | Path) -> Self:
        """Ask a data directory in this process; a server may be running on it."""
        return cls(Directory.open(Path(data_dir)))

    def at(self, when: int | datetime) -> Self:
        """Ask about the graph as it was at a version, or as it was recorded at a time (UTC).

        It shares what is open with this client, and is closed with it. What the world was like on
        a day is another matter: that is `as_of`.
        """
        return type(self)(self._source.at(when))

    def commitments(
        self,
        *,
        debtor: _Several = (),
        creditor: _Several = (),
        domain: _Several = (),
        component: _Several = (),
        instrument: _Several = (),
        binding: _Several = (),
        kind: _Several = (),
        state: _Several = (),
        q: str = "",
        sort: str = Sort.label.value,
        **question: Unpack[Question],
    ) -> answers.Commitments:
        """List undertakings with the state of each debtor; pages are fetched as they are read.

        A filter takes one value or some, of which any fits; several filters must all fit. They
        come in the order of `label`, `since` or `debtor`, with a minus from the end.
        """
        filters = Filters(
            debtor=several(debtor),
            creditor=several(creditor),
            domain=several(domain),
            component=several(component),
            instrument=several(instrument),
            binding=several(binding),
            kind=tuple(one_of(UndertakingKind, each, "kind").value for each in several(kind)),
            state=tuple(one_of(State, each, "state").value for each in several(state)),
            q=q,
        )
        of, by = asked(**question), one_of(Sort, sort, "order").value

        def page(cursor: str | None) -> Json:
            return self._source.answer(Undertakings(of, filters, Page(_PAGE, cursor), by))

        return answers.Commitments(page)

    def search(
        self,
        q: str,
        *,
        kind: _Several = (),
        label_language: str | None = None,
        **question: Unpack[Question],
    ) -> answers.Found:
        """Find whatever has a label with words that begin like those of `q`, the best first.

        `kind` is what stands before the name in an identifier, such as `actor`; only labels in
        `label_language` count, if it is given.
        """
        of, kinds = asked(**question), several(kind)

        def page(cursor: str | None) -> Json:
            return self._source.answer(Search(of, q, kinds, label_language, Page(_PAGE, cursor)))

        return answers.Found(page)

    def commitment(self, id: str, **question: Unpack[Question]) -> answers.Commitment:  # noqa: A002
        """Say where an undertaking stands for each debtor."""
        return answers.Commitment.read(self._source.answer(Show(asked(**question), id)))

    def explain(
        self,
        id: str,  # noqa: A002
        *,
        debtor: str | None = None,
        **question: Unpack[Question],
    ) -> answers.Explanation:
        """Say why, for each debtor or for one."""
        job = Explain(asked(**question), id, debtor)
        return answers.Explanation.read(self._source.answer(job))

    def timeline(self, id: str, **question: Unpack[Question]) -> answers.Timeline:  # noqa: A002
        """Give the phases an undertaking goes through."""
        return answers.Timeline.read(self._source.answer(Phases(asked(**question), id)))

    def unlock(
        self,
        id: str,  # noqa: A002
        *,
        debtor: str | None = None,
        at_least: int | None = None,
        readings: Sequence[str] = (),
        **question: Unpack[Question],
    ) -> answers.Unlocking:
        """Give the smallest sets of acts that would bring a commitment in force.

        It is for all debtors, for one, or for at least so many of them.
        """
        job = Unlock(asked(readings=readings, **question), id, debtor, at_least)
        return answers.Unlocking.read(self._source.answer(job))

    def matrix(self, *, columns: str = "domain", **question: Unpack[Question]) -> answers.Matrix:
        """Count the undertakings of each actor by state and `domain` or `component`."""
        job = Matrix(asked(**question), one_of(Columns, columns, "sort of columns"))
        return answers.Matrix.read(self._source.answer(job))

    def gaps(self, **question: Unpack[Question]) -> answers.Gaps:
        """Say what each commitment lacks."""
        return answers.Gaps.read(self._source.answer(Gaps(asked(**question))))

    def deadlocks(
        self, *, readings: Sequence[str] = (), **question: Unpack[Question]
    ) -> answers.Deadlocks:
        """Give the circles of conditions that wait for each other."""
        job = Deadlocks(asked(readings=readings, **question))
        return answers.Deadlocks.read(self._source.answer(job))

    def diff(self, start: Day, end: Day, **known: Unpack[Known]) -> answers.Diff:
        """Say which states differ between two days."""
        job = Diff(asked(as_of=end, **known), day(start))
        return answers.Diff.read(self._source.answer(job))

    def whatif(
        self,
        assume: Mapping[str, bool | str],
        *,
        as_of: Day | None = None,
        known_at: Day | None = None,
        policy: str = "sceptical",
        sources: Sequence[str] | None = None,
        readings: Sequence[str] = (),
        language: str = "en",
    ) -> answers.WhatIf:
        """Say what would stand otherwise if something were so; nothing is recorded."""
        of = asked(
            as_of=as_of,
            known_at=known_at,
            policy=policy,
            sources=sources,
            assume=assume,
            readings=readings,
            language=language,
        )
        return answers.WhatIf.read(self._source.answer(WhatIf(of)))

    def sparql(self, query: str) -> answers.Rows:
        """Answer a SPARQL query that begins with SELECT."""
        return answers.Rows.read(self._source.select(query))

    def query(self, name: str, **arguments: object) -> answers.Rows:
        """Answer a named query with its parameters."""
        given = {parameter: str(value) for parameter, value in arguments.items()}
        return answers.Rows.read(self._source.named(name, given))

    def close(self) -> None:
        """Let go of the connections, or of the directory."""
        self._source.close()

    def __enter__(self) -> Self:
        """Give the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()
