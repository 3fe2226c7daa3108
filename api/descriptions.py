"""Serves the description of the graph and its datasets, for people, catalogues and harvesters."""

from __future__ import annotations

from typing import Any, Final, cast

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Request, Response

from api.calls import in_worker
from api.catalogue import DCAT, VOID, catalogue
from api.documents import DOCUMENTED, Document, Suffix, Wanted, alternates, writer
from api.labels import labels
from api.parameters import Parameters
from api.problems import documented
from api.rendering import page, shown
from api.state import base, store
from graph.namespaces import PREFIXES
from graph.store import Store, Term

_PATH: Final = "/dataset"
_LICENCE: Final = ox.NamedNode(PREFIXES["dcterms"] + "license")

router = APIRouter(tags=["service"], dependencies=[Depends(Parameters(once=("format",)))])


@router.get(
    "/.well-known/void", response_class=Response, responses={**DOCUMENTED, **documented(406)}
)
@in_worker
def void(request: Request, wanted: Wanted = None) -> Response:
    """Describe the graph and its datasets where VoID has crawlers look (section 7.2)."""
    return _describe(request, wanted)


@router.get(_PATH, response_class=Response, responses={**DOCUMENTED, **documented(406)})
@in_worker
def dataset(request: Request, wanted: Wanted = None) -> Response:
    """Describe the graph and its datasets.

    In VoID and DCAT: title, licence, sources, size, version, endpoint and files.
    """
    return _describe(request, wanted)


@router.get(
    "/dataset.{suffix}",
    response_class=Response,
    responses={**DOCUMENTED, **documented(406)},
    dependencies=[Depends(Parameters())],
)
@in_worker
def dataset_as(request: Request, suffix: Suffix) -> Response:
    """Describe the graph and its datasets in the format of the suffix."""
    return _describe(request, suffix)


def _describe(request: Request, wanted: str | None) -> Response:
    address = base(request)
    triples = list(catalogue(store(request), address))
    about = Document(
        f"{address}dataset",
        _PATH,
        writer(triples),
        lambda: page(request, "catalogue.html", **_shown(store(request), triples)),
    )
    return about.respond(request, wanted)


def _shown(store: Store, triples: list[ox.Triple]) -> dict[str, Any]:
    """Give for the page each dataset with what is said of it, biggest first."""
    kind, size = ox.NamedNode(DCAT + "Dataset"), ox.NamedNode(VOID + "triples")
    of: dict[Term, dict[ox.NamedNode, Term]] = {
        each.subject: {} for each in triples if each.object == kind
    }
    for each in triples:
        if each.subject in of:
            of[each.subject].setdefault(each.predicate, each.object)
    names = labels(store, [*of, *(term for known in of.values() for term in known.values())])
    rows: list[dict[str, Any]] = [
        {
            "dataset": shown(graph, names),
            "size": int(cast("ox.Literal", known[size]).value),
            "licence": known.get(_LICENCE) and shown(known[_LICENCE], names),
        }
        for graph, known in of.items()
    ]
    rows.sort(key=lambda row: row["size"], reverse=True)
    return {"datasets": rows, "formats": alternates(_PATH)}
