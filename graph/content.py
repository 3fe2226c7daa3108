"""Works out what replacing a graph by a text, or adding one, would change; it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from typing import Final

import pyoxigraph as ox

from graph import rdf
from graph.errors import InvalidRequest
from graph.journal import Change
from graph.multipart import MULTIPART, read_form
from graph.skolem import ground
from graph.store import Store
from graph.update import difference

FORMAT_OF_MEDIA_TYPE: Final = {each.media_type: each for each in rdf.FORMATS}
MOST_PARTS: Final = 64


@dataclass(frozen=True)
class Content:
    """What a request sends: a text in a format of RDF, or several in the parts of a form.

    `media_type` is the whole header Content-Type: it tells how the parts are set apart.
    """

    media_type: str
    body: bytes

    def texts(self) -> list[tuple[rdf.Format, bytes]]:
        """Give each text with its format.

        Raises InvalidRequest for a part that is no RDF, and for more than `MOST_PARTS` of them.
        """
        if self.media_type.lower().startswith(MULTIPART):
            parts = read_form(self.media_type, self.body, most=MOST_PARTS)
            return [(_format(part.headers), part.content) for part in parts]
        header = Message()
        header["Content-Type"] = self.media_type
        return [(_format(header), self.body)]


def replacement(store: Store, graph: ox.NamedNode, content: Content | None) -> Change:
    """Give what separates a graph from what is sent for it; without content, from nothing.

    Raises UnreadableInput as `rdf.parse` does, and InvalidRequest for quads of another graph.
    """
    wanted = ground(_parsed(content, graph), graph) if content else []
    present, kept = set(store.quads(graph)), set(wanted)
    return Change(
        tuple(quad for quad in wanted if quad not in present),
        tuple(quad for quad in present if quad not in kept),
    )


def addition(store: Store, graph: ox.NamedNode, content: Content) -> Change:
    """Give what a graph lacks of what is sent; its blank nodes are new. Raises as `replacement`."""
    return difference(store, _parsed(content, graph), ())


def _parsed(content: Content, graph: ox.NamedNode) -> list[ox.Quad]:
    quads = [
        quad
        for format_, text in content.texts()
        for quad in rdf.parse(text, format=format_, source="the body")
    ]
    for quad in quads:
        if quad.graph_name not in (ox.DefaultGraph(), graph):
            raise InvalidRequest(
                f"the body holds the graph {quad.graph_name} beside `{graph.value}`",
                hint="send each graph to its own address",
            )
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads]


def _format(header: Message) -> rdf.Format:
    media_type = header.get_content_type()
    if media_type not in FORMAT_OF_MEDIA_TYPE:
        raise InvalidRequest(
            f"a body of type `{media_type}` is not read",
            hint=f"send {', '.join(FORMAT_OF_MEDIA_TYPE)}",
        )
    return FORMAT_OF_MEDIA_TYPE[media_type]
