"""Writes HTML pages from the templates in web/; every value of the graph in them is escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.declared import declared_terms
from api.identifiers import short
from api.labels import BETWEEN, judged, readable
from api.memento import RECORDED, is_there
from api.past_links import page_below, past_root
from api.state import store
from graph.errors import NotFound
from graph.namespaces import BASE, SV
from graph.query import NamedQuery, find
from graph.resources import resource
from graph.sentences import spelled
from graph.store import Term

_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(resource("web", "templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
# Where npm could not be reached they were not built, and pages do without.
_TEMPLATES.globals["has_islands"] = resource("web", "static/islands/page.js").exists()
# The pages that lead to all others, in the order of the heading.
_WAYS: Final = (
    ("/matrix", "Matrix"),
    ("/commitments", "Commitments"),
    ("/actors", "Actors"),
    ("/circles", "Circles"),
    ("/diff", "Changes"),
    ("/gaps", "Gaps"),
    ("/search", "Search"),
)
# What can be meant by a path that leads nowhere.
_PLACES: Final = (
    *(path for path, _ in _WAYS),
    *("/instruments", "/events", "/sources", "/whatif"),
    *("/sparql", "/queries", "/ontology", "/ns", "/docs", "/dataset"),
)
# How errors mark what was given, and what there is in its place.
_MARKED: Final = re.compile("`([^`]+)`")
_MEANT: Final = "did you mean"
# What this server answers for; other IRIs of ours (shapes, skolem nodes) have no page.
_PAGES: Final = ("id/", "data/", "ontology/", "ns#")
# HTML has no way to write these (https://html.spec.whatwg.org/#preprocessing-the-input-stream).
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Shown:
    """A term of the graph as a page shows it; `href` leads to its page where it has one."""

    text: str
    href: str | None = None
    language: str | None = None


def _spelled(day: str | date) -> str:
    return spelled(date.fromisoformat(day) if isinstance(day, str) else day)


def slug(word: str) -> str:
    """Write a word as the name of a class in a style sheet."""
    return re.sub("[^a-z]+", "-", word)


_TEMPLATES.filters |= {"spelled": _spelled, "slug": slug, "short": short, "judged": judged}
_TEMPLATES.globals |= {"ways": _WAYS, "between": BETWEEN}


def load_templates() -> None:
    """Read every template: where a page is written later, no file can be opened."""
    for name in _TEMPLATES.list_templates():
        _TEMPLATES.get_template(name)


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """Write a page; `values` are what its template asks for.

    With a `frame` it says as of which day it speaks and keeps that in its links; without one it is
    about the record or the service and knows no day.
    """
    root = past_root(request) if is_there(request) else ""
    values = {
        "version": store(request).head,
        "recorded": request.scope.get(RECORDED),
        "present": _present(request),
        **values,
    }
    text = page_below(root, written(template, **values))
    return HTMLResponse(text, status_code=status, headers=headers)


def written(template: str, **values: Any) -> str:
    """Give the text of a page; whoever serves it names the `version` of the graph."""
    values = {"frame": None, "follow": None, "recorded": None, **values}
    return _UNWRITABLE.sub("\ufffd", _TEMPLATES.get_template(template).render(values))


def _present(request: Request) -> str:
    """Give the address of the same page in the newest version."""
    query = f"?{request.url.query}" if request.url.query else ""
    return _path(request) + query


def problem_page(
    request: Request, problem: Mapping[str, Any], headers: Mapping[str, str]
) -> HTMLResponse:
    """Show a problem document (RFC 9457), with the form that led to it as it was filled in."""
    path, is_read = _path(request), request.method in ("GET", "HEAD")
    query = _named_query(path)
    return page(
        request,
        "error.html",
        status=problem["status"],
        headers=headers,
        problem=problem,
        asked=request.query_params.get("query", "") if path == "/sparql" else None,
        query=query,
        given=request.query_params,
        path=path if is_read else None,
        offers=_offers(request, problem) if is_read else [],
        # To look for them might take long, and this is not run in a worker.
        things=[],
    )


def _path(request: Request) -> str:
    """Give what is asked about in whichever version: links are led below that of the page."""
    return request.url.path.removeprefix(past_root(request))


def _offers(request: Request, problem: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give what may have been meant, each with its address, in which the rest stays as given."""
    path, given = _path(request), request.query_params.multi_items()
    wrong = _MARKED.search(problem["detail"])
    meant = _MARKED.findall(problem.get("hint", "").partition(_MEANT)[2])
    if wrong is not None and meant:
        return [(each, _instead(path, given, wrong[1], each)) for each in meant]
    near = [
        (f"{each['label']} ({each['href'].split('/')[2]})", each["href"])
        for each in problem.get("near", ())
    ]
    if not near and problem["status"] == HTTPStatus.NOT_FOUND:
        near = [(each, each) for each in get_close_matches(path, _PLACES)]
    return [(label, addressed(href, given)) for label, href in near]


def _instead(path: str, given: Sequence[tuple[str, str]], wrong: str, right: str) -> str:
    """Write the address that was asked for with something in it put right."""
    if path.endswith(f"/{wrong}"):
        path = path.removesuffix(wrong) + right
    # What is wrong may be short, and part of other words or of a day.
    whole = re.compile(rf"(?<![\w/:-]){re.escape(wrong)}(?![\w/:-])")
    return addressed(path, [(name, whole.sub(lambda _: right, value)) for name, value in given])


def addressed(path: str, parameters: Sequence[tuple[str, str]]) -> str:
    """Write an address with its parameters."""
    return f"{path}?{query_string(parameters)}" if parameters else path


def query_string(parameters: Sequence[tuple[str, str]]) -> str:
    """Write the parameters of an address."""
    return urlencode(parameters, safe="/:@=")


def _named_query(path: str) -> NamedQuery | None:
    folder, _, name = path.rpartition("/")
    try:
        return find(name) if folder == "/queries" else None
    except NotFound:
        return None


def shown(term: Term | ox.DefaultGraph, labels: Mapping[str, str]) -> Shown:
    """Show a term so that it can be read, with a link if it is an IRI that leads somewhere."""
    text = readable(term, labels)
    if isinstance(term, ox.NamedNode):
        return Shown(text, href=href(term.value))
    return Shown(text, language=term.language if isinstance(term, ox.Literal) else None)


def href(iri: str) -> str | None:
    """Give the address that leads to a thing; None where nothing does."""
    if iri in declared_terms():
        return f"/ontology/{iri.removeprefix(SV)}"
    if iri.startswith(BASE):
        path = iri.removeprefix(BASE)
        return "/" + quote(path, safe="/#%:@!$&'()*+,;=?") if path.startswith(_PAGES) else None
    return elsewhere(iri)


def elsewhere(iri: str) -> str | None:
    """Give the address of a thing that others answer for; None where nothing leads there."""
    # Any other scheme (javascript:, data:) would act where it is clicked.
    return iri if iri.startswith(("https://", "http://")) else None
