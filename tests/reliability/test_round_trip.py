"""What goes out comes in again the same, in every format, and half a text is never taken."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InvalidRequest, UnreadableInput
from graph.rdf import JSON_LD, N_QUADS, RDF_XML, TRIG, TURTLE, Format, read, write
from tests.conftest import Done
from tests.graph.conftest import PARIS
from tests.graph.histories import QUADS, State

FORMATS: Final = (TURTLE, TRIG, N_QUADS, JSON_LD, RDF_XML)
GRAPHS: Final = given(st.frozensets(QUADS, min_size=1, max_size=5))


def comes_back(state: State, syntax: Format) -> bool:
    """Write a graph and read it; RDF/XML may refuse, and then some text is none in XML."""
    named = syntax in (TRIG, N_QUADS)
    try:
        text = write(state if named else [quad.triple for quad in state], syntax)
    except InvalidRequest:
        assert syntax is RDF_XML
        assert any(not is_xml_text(quad.object) for quad in state)
        return True
    return set(read(text, format=syntax, graph=PARIS, source="what was written")) == state


def is_xml_text(term: object) -> bool:
    """Tell whether every character of a literal is one of XML 1.0, section 2.2."""
    text = term.value if isinstance(term, ox.Literal) else ""
    return all(
        character in "\t\n\r"
        or (
            character >= " "
            and character not in "\ufffe\uffff"
            and not "\ud800" <= character <= "\udfff"
        )
        for character in text
    )


@settings(max_examples=100)
@GRAPHS
def test_a_graph_comes_back_in_every_format(state: State) -> None:
    for syntax in FORMATS:
        assert comes_back(state, syntax), syntax.name


@pytest.mark.soak
def test_ten_thousand_graphs_come_back_in_every_format(done: Done) -> None:
    tried = 0

    @settings(max_examples=10_000)
    @GRAPHS
    def check(state: State) -> None:
        nonlocal tried
        tried += 1
        for syntax in FORMATS:
            assert comes_back(state, syntax), syntax.name

    check()
    done(f"{tried} graphs in {len(FORMATS)} formats")


def test_a_difference_in_one_letter_is_seen() -> None:
    quad = ox.Quad(PARIS, PARIS, ox.Literal("a"), PARIS)
    other = ox.Quad(PARIS, PARIS, ox.Literal("b"), PARIS)
    text = write([quad], N_QUADS)
    assert set(read(text, format=N_QUADS, graph=PARIS, source="")) != {other}


RDF_XML_TEXT: Final = b"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">
<rdf:Description rdf:about="http://e/a"><e:b>c</e:b><e:b>d</e:b></rdf:Description>
<rdf:Description rdf:about="http://e/b"><e:b rdf:resource="http://e/a"/></rdf:Description>
</rdf:RDF>"""


def test_rdf_xml_cut_anywhere_is_refused() -> None:
    assert len(read(RDF_XML_TEXT, format=RDF_XML, graph=PARIS, source="")) == 3
    for length in range(len(RDF_XML_TEXT)):
        with pytest.raises(UnreadableInput):
            read(RDF_XML_TEXT[:length], format=RDF_XML, graph=PARIS, source="")


def test_the_engine_itself_takes_some_of_it() -> None:
    taken = 0
    for length in range(len(RDF_XML_TEXT)):
        try:
            taken += bool(list(ox.parse(RDF_XML_TEXT[:length], format=ox.RdfFormat.RDF_XML)))
        except SyntaxError:
            continue
    assert taken > 5
