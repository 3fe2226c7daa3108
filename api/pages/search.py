"""The search of the pages: whatever has a label, with where it stands; it ranks nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.asked import Asked
from api.calls import in_worker
from api.jobs.pages import Page
from api.jobs.searching import Search, place
from api.pages.frame import Frame, framed, shows
from api.rendering import page
from api.situation import Json
from api.v1.answering import answered
from api.v1.parameters import AsOf

_PER_PAGE: Final = 50

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/search", dependencies=shows("q", "cursor", repeated=("kind",)))
@in_worker
def search(
    request: Request,
    asked: AsOf,
    q: Annotated[str, Query()] = "",
    kind: Annotated[list[str] | None, Query()] = None,
    cursor: Annotated[str | None, Query()] = None,
) -> Response:
    """Find things by words of their labels in any language."""
    frame = framed(request, asked)
    kinds = tuple(each for each in kind or () if each)
    answer = _found(request, frame, asked, q, kinds, cursor) if q.strip() else {"found": None}
    return page(request, "search.html", frame=frame, q=q, kinds=kinds, **answer)


def _found(
    request: Request, frame: Frame, asked: Asked, q: str, kinds: Sequence[str], cursor: str | None
) -> dict[str, Any]:
    found = answered(request, Search(asked, q, tuple(kinds), None, Page(_PER_PAGE, cursor)))
    # Of one kind alone the others are still offered.
    all_kinds = answered(request, Search(asked, q, (), None, Page(1))) if kinds else found
    counts = all_kinds["facets"]["kind"]
    return {
        "found": found,
        "of_all": all_kinds["total"],
        "offered": sorted(counts, key=lambda each: place(each["value"])),
        "items": [{**each, "stands": _stands(frame, each)} for each in found["items"]],
        "next": found["next"] and frame.here(cursor=found["next"]),
        "same": [{"name": "JSON", "href": frame.api("search", q=q, kind=kinds)}],
    }


def _stands(frame: Frame, item: Json) -> list[tuple[str, int | None]]:
    """Give the states of an undertaking with how many debtors have each, or a matter's verdict."""
    situation, thing = frame.situation, item["id"]
    if thing in situation.model.matters:
        return [(situation.world.timeline(thing).at(situation.as_of).verdict.value, None)]
    undertaking = situation.model.undertakings.get(thing)
    debtors = () if undertaking is None else undertaking.debtors
    counts = Counter(situation.states[thing, each].value for each in debtors)
    return [(word, count if count > 1 else None) for word, count in counts.most_common()]
