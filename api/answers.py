"""Answers with the results of a query in the format a client prefers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Request, Response

from api.calls import Streamed
from api.documents import accepted, writer
from api.formats import BOOLEAN, DOCUMENT, HTML, SOLUTIONS, RdfOffer
from api.negotiation import Offer, choose
from api.rendering import page
from api.snippets import snippets
from api.state import base, settings, store
from api.tabulated import solutions, triples
from graph.capped import capped, write_capped
from graph.results import Kind, Results

# What OpenAPI says of a path that answers with results.
DOCUMENTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A table, a yes or no, or the triples of CONSTRUCT and DESCRIBE",
        "content": {offer.media_type: {} for offer in (*SOLUTIONS, *DOCUMENT)},
    }
}
# How many rows a page shows; the other formats have all.
_ON_A_PAGE: Final = 1000
# The functions of SPARQL 1.1 (section 17.4) that give another value each time.
_VOLATILE: Final = re.compile(r"\b(now|rand|uuid|struuid|bnode)\b", re.IGNORECASE)
_OFFERS: Final[Mapping[Kind, Sequence[Offer]]] = {
    "solutions": SOLUTIONS,
    "boolean": BOOLEAN,
    "triples": DOCUMENT,
}


def respond(
    request: Request,
    text: str,
    ask: Callable[[], Results],
    wanted: str | None,
    *,
    format_names: Collection[str] = ("format",),
    **heading: Any,
) -> Response:
    """Ask, and answer in the format `wanted` names, else in the one the header Accept prefers.

    `text` is the query that `ask` asks, `format_names` are the parameters that name a format, and
    `heading` is what the HTML page says above the results. A page shows the first of many rows.
    Raises AnswerTooLarge, at once or when the answer is written, for more rows than are given out.
    """
    results = ask()
    offer = choose(_OFFERS[results.kind], accept=accepted(request), wanted=wanted)
    most = settings(request).query_rows
    if offer is HTML:
        answer: Response = page(
            request, "results.html", **heading, **_shown(request, results, most, format_names)
        )
    elif isinstance(offer, RdfOffer):
        given = capped(results.triples(), most)
        answer = Response(writer(given)(offer), media_type=offer.media_type)
    else:
        answer = Streamed(partial(write_capped, ask, results, offer.name, most), offer.media_type)
    answer.headers["Vary"] = "Accept"
    if _VOLATILE.search(text):
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(
    request: Request, results: Results, most: int, format_names: Collection[str]
) -> dict[str, Any]:
    others = _others(request, _OFFERS[results.kind], format_names)
    beside = {
        "downloads": others,
        "snippets": snippets(results.kind, {one.name: one.address for one in others})
        if others
        else [],
    }
    if results.kind == "boolean":
        return {**beside, "verdict": results.boolean, "table": None}
    tabulate = triples if results.kind == "triples" else solutions
    table = tabulate(store(request), results, min(_ON_A_PAGE, most))
    return {**beside, "verdict": None, "table": table, "most": most}


@dataclass(frozen=True)
class Download:
    """An answer in another format; `href` leads there from its page, `address` from anywhere."""

    name: str
    media_type: str
    href: str
    address: str


def _others(
    request: Request, offers: Sequence[Offer], format_names: Collection[str]
) -> list[Download]:
    """Link to the same question in the other formats; one that was posted has no address."""
    if request.method != "GET":
        return []
    asked = [item for item in request.query_params.multi_items() if item[0] not in format_names]
    here = base(request) + request.url.path.removeprefix("/")
    others = {offer.name: offer for offer in reversed(offers) if offer is not HTML}
    links = {name: "?" + urlencode([*asked, ("format", name)]) for name in reversed(others)}
    return [
        Download(name, others[name].media_type, link, here + link) for name, link in links.items()
    ]
