"""The queries by which engines are compared, and their answers in a form that can be compared."""

from __future__ import annotations

import http.client
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from typing import Any, Final

import pyoxigraph as ox

from bench.client import HOST, Get
from bench.servers import Server
from graph.namespaces import ID, PREFIXES

SOLUTIONS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"
# Seconds for one answer.
_PATIENCE: Final = 120

_PREFIXES: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("sv", "rdfs", "xsd"))
# Of the first copy that a generated graph has of the shipped data.
COMMITMENT: Final = f"{ID}commitment/multinational-force"
_INSTRUMENT: Final = f"{ID}instrument/ukraine-sweden-agreement"
_CONDITION: Final = f"{ID}condition/domestic-approval"

MATRIX: Final = """
    SELECT ?debtor ?domain (COUNT(DISTINCT ?commitment) AS ?count) {
        ?commitment sv:debtor ?debtor ; (sv:component|sv:content)/sv:domain ?domain
    } GROUP BY ?debtor ?domain"""
EXPLANATION: Final = """
    SELECT DISTINCT ?gate ?condition ?kind ?label {
        <COMMITMENT> ?gate ?root . ?gate rdfs:subPropertyOf sv:gate .
        ?root (sv:operand|sv:anchor|sv:consentsWhen)* ?condition .
        ?condition a ?kind . ?kind rdfs:subClassOf sv:Condition .
        OPTIONAL { ?condition rdfs:label ?label FILTER(LANG(?label) = "en") }
    }"""
POINT: Final = "SELECT ?p ?o { <COMMITMENT> ?p ?o }"

QUERIES: Final[Mapping[str, str]] = {
    "look-up": POINT,
    "3-hop join": """
        SELECT ?commitment ?debtor ?group {
            ?commitment sv:recordedIn <INSTRUMENT> ; sv:debtor ?debtor . ?debtor sv:memberOf ?group
        }""",
    "OPTIONAL": """
        SELECT ?commitment ?day ?amount {
            ?commitment a sv:Commitment
            OPTIONAL { ?commitment sv:madeOn ?day }
            OPTIONAL { ?commitment sv:content/sv:amount ?amount }
        }""",
    "path +, all pairs": "SELECT ?tree ?part { ?tree sv:operand+ ?part }",
    "path *, bound end": "SELECT ?tree { ?tree (sv:operand|sv:anchor)* <CONDITION> }",
    "GROUP BY": """
        SELECT ?debtor ?type (COUNT(*) AS ?count) {
            ?commitment sv:debtor ?debtor ; sv:content/sv:actionType ?type
        } GROUP BY ?debtor ?type""",
    "ORDER BY LIMIT": """
        SELECT ?evidence ?day { ?evidence sv:evidenceFor ?matter ; sv:validFrom ?day }
        ORDER BY DESC(?day) ?evidence LIMIT 10""",
    "regular expression": """
        SELECT ?thing { ?thing rdfs:label ?label FILTER(REGEX(?label, "aircraft|troops", "i")) }""",
    "CONSTRUCT": """
        CONSTRUCT { ?debtor sv:party ?instrument } {
            ?commitment sv:debtor ?debtor ; sv:recordedIn ?instrument
        }""",
    "DESCRIBE": "DESCRIBE <COMMITMENT>",
    "as of, NOT EXISTS": """
        SELECT (COUNT(*) AS ?count) {
            ?commitment a sv:Commitment ; sv:madeOn ?day
            FILTER(?day <= "2015-01-01T00:00:00Z"^^xsd:dateTime)
            FILTER NOT EXISTS { ?commitment sv:dueBy ?gate }
        }""",
    "many rows out": "SELECT ?thing ?other { ?thing sv:source|sv:about ?other }",
    "triangles": """
        SELECT (COUNT(*) AS ?count) {
            ?adherence sv:adheresTo ?instrument ; sv:party ?party .
            ?commitment sv:recordedIn ?instrument ; sv:debtor ?party
        }""",
    "matrix": MATRIX,
    "explanation": EXPLANATION,
}


def request(server: Server, query: str, *, copy: str = "", new: bool = True) -> Get:
    """Ask a query of a server; with a comment that makes it `new` each time, or word by word.

    `copy` is what ends the names in the copy of the shipped data that is asked about.
    """
    text = _PREFIXES + " ".join(query.split())
    for name, iri in (
        ("COMMITMENT", COMMITMENT),
        ("INSTRUMENT", _INSTRUMENT),
        ("CONDITION", _CONDITION),
    ):
        text = text.replace(f"<{name}>", f"<{iri}{copy}>")
    accept = TRIPLES if query.split()[0] in ("CONSTRUCT", "DESCRIBE") else SOLUTIONS
    return Get.sparql(server.path, f"{text} #NUMBER" if new else text, accept)


def answer(server: Server, asked: Get) -> Counter[object]:
    """Give the rows or triples of an answer, which have no order.

    Raises ValueError for a refusal and TimeoutError for an answer that does not come.
    """
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=_PATIENCE)) as connection:
        connection.request("GET", asked.address, headers={"Accept": asked.accept})
        response = connection.getresponse()
        content = response.read()
    if response.status != http.HTTPStatus.OK:
        raise ValueError(f"{server.name} answers {response.status}")
    if asked.accept == TRIPLES:
        # rdflib-endpoint describes in RDF/XML whatever it is asked for, under another type.
        is_xml = content.startswith(b"<?xml")
        written = ox.RdfFormat.RDF_XML if is_xml else ox.RdfFormat.N_TRIPLES
        return Counter(_same(str(quad.triple)) for quad in ox.parse(content, format=written))
    return Counter(map(_row, json.loads(content)["results"]["bindings"]))


def _row(bindings: Mapping[str, Mapping[str, Any]]) -> frozenset[object]:
    return frozenset(
        (name, _same(term["value"]), term.get("xml:lang"), _datatype(term))
        for name, term in bindings.items()
    )


def _same(written: str) -> str:
    """Write UTC in one way: some change how the data has it."""
    return written.replace("+00:00", "Z")


def _datatype(term: Mapping[str, Any]) -> str | None:
    """Give the datatype; some write that of plain texts, too."""
    kind = term.get("datatype")
    return None if kind == PREFIXES["xsd"] + "string" else kind
