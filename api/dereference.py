"""Answers for the IRIs of things and datasets: what the source graphs say about each."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from api.calls import in_worker
from api.documents import (
    DOCUMENTED,
    Document,
    Wanted,
    accepted,
    alternates,
    without_suffix,
    writer,
)
from api.errors import Missing
from api.formats import DOCUMENT
from api.labels import labels
from api.nearest import nearest
from api.negotiation import choose
from api.pages.entities import Entity
from api.pages.frame import shows
from api.pages.record import rows
from api.parameters import Parameters
from api.problems import documented
from api.rendering import page, shown
from api.state import store
from api.v1.parameters import Debtor, UnderReadings
from graph.errors import NotFound
from graph.namespaces import DATA, ID
from graph.store import Store

_MOST_LISTED: Final = 500

router = APIRouter(tags=["things"])
_ASKED: Final = shows("format", "debtor")


@router.get(
    "/id/{kind}/{slug}",
    dependencies=_ASKED,
    status_code=303,
    response_class=Response,
    responses={303: {"description": "To the document about the thing"}, **documented(404, 406)},
)
@in_worker
def thing(request: Request, kind: str, slug: str, wanted: Wanted = None) -> Response:
    """Lead from a thing to the document about it.

    No server can send the thing itself: https://www.w3.org/TR/cooluris/#r303gendocument.
    """
    _, suffix = _known(store(request), kind, slug)
    choose(DOCUMENT, accept=accepted(request), wanted=suffix or wanted)
    query = f"?{request.url.query}" if request.url.query else ""
    location = f"{request.scope['root_path']}/doc/{quote(kind)}/{quote(slug)}{query}"
    return RedirectResponse(location, status_code=303, headers={"Vary": "Accept"})


@router.get(
    "/doc/{kind}/{slug}",
    dependencies=_ASKED,
    response_class=Response,
    responses={**DOCUMENTED, **documented(404, 406)},
)
@in_worker
def document(
    request: Request,
    kind: str,
    slug: str,
    asked: UnderReadings,
    debtor: Debtor = None,
    wanted: Wanted = None,
) -> Response:
    """Say what the sources state about a thing.

    These are all statements with the thing as subject or as object, whatever day is asked about. A
    page also shows where an undertaking stands, and the like, on that day.
    """
    node, suffix = _known(store(request), kind, slug)
    path = f"/doc/{quote(node.value.removeprefix(ID))}"
    quads = _statements(store(request), node)
    about = Document(
        node.value,
        path,
        writer(quad.triple for quad in quads),
        Entity(request, asked, node, path, quads, debtor).respond,
    )
    return about.respond(request, suffix or wanted)


@router.get(
    "/data/{name}",
    dependencies=[Depends(Parameters(once=("format",)))],
    response_class=Response,
    responses={**DOCUMENTED, **documented(404, 406)},
)
@in_worker
def dataset(request: Request, name: str, wanted: Wanted = None) -> Response:
    """Give the statements of a dataset.

    A dataset is what one source document says, in one named graph.
    """
    node, suffix = _dataset(store(request), name)
    path = f"/data/{quote(node.value.removeprefix(DATA))}"
    quads = list(store(request).quads(node))
    about = Document(
        node.value,
        path,
        writer(quad.triple for quad in quads),
        lambda: page(request, "dataset.html", **_dataset_page(store(request), node, path, quads)),
    )
    return about.respond(request, suffix or wanted)


def _known(store: Store, kind: str, slug: str) -> tuple[ox.NamedNode, str | None]:
    """Find the thing a path names, and the format where the path ends in one."""
    for name, suffix in dict.fromkeys([(slug, None), without_suffix(slug)]):
        try:
            node = ox.NamedNode(f"{ID}{kind}/{name}")
        except ValueError:
            continue
        if store.query(f"ASK {{ {_about(node)} }}").boolean:
            return node, suffix
    near = nearest(store, f"{kind}/{slug}")
    hint = (
        f"did you mean {near[0][1].replace('/doc/', '/id/', 1)}?"
        if near
        else "look for it with /search, /queries or /sparql"
    )
    raise Missing(f"the graph says nothing about `{ID}{kind}/{slug}`", hint=hint, near=near)


def _dataset(store: Store, name: str) -> tuple[ox.NamedNode, str | None]:
    graphs = {graph.value: graph for graph in store.graphs()}
    for stem, suffix in ((name, None), without_suffix(name)):
        if DATA + stem in graphs:
            return graphs[DATA + stem], suffix
    names = [iri.removeprefix(DATA) for iri in graphs if iri.startswith(DATA)]
    near = get_close_matches(name, names)
    hint = (
        "did you mean " + " or ".join(f"`{each}`" for each in near)
        if near
        else f"there is {', '.join(names) or 'none'}"
    )
    raise NotFound(f"there is no dataset `{name}`", hint=hint)


def _about(node: ox.NamedNode) -> str:
    # A NamedNode holds no character that could end the <> it is written in.
    return f"""
        {{ GRAPH ?graph {{ {node} ?property ?value }} BIND({node} AS ?subject) }} UNION
        {{ GRAPH ?graph {{ ?subject ?property {node} }} BIND({node} AS ?value) }}
        FILTER(STRSTARTS(STR(?graph), "{DATA}"))"""


def _statements(store: Store, node: ox.NamedNode) -> list[ox.Quad]:
    text = f"""
        SELECT DISTINCT ?subject ?property ?value ?graph WHERE {{ {_about(node)} }}
        ORDER BY ?property ?value ?subject ?graph"""
    return [
        ox.Quad(row["subject"], row["property"], row["value"], row["graph"])
        for row in store.query(text).rows()
    ]


def _dataset_page(
    store: Store, node: ox.NamedNode, path: str, quads: Sequence[ox.Quad]
) -> dict[str, Any]:
    subjects = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    described = sorted((one for one in subjects if one.value.startswith(ID)), key=str)
    things = described[:_MOST_LISTED]
    header = [quad for quad in quads if quad.subject == node]
    names = labels(store, [*things, *(term for quad in header for term in quad)])
    return {
        "iri": node.value,
        "label": shown(node, names).text,
        "formats": alternates(path),
        "stated": rows(None, names, header, node)["stated"],
        "size": len(quads),
        "described": len(described),
        "things": [shown(one, names) for one in things],
    }
