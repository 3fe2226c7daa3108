"""What stands otherwise on another day, or if something were so, undertaking by undertaking."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.asked import Asked, read_assumption
from api.calls import in_worker
from api.errors import InvalidParameter
from api.jobs.changes import Diff, WhatIf
from api.memento import in_any_version
from api.pages.frame import VIEW, framed, shows
from api.past_links import past_root
from api.rendering import page
from api.situation import Json
from api.v1.answering import answered
from api.v1.parameters import AsOf, UnderReadings, read_parameter_day
from graph.errors import InvalidRequest

_WHAT_IF: Final = "/whatif"
_ASSUMING: Final = ("about", "truth", "since", "then")
# Browsers take `//` and `/\` for the beginning of a host, and overlook tabs and ends of lines.
_PAGE_HERE: Final = re.compile(r"(/(?![/\\])[^\\\x00-\x1f?#]*)(?:[?#].*)?", re.DOTALL)

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/diff", dependencies=shows("from"))
@in_worker
def diff(
    request: Request, asked: AsOf, start: Annotated[str | None, Query(alias="from")] = None
) -> Response:
    """Show which states differ between an earlier day and the day asked about."""
    frame = framed(request, asked)
    if start is None:
        before = [day for day in frame.turning_days if day <= asked.as_of]
        earlier = before[-1] - timedelta(days=1) if before else asked.as_of
    else:
        earlier = read_parameter_day(start, "from")
    found = answered(request, Diff(asked, earlier))["changes"]
    same = frame.api("diff", without=["asOf"], from_=earlier, to=asked.as_of)
    return page(
        request,
        "diff.html",
        frame=frame,
        earlier=earlier,
        undertakings=by_undertaking(found),
        same=[{"name": "JSON", "href": same}],
    )


@router.get(_WHAT_IF, dependencies=shows())
@in_worker
def whatif(request: Request, asked: UnderReadings) -> Response:
    """Show what would stand, or wait, otherwise under the scenario."""
    frame = framed(request, asked)
    found = answered(request, WhatIf(asked))["changes"] if asked.scenario else []
    of_state = [each for each in found if each["ofState"]]
    return page(
        request,
        "whatif.html",
        frame=frame,
        undertakings=by_undertaking(of_state),
        waits=by_undertaking(each for each in found if not each["ofState"]),
        posted=_posted(asked),
    )


@router.get(f"{_WHAT_IF}/assume")
def assume(
    request: Request,
    about: str = "",
    truth: str = "true",
    since: str = "",
    then: str = _WHAT_IF,
) -> Response:
    """Lead from the form of an assumption to the page with that in its address.

    A form cannot join its fields into one parameter; nothing is recorded on the way.
    """
    page_here = _PAGE_HERE.fullmatch(then)
    if page_here is None:
        raise InvalidParameter(
            f"`{then}` is no page here", name="then", hint="give a path that begins with one `/`"
        )
    day = f"@{read_parameter_day(since, 'since')}" if since else ""
    assumed = f"{about}={truth}{day}"
    try:
        read_assumption(assumed)
    except InvalidRequest as error:
        raise InvalidParameter(error.message, name="about", hint=error.hint) from None
    kept = [each for each in request.query_params.multi_items() if each[0] not in _ASSUMING]
    root = past_root(request)
    path = page_here[1].removeprefix(root)
    if path == _WHAT_IF:
        kept = [each for each in kept if each[0] in VIEW]
    query = urlencode([*kept, ("set", assumed)], safe="/:@=")
    return RedirectResponse(f"{root}{path}?{query}", status_code=303)


in_any_version(assume)


def by_undertaking(changes: Iterable[Json]) -> list[dict[str, Any]]:
    """Put together the debtors of an undertaking for whom the same changed for the same reasons.

    Where the state stays, what is waited for is what changed.
    """
    found: dict[str, dict[str, Any]] = {}
    for each in changes:
        of = {"id": each["undertaking"], "label": each["label"], "turns": {}}
        turns = found.setdefault(each["undertaking"], of)["turns"]
        because = tuple(cause["text"] for cause in each["because"])
        assumed = tuple(one["label"] for one in each.get("assumptions", ()))
        before, after = _stands(each["before"]), _stands(each["after"])
        waits = each["after"]["sentence"] if before == after else ""
        key = (before, after, waits, because, assumed)
        turn = turns.setdefault(key, {**each, "debtors": []})
        turn["debtors"].append({"id": each["debtor"], "label": each["debtorLabel"]})
    return [{**each, "turns": list(each["turns"].values())} for each in found.values()]


def _stands(standing: Json) -> tuple[str, ...]:
    return standing["state"], *standing["remarks"]


def _posted(asked: Asked) -> dict[str, Any]:
    """Give the body with which a program asks the same."""
    return {
        "asOf": asked.as_of.isoformat(),
        "knownAt": asked.known_at.isoformat(),
        "policy": asked.rule,
        **({} if asked.sources is None else {"sources": list(asked.sources)}),
        "readings": list(asked.readings),
        "set": {each.about: each.value for each in asked.scenario},
    }
