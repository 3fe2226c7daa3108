"""Things are listed in the columns of their template; what no row holds is told."""

from __future__ import annotations

from graph import rdf
from graph.dataset import read_datasets
from graph.memory_store import MemoryStore
from graph.namespaces import ID
from graph.resources import resource
from graph.tables.left_out import LeftOut
from graph.tables.listing import Listing, listing, told
from graph.tables.undertakings import UNDERTAKINGS
from tests.graph.conftest import PARIS, turtle

AID = """
<commitment/aid> a sv:Commitment ; rdfs:label "aid"@en , "aide"@fr ;
    sv:debtor <actor/q> , <actor/p> ;
    sv:madeOn "2026-01-01T00:00:00Z"^^xsd:dateTime ; sv:precision sv:MonthPrecision ;
    sv:repeatable true ; sv:content <action/d> ; sv:hedge "perhaps" .
<actor/p> a sv:Actor ; rdfs:label "P"@en .
<actor/q> a sv:Actor ; rdfs:label "Q"@en .
<action/d> a sv:Action ; sv:domain sv:Land , sv:Air ; sv:purpose "peace"@en .
<mention/x> a sv:Mention ; sv:about <commitment/aid> ; sv:source <source/s> .
<mention/y> a sv:Mention ; sv:about <commitment/aid> ; sv:source <source/s> .
<source/s> a sv:Source ; sv:address "https://example.org/"^^xsd:anyURI .
"""
ROW = {
    "id": "commitment/aid",
    "label": "aid",
    "kind": "commitment",
    "debtor": "actor/p; actor/q",
    "made on": "2026-01",
    "domain": "air; land",
    "repeatable": "yes",
    "source address": "https://example.org/",
}


def listed(text: str = AID) -> Listing:
    data = turtle(f"@base <{ID}> .\n{text}").encode()
    quads = rdf.read(data, format=rdf.TURTLE, graph=PARIS, source="t")
    words = [quad for each in read_datasets([resource("ontology")]) for quad in each.quads]
    return listing(MemoryStore.of([*quads, *words], 0), UNDERTAKINGS, quads)


def test_a_cell_says_what_the_template_asks_for() -> None:
    found = listed()
    (row,) = (dict(zip(found.heading, row, strict=True)) for row in found.rows)
    assert {name: cell for name, cell in row.items() if cell} == ROW


def test_the_heading_is_that_of_the_template() -> None:
    assert listed().heading == tuple(column.name for column in UNDERTAKINGS.columns)


def test_what_no_row_holds_is_told_with_the_reason() -> None:
    assert set(listed().left_out) == {
        LeftOut("commitment/aid", "rdfs:label", "a table has texts in English alone"),
        LeftOut("commitment/aid", "sv:hedge", "no column has it"),
        LeftOut("action/d", "sv:purpose", "a cell cannot keep it as it is written"),
        LeftOut("mention/y", "sv:about", "a row has room for one"),
    }


def test_what_is_left_out_is_told_in_a_line_for_each_thing() -> None:
    (line,) = (line for line in told(listed().left_out) if line.startswith("commitment/aid"))
    assert line == (
        "commitment/aid: rdfs:label: a table has texts in English alone; sv:hedge: no column has it"
    )


def test_a_thing_without_what_each_row_needs_is_no_row_and_is_told() -> None:
    found = listed(AID.replace("sv:debtor <actor/q> , <actor/p> ;", ""))
    assert found.rows == ()
    told_of = LeftOut("commitment/aid", "debtor", "a row needs it, and it is not said")
    assert told_of in found.left_out


def test_a_deed_of_two_undertakings_is_no_part_of_a_row() -> None:
    other = """<commitment/b> a sv:Commitment ; rdfs:label "b"@en ; sv:debtor <actor/p> ;
        sv:content <action/d> ."""
    found = listed(AID + other)
    rows = [dict(zip(found.heading, row, strict=True)) for row in found.rows]
    assert [(row["id"], row["domain"]) for row in rows] == [
        ("commitment/aid", ""),
        ("commitment/b", ""),
    ]
    assert LeftOut("action/d", "sv:content", "a row has one deed, which is its alone") in (
        found.left_out
    )


def test_what_stands_beside_a_row_is_told_too() -> None:
    more = """
<source/s> sv:publisher "A" , "B" ; sv:licence "free" .
<mention/x> sv:source <source/t> ; sv:paragraph 3 .
<source/t> a sv:Source ; sv:address "https://example.org/t"^^xsd:anyURI .
"""
    told_of = set(listed(AID + more).left_out) - set(listed().left_out)
    assert told_of == {
        LeftOut("source/s", "sv:publisher", "a row has room for one"),
        LeftOut("source/s", "sv:licence", "no column has it"),
        LeftOut("mention/x", "sv:source", "a row has room for one"),
        LeftOut("mention/x", "sv:paragraph", "no column has it"),
    }
