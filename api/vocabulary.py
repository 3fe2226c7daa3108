"""Answers for the ontology's IRIs from the files that are shipped, whatever the graph holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from api.declared import declarations
from api.documents import DOCUMENTED, Document, Suffix, Wanted, alternates, without_suffix, writer
from api.formats import RdfOffer
from api.labels import best, naming
from api.parameters import Parameters
from api.problems import documented
from api.rendering import Shown, page, shown
from graph import rdf
from graph.errors import NotFound
from graph.namespaces import ONTOLOGY, SV
from graph.resources import resource

# Nothing else can be a module's name, so no path leads out of the folder.
_MODULE: Final = re.compile(r"[a-z0-9-]{1,60}(/[a-z0-9-]{1,60})?")
_DECLARED: Final = re.compile(re.escape(SV) + r"(?P<name>[A-Za-z0-9_-]+)")

router = APIRouter(tags=["terms"], dependencies=[Depends(Parameters(once=("format",)))])


@router.get("/ontology", include_in_schema=False)
@router.get("/ontology/", include_in_schema=False)
def ontologies(request: Request) -> Response:
    """Lead to the terms, whose page lists the modules."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/ns{query}", status_code=303)


@router.get(
    "/ontology/{module:path}",
    response_class=Response,
    responses={**DOCUMENTED, **documented(404, 406)},
)
def ontology(request: Request, module: str, wanted: Wanted = None) -> Response:
    """Give a module of the ontology.

    As Turtle it is the shipped file itself, byte for byte.
    """
    name, suffix = without_suffix(module)
    shipped = _shipped(name)
    turtle = shipped.read_bytes()
    quads = rdf.parse(turtle, format=rdf.TURTLE, source=f"{name}.ttl")
    convert = writer(quad.triple for quad in quads)

    def write(offer: RdfOffer) -> bytes:
        return turtle if offer.format is rdf.TURTLE else convert(offer)

    iri, path = ONTOLOGY + name, f"/ontology/{quote(name)}"
    about = Document(iri, path, write, lambda: _page(request, iri, path, quads))
    return about.respond(request, suffix or wanted)


@router.get("/ns", response_class=Response, responses={**DOCUMENTED, **documented(406)})
def terms(request: Request, wanted: Wanted = None) -> Response:
    """Give every term of the ontology.

    The terms of all modules stand together, as they share one namespace.
    """
    return _terms(request, wanted)


@router.get(
    "/ns.{suffix}",
    response_class=Response,
    responses={**DOCUMENTED, **documented(406)},
    dependencies=[Depends(Parameters())],
)
def terms_as(request: Request, suffix: Suffix) -> Response:
    """Give every term of the ontology in the format of the suffix."""
    return _terms(request, suffix)


def _terms(request: Request, wanted: str | None) -> Response:
    quads = declarations()
    write = writer(quad.triple for quad in quads)
    about = Document(SV, "/ns", write, lambda: _page(request, SV, "/ns", quads))
    return about.respond(request, wanted)


def _shipped(name: str) -> Path:
    """Find the file of a module by the module's IRI or by that of the version it has."""
    unversioned = re.sub(r"^\d+\.\d+\.\d+/", "", name)
    path = resource("ontology", f"{unversioned}.ttl")
    if _MODULE.fullmatch(unversioned) and path.is_file():
        version = f"<{ONTOLOGY}{name}>"
        if name == unversioned or version in path.read_text(encoding="utf-8"):
            return path
    raise NotFound(f"there is no ontology module `{name}`", hint=f"there is {', '.join(_names())}")


def _names() -> list[str]:
    """Name every module, as its address does."""
    folder = resource("ontology")
    return sorted(
        path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.ttl")
    )


def _page(request: Request, iri: str, path: str, quads: Sequence[ox.Quad]) -> Response:
    names = best(naming(quads))
    return page(
        request,
        "vocabulary.html",
        iri=iri,
        label=names.get(iri, "Terms of Servanda"),
        formats=alternates(path),
        modules=_names() if iri == SV else [],
        about=_grouped((q for q in quads if q.subject == ox.NamedNode(iri)), names),
        terms=[
            {
                "anchor": term.removeprefix(SV),
                "label": names.get(term, term.removeprefix(SV)),
                "statements": _grouped(statements, names),
            }
            for term, statements in _by_term(quads)
        ],
    )


def _by_term(quads: Iterable[ox.Quad]) -> list[tuple[str, list[ox.Quad]]]:
    found: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and _DECLARED.fullmatch(quad.subject.value):
            found.setdefault(quad.subject.value, []).append(quad)
    return sorted(found.items())


def _grouped(
    statements: Iterable[ox.Quad], names: Mapping[str, str]
) -> list[tuple[Shown, list[Shown]]]:
    """Put the values of each property together, in the order of the properties' names."""
    grouped: dict[str, tuple[Shown, list[Shown]]] = {}
    for quad in statements:
        heading = shown(quad.predicate, names)
        grouped.setdefault(heading.text, (heading, []))[1].append(shown(quad.object, names))
    return [group for _, group in sorted(grouped.items())]
