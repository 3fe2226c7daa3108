"""Lists of undertakings, actors, texts, events and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.asked import Asked
from api.calls import in_worker
from api.errors import InvalidParameter
from api.jobs.facets import Facet
from api.jobs.listed import Listed
from api.jobs.listings import FILTERS, Filters, Undertakings
from api.jobs.pages import Page
from api.jobs.things import ACTORS, Kind, Things
from api.pages.frame import Frame, framed, shows
from api.rendering import page
from api.situation import Json, chosen, shown_day
from api.standings import standing_json
from api.v1.answering import answered
from api.v1.parameters import AsOf
from graph.difference import explained
from graph.model import Id, State, UndertakingKind
from graph.namespaces import ID, SV, abbreviated

_PER_PAGE: Final = 50
_TITLES: Final = {
    Kind.actors: "Actors",
    Kind.instruments: "Texts",
    Kind.events: "Events",
    Kind.sources: "Sources",
}

Cursor = Annotated[str | None, Query()]
Words = Annotated[str, Query()]
Values = Annotated[list[str] | None, Query()]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def _filters(
    debtor: Values = None,
    creditor: Values = None,
    domain: Values = None,
    component: Values = None,
    instrument: Values = None,
    binding: Values = None,
    kind: Values = None,
    state: Values = None,
    q: Words = "",
) -> Filters:
    """Read the filters; what a form leaves empty is no filter."""
    return Filters(
        debtor=_given(debtor),
        creditor=_given(creditor),
        domain=_given(domain),
        component=_given(component),
        instrument=_given(instrument),
        binding=_given(binding),
        kind=_given(kind, UndertakingKind),
        state=_given(state, State),
        q=q,
    )


def _given(values: list[str] | None, words: type[Enum] | None = None) -> tuple[str, ...]:
    found = tuple(each for each in values or () if each)
    known = found if words is None else [word.value for word in words]
    for each in found:
        if each not in known:
            name = "kind" if words is UndertakingKind else "state"
            hint = "there is " + ", ".join(f"`{word}`" for word in known)
            raise InvalidParameter(f"there is no {name} `{each}`", name=name, hint=hint)
    return found


@router.get("/commitments", dependencies=shows("q", "cursor", repeated=FILTERS))
@in_worker
def commitments(
    request: Request,
    asked: AsOf,
    filters: Annotated[Filters, Depends(_filters)],
    cursor: Cursor = None,
) -> Response:
    """List undertakings with the state of each debtor, filtered by a form."""
    frame = framed(request, asked)
    job = Undertakings(asked, filters, Page(_PER_PAGE, cursor), facets=tuple(Facet))
    found = answered(request, job)
    own = {name: getattr(filters, name) for name in FILTERS} | {"q": filters.q or None}
    return page(
        request,
        "commitments.html",
        frame=frame,
        found=found,
        items=spread(frame, found["items"], _sole_debtor(frame, filters)),
        fields=list(_fields(frame, found["facets"], filters)),
        chosen=list(_chosen(frame, filters)),
        filters=filters,
        next=found["next"] and frame.here(cursor=found["next"]),
        same=frame.downloads(**own),
        follow="/feeds/all.atom",
    )


def _sole_debtor(frame: Frame, filters: Filters) -> Id | None:
    """Give the debtor that the list is about; None where it is about none or several."""
    if len(filters.debtor) != 1 or filters.debtor[0] == "none":
        return None
    return chosen(filters.debtor[0], frame.situation.triples.a(*ACTORS), "debtor", "debtor")


def spread(frame: Frame, items: Iterable[Json], debtor: Id | None = None) -> list[dict[str, Any]]:
    """Give undertakings with their debtors by state, most first; for one debtor, its own part."""
    found = []
    for each in items:
        own = _own(frame, each, debtor)
        waits = None if own else _waits(frame, each)
        binds = force(frame, each["id"], debtor)
        found.append({**_spread(each), "force": binds, "own": own, "waits": waits})
    return found


def _waits(frame: Frame, item: Json) -> Json | None:
    """Say in a sentence what the first of the debtors for whom it is conditional waits for."""
    waiting = [each for each in item["debtors"] if each["state"] == State.CONDITIONAL.value]
    if not waiting:
        return None
    found = explained(frame.situation.view, item["id"], waiting[0]["id"])
    sentence: str = standing_json(frame.situation, found)["sentence"]
    return {**waiting[0], "sentence": sentence, "others": len(waiting) - 1}


def force(frame: Frame, undertaking: Id, debtor: Id | None = None) -> str:
    """Say how an undertaking binds its debtors, or one of them."""
    situation = frame.situation
    of = Listed(situation, situation.model.undertakings[undertaking])
    found = of.forces if debtor is None else of.forces_for(debtor)
    return " and ".join(situation.name(each) for each in found) or "not stated"


def _own(frame: Frame, item: Json, debtor: Id | None) -> dict[str, Any] | None:
    """Say where an undertaking stands for one debtor; None where it is not named itself."""
    if debtor is None or debtor not in {each["id"] for each in item["debtors"]}:
        return None
    found = explained(frame.situation.view, item["id"], debtor)
    return {
        **standing_json(frame.situation, found),
        "since": shown_day(found.phase.start),
    }


def _spread(item: Json) -> dict[str, Any]:
    counts: dict[str, list[Json]] = {}
    for debtor in item["debtors"]:
        counts.setdefault(debtor["state"], []).append(debtor)
    most_first = sorted(counts.items(), key=lambda each: -len(each[1]))
    return {**item, "spread": [{"word": word, "debtors": these} for word, these in most_first]}


def _fields(frame: Frame, facets: Json, filters: Filters) -> Iterator[dict[str, Any]]:
    """Offer for each filter what the list has, with how often, and what is chosen already."""
    for name in FILTERS:
        chosen = getattr(filters, name)
        offered = [
            {**each, "value": value, "chosen": value in chosen}
            for each in facets[name]
            for value in [abbreviated(each["value"])]
        ]
        known = {one["value"] for one in offered}
        offered += [
            {"value": each, "label": _name(frame, each), "count": None, "chosen": True}
            for each in chosen
            if each not in known
        ]
        yield {"name": name, "options": offered}


def _name(frame: Frame, value: str) -> str:
    """Name what a filter is set to; what has no label, as it was given."""
    iri = SV + value.removeprefix("sv:") if value.startswith("sv:") else ID + value
    return frame.situation.snapshot.names(frame.language).get(iri, value)


def _chosen(frame: Frame, filters: Filters) -> Iterator[dict[str, str]]:
    """Name each filter that is set, with the address of the list without it."""
    for name in FILTERS:
        values = getattr(filters, name)
        for value in values:
            rest = [each for each in values if each != value]
            href = frame.here(**{name: rest, "cursor": None})
            yield {"name": name, "value": _name(frame, value), "href": href}
    if filters.q:
        yield {"name": "words", "value": filters.q, "href": frame.here(q=None, cursor=None)}


@router.get("/actors", dependencies=shows("q", "cursor"))
@in_worker
def actors(request: Request, asked: AsOf, q: Words = "", cursor: Cursor = None) -> Response:
    """List the actors."""
    return _things(request, asked, Kind.actors, q, cursor)


@router.get("/instruments", dependencies=shows("q", "cursor"))
@in_worker
def instruments(request: Request, asked: AsOf, q: Words = "", cursor: Cursor = None) -> Response:
    """List the texts that record undertakings."""
    return _things(request, asked, Kind.instruments, q, cursor)


@router.get("/events", dependencies=shows("q", "cursor"))
@in_worker
def events(request: Request, asked: AsOf, q: Words = "", cursor: Cursor = None) -> Response:
    """List events, with whether each has happened by the day asked about."""
    return _things(request, asked, Kind.events, q, cursor)


@router.get("/sources", dependencies=shows("q", "cursor"))
@in_worker
def sources(request: Request, asked: AsOf, q: Words = "", cursor: Cursor = None) -> Response:
    """List the sources."""
    return _things(request, asked, Kind.sources, q, cursor)


def _things(request: Request, asked: Asked, kind: Kind, q: str, cursor: str | None) -> Response:
    frame = framed(request, asked)
    found = answered(request, Things(asked, kind, q, Page(_PER_PAGE * 2, cursor)))
    return page(
        request,
        "things.html",
        frame=frame,
        title=_TITLES[kind],
        others=[(f"/{each.value}", title) for each, title in _TITLES.items()],
        found=found,
        q=q,
        next=found["next"] and frame.here(cursor=found["next"]),
        same=[{"name": "JSON", "href": frame.api(kind.value, q=q or None)}],
    )
