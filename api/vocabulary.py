"""Answers for the ontology's IRIs from the files that are shipped, whatever the graph holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.declared import declarations
from api.documents import DOCUMENTED, Document, Suffix, Wanted, alternates, without_suffix, writer
from api.formats import RdfOffer
from api.labels import best, naming
from api.pages.ontology import Site, reference, term_page
from api.parameters import Parameters
from api.problems import documented
from api.rendering import Shown, href, page, shown, written
from api.state import store
from graph import rdf
from graph.errors import NotFound
from graph.glossary.glossary import shipped
from graph.glossary.terms import Term
from graph.namespaces import ONTOLOGY, SV
from graph.resources import resource

_REFERENCE: Final = "/ontology"
# Nothing else can be a module's name, so no path leads out of the folder.
_MODULE: Final = re.compile(r"[a-z0-9-]{1,60}(/[a-z0-9-]{1,60})?")
# How much two names have in common before one is taken for the other, misspelt.
_LIKE: Final = 0.8

router = APIRouter(tags=["terms"], dependencies=[Depends(Parameters(once=("format",)))])


def _page_of(name: str) -> str:
    return f"{_REFERENCE}/{name}"


def _form_of(query: str) -> str:
    return f"/queries#{query}"


def _answer_to(number: str) -> str:
    return f"{_REFERENCE}/questions/{number}"


_SITE: Final = Site(
    layout="base.html",
    root="/static/",
    reference=_REFERENCE,
    to=href,
    page=_page_of,
    query=_form_of,
    question=_answer_to,
    beside=(
        (f"{_REFERENCE}/pattern", "The core pattern, beside an undertaking that follows it"),
        (f"{_REFERENCE}/questions", "The questions that the ontology was made for, with answers"),
    ),
)


@router.get("/ontology/", include_in_schema=False)
def ontologies(request: Request) -> Response:
    """Lead to the reference."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{_REFERENCE}{query}", status_code=303)


@router.get(
    "/ontology/{module:path}",
    response_class=Response,
    responses={**DOCUMENTED, **documented(404, 406)},
)
def ontology(request: Request, module: str, wanted: Wanted = None) -> Response:
    """Give a module of the ontology, or what is stated of one of its terms.

    A module is in Turtle the shipped file itself, byte for byte.
    """
    name, suffix = without_suffix(module)
    term = shipped().terms.get(name)
    about = _module(request, name) if term is None else _term(request, term)
    return about.respond(request, suffix or wanted)


@router.get("/ns", response_class=Response, responses={**DOCUMENTED, **documented(406)})
@router.get(_REFERENCE, response_class=Response, responses={**DOCUMENTED, **documented(406)})
def terms(request: Request, wanted: Wanted = None) -> Response:
    """Give every term of the ontology.

    The terms of all modules stand together, as they share one namespace. The page is the reference.
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
    def show() -> Response:
        return HTMLResponse(_reference(store(request).head))

    write = writer(quad.triple for quad in declarations())
    return Document(SV, "/ns", write, show).respond(request, wanted)


@lru_cache(maxsize=1)
def _reference(version: int) -> str:
    """Write the reference, which is long, once for each version of the graph that it names."""
    values = reference(shipped(), _SITE)
    return written("ontology.html", version=version, formats=alternates("/ns"), **values)


def _term(request: Request, term: Term) -> Document:
    path = _page_of(term.name)

    def show() -> Response:
        values = term_page(shipped(), _SITE, term, store(request))
        return page(request, "term.html", formats=alternates(path), **values)

    write = writer(quad.triple for quad in _stated(ox.NamedNode(term.iri)))
    return Document(term.iri, path, write, show)


def _stated(node: ox.NamedNode | ox.BlankNode) -> Iterator[ox.Quad]:
    """Give what is declared of a term, with what has no name of its own and is said in it."""
    for quad in declarations():
        if quad.subject == node:
            yield quad
            if isinstance(quad.object, ox.BlankNode):
                yield from _stated(quad.object)


def _module(request: Request, name: str) -> Document:
    turtle = _shipped(name).read_bytes()
    quads = rdf.parse(turtle, format=rdf.TURTLE, source=f"{name}.ttl")
    convert = writer(quad.triple for quad in quads)

    def write(offer: RdfOffer) -> bytes:
        return turtle if offer.format is rdf.TURTLE else convert(offer)

    iri, path = ONTOLOGY + name, f"{_REFERENCE}/{quote(name)}"
    return Document(iri, path, write, lambda: _page(request, iri, path, quads))


def _shipped(name: str) -> Path:
    """Find the file of a module by the module's IRI or by that of the version it has."""
    unversioned = re.sub(r"^\d+\.\d+\.\d+/", "", name)
    path = resource("ontology", f"{unversioned}.ttl")
    if _MODULE.fullmatch(unversioned) and path.is_file():
        version = f"<{ONTOLOGY}{name}>"
        if name == unversioned or version in path.read_text(encoding="utf-8"):
            return path
    modules = [module.name for module in (*shipped().modules, *shipped().alignments)]
    near = get_close_matches(name, [*modules, *shipped().terms], n=1, cutoff=_LIKE)
    raise NotFound(
        f"the ontology has no term and no module `{name}`",
        hint=f"did you mean `{near[0]}`?" if near else f"the modules are {', '.join(modules)}",
    )


def _page(request: Request, iri: str, path: str, quads: Sequence[ox.Quad]) -> Response:
    names = best(naming(quads))
    return page(
        request,
        "vocabulary.html",
        iri=iri,
        label=names.get(iri, iri),
        formats=alternates(path),
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
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(SV):
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
