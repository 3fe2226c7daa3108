"""Gives blank nodes IRIs (RDF 1.1 Concepts, section 3.5), so that every statement is ground."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from uuid import uuid4

import pyoxigraph as ox

from graph.namespaces import GENID


def ground(quads: Sequence[ox.Quad], graph: ox.NamedNode) -> list[ox.Quad]:
    """Put quads of no graph into `graph` and give each blank node an IRI, the same every time.

    The IRIs (RDF 1.1 Concepts, section 3.5) count the blank nodes of `graph` from 1 in order of
    first appearance. A quad that occurs twice is given once.
    """
    name = _namer(quads, graph)
    grounded: dict[ox.Quad, None] = {}
    for quad in quads:
        subject, item, place = quad.subject, quad.object, quad.graph_name
        subject = name(subject) if isinstance(subject, ox.BlankNode) else subject
        item = name(item) if isinstance(item, ox.BlankNode) else item
        place = name(place) if isinstance(place, ox.BlankNode) else place
        place = graph if isinstance(place, ox.DefaultGraph) else place
        grounded[ox.Quad(subject, quad.predicate, item, place)] = None
    return list(grounded)


def _namer(quads: Sequence[ox.Quad], graph: ox.NamedNode) -> Callable[[ox.BlankNode], ox.NamedNode]:
    prefix = f"{GENID}{hashlib.sha256(graph.value.encode()).hexdigest()[:16]}/"
    # A text written from this graph holds such IRIs already; they are other nodes.
    taken = {term for quad in quads for term in quad if isinstance(term, ox.NamedNode)}
    free = (iri for n in count(1) if (iri := ox.NamedNode(f"{prefix}{n}")) not in taken)
    names: dict[ox.BlankNode, ox.NamedNode] = {}

    def name(node: ox.BlankNode) -> ox.NamedNode:
        if node not in names:
            names[node] = next(free)
        return names[node]

    return name


def skolemised(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Give each blank node an IRI that nothing has had before (RDF 1.1 Concepts, section 3.5).

    For what is added to a graph, in which the numbers that `ground` gives may be taken.
    """
    names: dict[ox.BlankNode, ox.NamedNode] = defaultdict(
        lambda: ox.NamedNode(f"{GENID}{uuid4().hex}")
    )
    return [
        ox.Quad(
            names[quad.subject] if isinstance(quad.subject, ox.BlankNode) else quad.subject,
            quad.predicate,
            names[quad.object] if isinstance(quad.object, ox.BlankNode) else quad.object,
            quad.graph_name,
        )
        for quad in quads
    ]
