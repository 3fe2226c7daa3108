"""Writes the ontology's pages as files that lead to each other and need no server."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from api.pages.ontology import Site, reference, term_page
from api.rendering import elsewhere, written
from graph.glossary.glossary import Glossary, shipped
from graph.glossary.terms import Kind
from graph.resources import Folder, resource
from graph.store import Store

_INDEX: Final = "index.html"
_STYLE: Final = "style.css"
# A class and a property may differ in one capital letter, which some disks do not tell apart.
_FOLDERS: Final = {
    Kind.CLASS: "classes",
    Kind.LINK: "properties",
    Kind.VALUE: "properties",
    Kind.INDIVIDUAL: "individuals",
}
_COPIED: Final[tuple[tuple[Folder, str], ...]] = (("ontology", "*.ttl"), ("queries", "*.rq"))


def documents(store: Store | None) -> dict[str, bytes]:
    """Give each file by its path: pages, modules, queries and the style, with nothing from outside.

    Examples are from the store; without one there are none.
    """
    glossary = shipped()
    files = _copies() | {_STYLE: resource("web", f"static/{_STYLE}").read_bytes()}
    values = reference(glossary, _site(glossary, ""))
    files[_INDEX] = written("ontology.html", formats=[], **values).encode()
    site = _site(glossary, "../")
    for name, term in glossary.terms.items():
        values = term_page(glossary, site, term, store)
        files[_path(glossary, name)] = written("term.html", formats=[], **values).encode()
    return files


def _copies() -> dict[str, bytes]:
    return {
        f"{folder}/{path.relative_to(resource(folder)).as_posix()}": path.read_bytes()
        for folder, pattern in _COPIED
        for path in sorted(resource(folder).rglob(pattern))
    }


def _site(glossary: Glossary, root: str) -> Site:
    addresses = {
        **{term.iri: _path(glossary, name) for name, term in glossary.terms.items()},
        **{each.iri: f"ontology/{each.name}.ttl" for each in glossary.modules},
        **{each.iri: f"ontology/{each.name}.ttl" for each in glossary.alignments},
    }
    return Site(
        layout="standalone.html",
        root=root,
        reference=root + _INDEX,
        to=partial(_address, addresses, root),
        page=lambda name: root + _path(glossary, name),
        query=lambda name: f"{root}queries/{name}.rq",
        question=lambda _: None,
    )


def _path(glossary: Glossary, name: str) -> str:
    return f"{_FOLDERS[glossary.terms[name].kind]}/{name}.html"


def _address(addresses: Mapping[str, str], root: str, iri: str) -> str | None:
    return root + addresses[iri] if iri in addresses else elsewhere(iri)
