"""Answers with one document in the format a client prefers, and names its other formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import Path, Query, Request, Response

from api.formats import DOCUMENT, RDF, RdfOffer
from api.negotiation import choose, find
from graph import rdf

# What OpenAPI says of a path that answers with a document.
DOCUMENTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The document", "content": {one.media_type: {} for one in DOCUMENT}}
}
FORMAT_PARAMETER: Final = "A format's name or media type; outranks Accept"
Suffix = Annotated[str, Path(json_schema_extra={"enum": [one.name for one in DOCUMENT]})]
Wanted = Annotated[str | None, Query(alias="format", description=FORMAT_PARAMETER)]


@dataclass(frozen=True)
class Document:
    """What is said about `iri`, at `path` and at `path` with each format's suffix."""

    iri: str
    path: str
    write: Callable[[RdfOffer], bytes]
    page: Callable[[], Response]

    def respond(self, request: Request, wanted: str | None) -> Response:
        """Answer in the format `wanted` names, else in the one the header Accept prefers."""
        offer = choose(DOCUMENT, accept=accepted(request), wanted=wanted)
        if isinstance(offer, RdfOffer):
            answer = Response(self.write(offer), media_type=offer.media_type)
        else:
            answer = self.page()
        answer.headers["Vary"] = "Accept"
        answer.headers["Link"] = ", ".join(self._links(request.scope["root_path"]))
        return answer

    def _links(self, root: str) -> Iterator[str]:
        """Lead to the other formats below `root`, so that those of a past version are as old."""
        path, iri = _uri(self.path), _uri(self.iri)
        yield f'<{path}>; rel="canonical"'
        yield f'<{iri}>; rel="describes"'
        for offer in DOCUMENT:
            yield f'<{root}{path}.{offer.name}>; rel="alternate"; type="{offer.media_type}"'


def _uri(iri: str) -> str:
    """Write an IRI in the characters a header may hold (RFC 3987, section 3.1)."""
    return quote(iri, safe="/:?#[]@!$&'()*+,;=%~")


def accepted(request: Request) -> str | None:
    """Give the header Accept, its repetitions joined (RFC 9110, section 5.2)."""
    return ", ".join(request.headers.getlist("accept")) or None


def writer(triples: Iterable[ox.Triple]) -> Callable[[RdfOffer], bytes]:
    """Give a function that writes triples, each once, in the format it is offered.

    They are sorted, so that two requests for the same triples get the same bytes.
    """
    # A page is asked for more often, and needs them neither sorted nor written.
    return lambda offer: rdf.write(sorted(set(triples), key=str), offer.format)


def without_suffix(name: str) -> tuple[str, str | None]:
    """Split `ukraine.ttl` into the name and its format; a name without a known one stays whole."""
    stem, _, suffix = name.rpartition(".")
    return (stem, suffix) if stem and find(DOCUMENT, suffix) else (name, None)


def alternates(path: str) -> list[dict[str, str]]:
    """List for a page the other formats of the document it shows."""
    return [
        {"href": f"{path}.{offer.name}", "name": offer.name, "media_type": offer.media_type}
        for offer in RDF
    ]
