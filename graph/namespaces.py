"""The IRIs Servanda mints, the prefixes it writes, and the terms that a text names."""

from __future__ import annotations

import re
from typing import Final

BASE: Final = "https://w3id.org/servanda/"
SV: Final = BASE + "ns#"
ID: Final = BASE + "id/"
ONTOLOGY: Final = BASE + "ontology/"
DATA: Final = BASE + "data/"
DERIVED: Final = BASE + "derived/"
DEFAULT: Final = DATA + "default"
"""The graph that takes what is written without a graph."""
SHAPES: Final = BASE + "shapes/"
GENID: Final = BASE + ".well-known/genid/"

PREFIXES: Final[dict[str, str]] = {
    "sv": SV,
    "id": ID,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "sh": "http://www.w3.org/ns/shacl#",
}

_NAMED: Final = re.compile(r"\bsv:(\w+)|" + re.escape(SV) + r"(\w+)")


def prefixed(iri: str) -> str:
    """Shorten an IRI with the project's prefix that fits, if one does; no two fit."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and iri != space:
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


def abbreviated(iri: str) -> str:
    """Write an identifier without what all begin with, and a term of the ontology with its prefix.

    So cells of tables and filters have them; any other IRI stays whole.
    """
    return f"sv:{iri.removeprefix(SV)}" if iri.startswith(SV) else iri.removeprefix(ID)


def terms_named_in(text: str) -> set[str]:
    """Give the terms that a text names in full or with the prefix sv."""
    return {SV + (short or full) for short, full in _NAMED.findall(text)}
