"""The representations that RDF and SPARQL results have here, each under its media type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.negotiation import Offer
from graph import rdf


@dataclass(frozen=True)
class RdfOffer(Offer):
    """RDF in one syntax."""

    format: rdf.Format


HTML: Final = Offer("html", "text/html")

# Turtle leads: what does not say what it takes is a program more often than a person.
RDF: Final = (
    RdfOffer("ttl", "text/turtle", rdf.TURTLE),
    RdfOffer("jsonld", "application/ld+json", rdf.JSON_LD),
    RdfOffer("rdf", "application/rdf+xml", rdf.RDF_XML),
    RdfOffer("nt", "application/n-triples", rdf.N_TRIPLES),
    RdfOffer("json", "application/json", rdf.JSON_LD),
)
DOCUMENT: Final = (*RDF, HTML)

SOLUTIONS: Final = (
    Offer("json", "application/sparql-results+json"),
    Offer("xml", "application/sparql-results+xml"),
    Offer("csv", "text/csv"),
    Offer("tsv", "text/tab-separated-values"),
    Offer("json", "application/json"),
    Offer("xml", "application/xml"),
    HTML,
)
# The SPARQL CSV and TSV formats are for tables alone.
BOOLEAN: Final = tuple(offer for offer in SOLUTIONS if offer.name in ("json", "xml", "html"))
