"""Answers what cases ask by asking the HTTP API of the real application."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyoxigraph as ox
from fastapi.testclient import TestClient
from httpx2 import Response

from graph import rdf
from graph.database import Database
from graph.errors import ServandaError
from graph.journal import Change
from graph.lifecycle import Flag
from graph.namespaces import ID
from graph.timeline import Span
from tests.cases.answers import Owed, Standing
from tests.cases.cases import Ask
from tests.cases.writer import DATASET

Json = dict[str, Any]


@dataclass(frozen=True)
class Server:
    """A running application and the database it serves, which holds one case at a time."""

    database: Database
    client: TestClient

    def load(self, turtle: str) -> None:
        """Put a case in the place of the one before, through the journal."""
        graph = ox.NamedNode(DATASET)
        quads = rdf.read(turtle.encode(), format=rdf.TURTLE, graph=graph, source="the case")
        gone = set(self.database.store.quads()) - set(quads)
        change = Change(adds=tuple(quads), removes=tuple(gone))
        self.database.commit(
            change, author="test", role="editor", reason="a case", source="the case"
        )


@dataclass(frozen=True)
class HttpAnswers:
    """Answers about the case that a server was given."""

    server: Server
    turtle: str
    _heard: dict[tuple[str, tuple[tuple[str, str], ...]], Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Load the case."""
        self.server.load(self.turtle)

    def named(self, undertaking: str) -> tuple[str, ...]:
        """Give the named debtors."""
        found = self._undertaking(undertaking)
        return tuple(_slug(each["debtor"]) for each in found["debtors"])

    def unnamed(self, undertaking: str) -> int | None:
        """Give how many debtors a source counts and does not name."""
        number: int | None = self._undertaking(undertaking)["unnamed"]
        return number

    def standing(self, undertaking: str, debtor: str, ask: Ask) -> Standing:
        """Tell where an undertaking stands."""
        found = self._debtor(undertaking, debtor, ask)
        flags = (Flag(remark).name.lower().replace("_", " ") for remark in found["remarks"])
        return Standing(found["state"], frozenset(flags), found["share"])

    def obligations(self, undertaking: str, debtor: str, ask: Ask) -> list[Owed]:
        """Tell what a debtor owes by the day asked about."""
        return [
            Owed(
                trigger=each["trigger"] and each["trigger"]["id"].removeprefix(f"{ID}matter/"),
                since=_span(each["since"]),
                due=each["due"] and _span(each["due"]),
                state=each["state"],
                unforeseeable=each["unforeseeable"],
            )
            for each in self._debtor(undertaking, debtor, ask)["obligations"]
        ]

    def verdict(self, condition: str, undertaking: str, debtor: str, ask: Ask) -> str:
        """Tell what a condition comes to."""
        found = self._get(
            f"conditions/condition/{condition}",
            ("commitment", f"undertaking/{undertaking}"),
            ("debtor", f"actor/{debtor}"),
            *self._asked(ask),
        )
        (judged,) = found["debtors"]
        verdict: str = judged["tree"]["verdict"]
        return verdict

    def _debtor(self, undertaking: str, debtor: str, ask: Ask) -> Json:
        debtors = self._undertaking(undertaking, *self._asked(ask))["debtors"]
        (found,) = (each for each in debtors if _slug(each["debtor"]) == debtor)
        return dict(found)

    def _undertaking(self, undertaking: str, *asked: tuple[str, str]) -> Json:
        return self._get(f"commitments/undertaking/{undertaking}", *asked)

    def _get(self, path: str, *asked: tuple[str, str]) -> Json:
        if (path, asked) not in self._heard:
            answer: Response = self.server.client.get(f"/api/v1/{path}", params=list(asked))
            found: Json = answer.json()
            if answer.status_code != 200:
                raise ServandaError(found["detail"], hint=found.get("hint"))
            self._heard[path, asked] = found
        return self._heard[path, asked]

    def _asked(self, ask: Ask) -> list[tuple[str, str]]:
        """Write what is asked as parameters; to name no source at all, one is left empty."""
        sources = None if ask.sources is None else [f"source/{each}" for each in ask.sources]
        return [
            ("asOf", ask.as_of.isoformat()),
            ("knownAt", ask.known_at.isoformat()),
            ("policy", ask.rule),
            *(("sources", each) for each in ([""] if sources == [] else sources or [])),
            *(
                ("set", f"{self._kind(about)}/{about}={truth}@{since.isoformat()}")
                for about, truth, since in ask.scenario
            ),
        ]

    def _kind(self, name: str) -> str:
        """Tell whether a scenario is about a matter or a condition."""
        return "matter" if f"<{ID}matter/{name}>" in self.turtle else "condition"


def _span(days: Json) -> Span:
    first, last = (date.fromisoformat(days[end]).toordinal() for end in ("earliest", "latest"))
    return Span(first, last)


def _slug(iri: str) -> str:
    return iri.removeprefix(f"{ID}actor/")
