"""The state of the service and the pages that explain problems."""

from __future__ import annotations

from importlib.metadata import version as installed_version
from typing import Any, Final

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from api.errors import NotReady
from api.parameters import Parameters
from api.pool import Runner
from api.problem_kinds import KINDS
from api.problems import documented
from api.rendering import page
from api.state import database, store
from graph.errors import NotFound
from graph.namespaces import ONTOLOGY, PREFIXES

_ONTOLOGY_VERSION: Final = f"""
    SELECT ?version WHERE {{ <{ONTOLOGY}core> <{PREFIXES["owl"]}versionIRI> ?version }}"""

router = APIRouter(tags=["service"], dependencies=[Depends(Parameters())])


class Health(BaseModel):
    """Whether the service can answer."""

    status: str


class Version(BaseModel):
    """What answers: a version of the software, of the graph and of the ontology."""

    servanda: str = Field(examples=["0.1.0"])
    graph: int = Field(description="Number of the last transaction in the journal; 0 is empty")
    ontology: str | None = Field(description="owl:versionIRI of the ontology in the graph")


@router.get("/healthz", responses=documented())
async def healthz() -> Health:
    """Say that the server runs."""
    return Health(status="ok")


@router.get("/readyz", responses=documented(503))
async def readyz(request: Request) -> Health:
    """Say whether the graph can be asked.

    It can once something has been loaded and a worker has it.
    """
    if database(request).version == 0:
        raise NotReady(
            "the graph is empty", hint="load data with `servanda load`, then start the server again"
        )
    runner: Runner = request.app.state.runner
    if not runner.ready:
        raise NotReady("no worker has the graph yet", hint="ask again in a while")
    return Health(status="ready")


@router.get("/version", responses=documented())
def version(request: Request) -> Version:
    """Name the versions that an answer depends on."""
    rows = store(request).query(_ONTOLOGY_VERSION).rows()
    ontology: Any = next((row["version"] for row in rows), None)
    return Version(
        servanda=installed_version("servanda"),
        graph=database(request).version,
        ontology=ontology.value if isinstance(ontology, ox.NamedNode) else None,
    )


@router.get("/problems/{slug}", response_class=HTMLResponse, responses=documented(404))
def problem(request: Request, slug: str) -> Response:
    """Explain a kind of problem."""
    kind = next((kind for kind in KINDS if kind.slug == slug), None)
    if kind is None:
        raise NotFound(
            f"there is no kind of problem `{slug}`",
            hint="there is " + ", ".join(kind.slug for kind in KINDS),
        )
    return page(request, "problem.html", kind=kind)
