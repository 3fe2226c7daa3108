"""Undertakings are listed in the columns of their template; what has none is counted."""

from __future__ import annotations

from graph import rdf
from graph.namespaces import ID
from graph.tables.listing import Listing, listing
from graph.tables.undertakings import UNDERTAKINGS
from graph.triples import Triples
from tests.graph.conftest import PARIS, turtle

AID = """
:commitment\\/aid a sv:Commitment ; rdfs:label "aid"@en , "aide"@fr ; sv:debtor :p , :q ;
    sv:madeOn "2026-01-01T00:00:00Z"^^xsd:dateTime ; sv:precision sv:MonthPrecision ;
    sv:repeatable true ; sv:content :d ; sv:hedge "perhaps" .
:d a sv:Action ; sv:domain sv:Land , sv:Air ; sv:amount :m .
:x a sv:Mention ; sv:about :commitment\\/aid ; sv:source :s .
:s a sv:Source ; sv:address "https://example.org/"^^xsd:anyURI .
"""


def listed() -> Listing:
    text = turtle(f"@prefix : <{ID}> .\n{AID}").encode()
    t = Triples.of(rdf.read(text, format=rdf.TURTLE, graph=PARIS, source="t"))
    return listing(t, t)


def test_a_cell_says_what_the_template_asks_for() -> None:
    found = listed()
    (row,) = (dict(zip(found.heading, row, strict=True)) for row in found.rows)
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": "commitment/aid",
        "label": "aid",
        "kind": "commitment",
        "debtor": "p; q",
        "made on": "2026-01",
        "domain": "sv:Air; sv:Land",
        "repeatable": "yes",
        "source address": "https://example.org/",
    }


def test_the_heading_is_part_of_the_template_in_its_order() -> None:
    names = [column.name for column in UNDERTAKINGS.columns]
    assert list(listed().heading) == [name for name in names if name in listed().heading]


def test_statements_without_a_column_are_counted() -> None:
    assert listed().left_out == {"sv:hedge": 1, "sv:amount": 1}
