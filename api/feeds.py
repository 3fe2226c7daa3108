"""Feeds of what changed its state in the world: all of it, of an actor, of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api import atom
from api.asked import Asked
from api.calls import in_worker
from api.identifiers import identified, short
from api.jobs.things import ACTORS, INSTRUMENTS
from api.jobs.turns import Turn, turns
from api.parameters import Parameters
from api.problems import documented
from api.situation import Situation
from api.standings import causes_json
from api.state import base, snapshot
from graph.model import Id
from graph.namespaces import BASE, ID

_MOST: Final = 500
_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FOUND: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A page of the feed",
        "content": {atom.MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}
_SUBTITLE: Final = (
    "Changes of states in the world up to today, by all that is recorded. An entry is updated when "
    "what it rests on was recorded; dcterms:date is the day of the change."
)

router = APIRouter(
    prefix="/feeds", tags=["feeds"], dependencies=[Depends(Parameters(once=("page", "limit")))]
)
PageNumber = Annotated[int, Query(description="Which page, from 1", ge=1, examples=[1])]
Limit = Annotated[
    int, Query(description="The most entries on a page", ge=1, le=_MOST, examples=[50])
]
Slug = Annotated[str, Path(description="The end of its identifier")]


@router.get("/all.atom", response_class=Response, responses={**_FOUND, **documented(400)})
@in_worker
def all_changes(request: Request, page: PageNumber = 1, limit: Limit = 50) -> Response:
    """Give the feed of every change of a state."""
    return _respond(request, "", lambda turn: True, page, limit)


@router.get(
    "/actor/{slug}.atom", response_class=Response, responses={**_FOUND, **documented(400, 404)}
)
@in_worker
def of_actor(
    request: Request,
    slug: Annotated[Slug, Path(examples=["france"])],
    page: PageNumber = 1,
    limit: Limit = 50,
) -> Response:
    """Give the feed of what an actor owes, or is owed."""
    actor = _named(request, f"actor/{slug}", ACTORS, "actor")
    return _respond(request, actor, lambda turn: actor in turn.concerns(), page, limit)


@router.get(
    "/instrument/{slug}.atom",
    response_class=Response,
    responses={**_FOUND, **documented(400, 404)},
)
@in_worker
def of_instrument(
    request: Request,
    slug: Annotated[Slug, Path(examples=["paris-framework"])],
    page: PageNumber = 1,
    limit: Limit = 50,
) -> Response:
    """Give the feed of what a text records."""
    text = _named(request, f"instrument/{slug}", INSTRUMENTS, "instrument")
    return _respond(request, text, lambda turn: text in turn.instruments(), page, limit)


def _named(request: Request, given: str, classes: Iterable[str], noun: str) -> Id:
    return identified(given, snapshot(request).triples.a(*classes), noun)


def _respond(
    request: Request, about: Id, fits: Callable[[Turn], bool], page: int, limit: int
) -> Response:
    situation = Situation.of(snapshot(request), Asked())
    found = [(_updated(turn), turn) for turn in turns(situation) if fits(turn)]
    found.sort(key=lambda each: (each[0], each[1].day, each[1].key), reverse=True)
    shown = found[(page - 1) * limit : page * limit]
    feed = atom.Feed(
        id=f"{BASE}feeds/{short(about) or 'all'}",
        title=f"Changes of states: {situation.name(about)}" if about else "Changes of states",
        subtitle=_SUBTITLE,
        author="Servanda",
        updated=found[0][0] if found else _FIRST,
        links=tuple(_pages(request, len(found), page, limit)),
        entries=tuple(_entry(request, turn, updated) for updated, turn in shown),
    )
    return Response(atom.write(feed), media_type=atom.MEDIA_TYPE)


def _pages(request: Request, total: int, page: int, limit: int) -> Iterable[atom.Link]:
    """Link to the pages of a feed (RFC 5005, section 3)."""
    last = max(1, -(-total // limit))
    numbers = {"self": page, "first": 1, "last": last, "previous": page - 1, "next": page + 1}
    for rel, number in numbers.items():
        if rel == "self" or 1 <= number <= last:
            query = urlencode({"page": number, "limit": limit})
            address = f"{base(request)}{quote(request.url.path[1:])}?{query}"
            yield atom.Link(rel, address, atom.MEDIA_TYPE)


def _updated(turn: Turn) -> datetime:
    """Give when the last of what an entry rests on was recorded, and not before its day began."""
    rests_on = (
        turn.undertaking.id,
        *(cause.about for cause in turn.causes()),
        *(claim.id for claim in turn.claims()),
    )
    recorded = map(turn.situation.snapshot.store.changed, rests_on)
    began = datetime.combine(date.fromordinal(turn.day), time(), UTC)
    return max(began, *(moment for moment in recorded if moment is not None))


def _entry(request: Request, turn: Turn, updated: datetime) -> atom.Entry:
    name, path = turn.situation.name, quote(short(turn.undertaking.id))
    states = f"{turn.before.value} → {turn.after.value}"
    return atom.Entry(
        id=f"tag:w3id.org,2026:servanda/change/{turn.key}",
        title=f"{name(turn.debtor)}: {name(turn.undertaking.id)}: {states}",
        summary=_sentence(turn),
        updated=updated,
        day=date.fromordinal(turn.day).isoformat(),
        category=turn.state,
        links=(
            atom.Link("alternate", f"{base(request)}doc/{path}", "text/html"),
            atom.Link(
                "related",
                f"{base(request)}api/v1/commitments/{path}/timeline",
                "application/json",
            ),
        )
        if turn.undertaking.id.startswith(ID)
        else (atom.Link("alternate", turn.undertaking.id, "text/html"),),
    )


def _sentence(turn: Turn) -> str:
    """Say what changed on which day, through what, and where that stands."""
    situation = turn.situation
    name = situation.name
    because = [each["text"] for each in causes_json(situation, turn.causes(), turn.debtor)]
    sources = {source for claim in turn.claims() for source in claim.sources}
    texts = sorted({*map(name, (*sources, *turn.instruments()))}, key=str.casefold)
    told = [
        f"On {situation.sentences.day(turn.day)} “{name(turn.undertaking.id)}” went from "
        f"{turn.before.value} to {turn.after.value} for {name(turn.debtor)}",
        _listed("because ", because),
        _listed("according to ", texts),
    ]
    return f"{', '.join(filter(None, told))}."


def _listed(word: str, parts: Sequence[str]) -> str:
    return f"{word}{'; '.join(parts)}" if parts else ""
