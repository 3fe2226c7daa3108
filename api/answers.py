"""Answers with the results of a query in the format a client prefers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox
from fastapi import Request, Response

from api.calls import Streamed
from api.documents import accepted, writer
from api.formats import BOOLEAN, HTML, RDF, SOLUTIONS, RdfOffer
from api.labels import labels
from api.negotiation import Offer, choose
from api.rendering import Shown, page, shown
from api.state import settings, store
from graph.capped import capped, write_capped
from graph.store import Kind, Results, Term

# What OpenAPI says of a path that answers with results.
DOCUMENTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A table, a yes or no, or the triples of CONSTRUCT and DESCRIBE",
        "content": {offer.media_type: {} for offer in (*SOLUTIONS, *RDF)},
    }
}
# The functions of SPARQL 1.1 (section 17.4) that give another value each time.
_VOLATILE: Final = re.compile(r"\b(now|rand|uuid|struuid|bnode)\b", re.IGNORECASE)
_OFFERS: Final[Mapping[Kind, Sequence[Offer]]] = {
    "solutions": SOLUTIONS,
    "boolean": BOOLEAN,
    "triples": RDF,
}


def respond(
    request: Request, text: str, ask: Callable[[], Results], wanted: str | None, **heading: Any
) -> Response:
    """Ask, and answer in the format `wanted` names, else in the one the header Accept prefers.

    `text` is the query that `ask` asks, and `heading` what the HTML page says above the results.
    Raises AnswerTooLarge, at once or when the answer is written, for more rows than are given out.
    """
    results = ask()
    offer = choose(_OFFERS[results.kind], accept=accepted(request), wanted=wanted)
    most = settings(request).query_rows
    if offer is HTML:
        shown = _shown(request, results, most)
        answer: Response = page(request, "results.html", **heading, **shown)
    elif isinstance(offer, RdfOffer):
        triples = capped(results.triples(), most)
        answer = Response(writer(triples)(offer), media_type=offer.media_type)
    else:
        answer = Streamed(partial(write_capped, ask, results, offer.name, most), offer.media_type)
    answer.headers["Vary"] = "Accept"
    if _VOLATILE.search(text):
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(request: Request, results: Results, most: int) -> dict[str, Any]:
    offers = _OFFERS[results.kind]
    if results.kind == "boolean":
        return {"formats": _others(request, offers), "verdict": results.boolean}
    found = list(capped(results.rows(), most))
    names = labels(store(request), (term for row in found for term in row))
    labelled = _labelled(results.variables, found)
    columns = [name for name in results.variables if name not in labelled.values()]
    return {
        "formats": _others(request, offers),
        "verdict": None,
        "variables": columns,
        "rows": [
            [
                _cell(row[name], row[labelled[name]] if name in labelled else None, names)
                for name in columns
            ]
            for row in found
        ],
    }


def _labelled(variables: Sequence[str], rows: Sequence[ox.QuerySolution]) -> dict[str, str]:
    """Pair each column of IRIs with the column of their labels: `actor` with `actorLabel`."""
    return {
        name: label
        for name in variables
        if (label := f"{name}Label") in variables
        and all(row[name] is None or isinstance(row[name], ox.NamedNode) for row in rows)
    }


def _cell(term: Term | None, label: Term | None, names: Mapping[str, str]) -> Shown | None:
    """Show a term, or its label with the link of the term."""
    own = shown(term, names) if term else None
    if label is None:
        return own
    return replace(shown(label, names), href=own.href if own else None)


def _others(request: Request, offers: Sequence[Offer]) -> list[dict[str, str]]:
    """Link to the same question in the other formats; one that was posted has no address."""
    if request.method != "GET":
        return []
    asked = [item for item in request.query_params.multi_items() if item[0] != "format"]
    others = {offer.name: offer for offer in reversed(offers) if offer is not HTML}
    return [
        {
            "href": "?" + urlencode([*asked, ("format", name)]),
            "name": name,
            "media_type": offer.media_type,
        }
        for name, offer in reversed(others.items())
    ]
