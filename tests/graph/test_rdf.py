"""RDF texts become checked, ground quads; broken ones are refused with their place."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UnreadableInput
from graph.namespaces import PREFIXES
from graph.rdf import (
    FORMAT_OF_SUFFIX,
    FORMATS,
    JSON_LD,
    N_QUADS,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
    nquads,
    read,
    read_nquads,
    write,
)

GRAPH = ox.NamedNode("https://w3id.org/servanda/data/paris")
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">\n'
    '<rdf:Description rdf:about="http://e/a">\n{}</rdf:Description>\n</rdf:RDF>'
)
PREFIXED = "@prefix : <http://e/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"


def quads(text: str | bytes, syntax: Format = TURTLE, graph: ox.NamedNode = GRAPH) -> list[ox.Quad]:
    data = text if isinstance(text, bytes) else text.encode()
    return read(data, format=syntax, graph=graph, source="a.ttl")


def refusal(text: str | bytes, syntax: Format = TURTLE) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        quads(text, syntax)
    assert caught.value.message.startswith("`a.ttl`")
    return caught.value


def test_lexical_forms_are_kept_as_written() -> None:
    (quad,) = quads(PREFIXED + ":a :b 1.50 .")
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == "1.50"
    assert quad.graph_name == GRAPH


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert quads(b"\xef\xbb\xbf" + PREFIXED.encode() + b":a :b 1 .") == quads(
        PREFIXED + ":a :b 1 ."
    )


def test_an_empty_text_holds_no_quads() -> None:
    assert quads("") == []


def test_a_quad_written_twice_is_read_once() -> None:
    assert len(quads(PREFIXED + ":a :b 1 , 1 .")) == 1


def test_a_text_that_names_graphs_keeps_them() -> None:
    found = quads("<http://e/a> <http://e/b> 1 . GRAPH <http://e/g> { <http://e/a> a 2 }", TRIG)
    assert [quad.graph_name for quad in found] == [GRAPH, ox.NamedNode("http://e/g")]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (PREFIXED + ':a :b "cut', 3, 7),
        (PREFIXED + ":a :b :c", 3, 9),
        (PREFIXED + ":a :b 1 ;\n :c ex:d .", 4, 5),
        (PREFIXED + "<a> :b 1 .", 3, 1),
        (PREFIXED + ":a <http://e/b c> 1 .", 3, 4),
    ],
)
def test_bad_turtle_is_refused_with_line_and_column(text: str, line: int, column: int) -> None:
    error = refusal(text)
    assert (error.line, error.column) == (line, column)
    assert f"line {line}, column {column}" in error.message
    assert "Parser error" not in error.message


def test_a_relative_iri_is_refused_with_what_to_do() -> None:
    assert refusal("<a> <http://e/b> 1 .").hint == "write the IRI in full or declare a prefix"


@pytest.mark.parametrize(
    ("text", "line", "literal"),
    [
        (PREFIXED + ':a :b 1 ;\n :c "x"^^xsd:integer\n .', 4, "x"),
        (PREFIXED + ':a :b [ :c "ok" ] ;\n\n :d 2 ; :c "no"^^xsd:boolean .', 5, "no"),
        (PREFIXED + ':a :b "2026-02-30T00:00:00Z"^^xsd:dateTime , "b"\n\n\n .', 3, "2026-02-30"),
        (PREFIXED + ':a :b "2026-01-06"^^xsd:date .', 3, "2026-01-06"),
        (PREFIXED + ':a :b "a b"^^xsd:anyURI .', 3, "a b"),
        (PREFIXED + ':a :b """1\n2"""^^xsd:double .', 3, "1\\u000A2"),
    ],
)
def test_an_ill_typed_literal_is_refused_on_the_line_where_it_stands(
    text: str, line: int, literal: str
) -> None:
    error = refusal(text)
    assert error.line == line
    assert literal in error.message


def test_an_ill_typed_literal_is_found_in_every_syntax() -> None:
    typed = 'rdf:datatype="http://www.w3.org/2001/XMLSchema#integer"'
    assert refusal(XML.format(f"<e:b>1</e:b>\n<e:b {typed}>x</e:b>\n"), RDF_XML).line == 4
    value = '{"@value": "x",\n "@type": "http://www.w3.org/2001/XMLSchema#integer"}'
    assert refusal('{"@id": "http://e/a",\n "http://e/b": ' + value + "}", JSON_LD).line == 2
    iri = PREFIXES["xsd"] + "integer"
    assert (
        refusal(
            f'<http://e/a> <http://e/b> "1" .\n<http://e/a> <http://e/b> "x"^^<{iri}> .', N_QUADS
        ).line
        == 2
    )


def test_bytes_that_are_not_utf8_are_refused_with_their_place() -> None:
    error = refusal('<http://e/a> <http://e/b>\n "é" .'.encode("latin-1"))
    assert (error.line, error.column) == (2, 3)
    assert error.hint == "save the file as UTF-8"


def test_utf16_is_refused_by_its_first_byte() -> None:
    assert "0xFF" in refusal('<http://e/a> a "é" .'.encode("utf-16")).message


def test_a_message_holds_nothing_a_terminal_would_obey() -> None:
    assert refusal("<http://e/\x1b[31m> a 1 .").message.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        ":a :b <<( :a :b :c )>> .",
        "<< :a :b :c >> :d 1 .",
        ':a :b "x"@en--ltr .',
        ":a :b " + "<<( :a :b " * 100_000,
    ],
)
def test_rdf_1_2_is_refused_however_deep(text: str) -> None:
    assert "RDF 1.2" in refusal(PREFIXED + text).message


def test_rdf_xml_is_read() -> None:
    (quad,) = quads(XML.format("<e:b>c</e:b>"), RDF_XML)
    assert str(quad) == f'<http://e/a> <http://e/b> "c" {GRAPH}'


@pytest.mark.parametrize("missing", [1, 12, 40, 90])
def test_rdf_xml_cut_short_is_refused(missing: int) -> None:
    text = XML.format("<e:b>c</e:b>\n<e:b>d</e:b>\n")
    assert "not XML" in refusal(text[:-missing], RDF_XML).message


def test_a_document_type_is_refused_before_anything_expands() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert "DOCTYPE" in refusal(bomb + XML.format("<e:b>&b;</e:b>"), RDF_XML).message


def test_rdf_xml_in_another_encoding_is_refused() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + XML.format("")
    assert "`ISO-8859-1`" in refusal(text, RDF_XML).message


def test_a_relative_iri_in_rdf_xml_is_named() -> None:
    text = XML.format("<e:b>1</e:b>").replace("http://e/a", "here")
    assert "`here`" in refusal(text, RDF_XML).message


def test_a_relative_iri_in_json_ld_is_refused_and_not_dropped() -> None:
    error = refusal('{"@id": "here",\n "http://e/b": 1}', JSON_LD)
    assert "`here`" in error.message


@pytest.mark.parametrize("text", ['"AAA"', "1", "null"])
def test_a_bare_value_in_json_ld_is_refused_and_not_dropped(text: str) -> None:
    assert "no JSON-LD" in refusal(text, JSON_LD).message


@pytest.mark.parametrize(("letters", "refused"), [(4087, False), (4088, True)])
def test_an_iri_of_no_reasonable_length_is_refused(letters: int, refused: bool) -> None:
    text = f"<http://e/{'a' * letters}> <http://e/b> 1 ."
    assert len(f"http://e/{'a' * letters}") == 4096 + refused
    if refused:
        assert "4097 characters" in refusal(text).message
    else:
        assert len(quads(text)) == 1


def test_a_context_from_elsewhere_is_not_fetched() -> None:
    text = '{"@context": "http://127.0.0.1:1/context", "@id": "http://e/a", "b": 1}'
    assert "never fetched" in refusal(text, JSON_LD).message


@pytest.mark.parametrize("text", ["[" * 5000, '{"http://e/b":' * 5000])
def test_json_nested_too_deep_is_refused_before_the_parser_sees_it(text: str) -> None:
    assert "levels deep" in refusal(text, JSON_LD).message


def test_xml_nested_too_deep_is_refused() -> None:
    assert "levels deep" in refusal(XML.format("<e:b>" * 200), RDF_XML).message


@pytest.mark.parametrize("syntax", FORMATS)
def test_every_format_reads_what_it_wrote(syntax: Format) -> None:
    found = quads(PREFIXED + ':a :b 1.50 , "é\\n\\""@en , "x" ; a :c .')
    if syntax in (N_QUADS, TRIG):
        again = quads(write(found, syntax), syntax)
    else:
        again = quads(write((quad.triple for quad in found), syntax), syntax)
    assert set(again) == set(found)


def test_turtle_is_written_with_the_projects_prefixes() -> None:
    found = quads("<https://w3id.org/servanda/ns#Land> a <https://w3id.org/servanda/ns#Domain> .")
    assert b"sv:Land a sv:Domain" in write([quad.triple for quad in found], TURTLE)


def test_turtle_declares_only_the_prefixes_it_uses() -> None:
    text = r'"skos: \" owl: \n@prefix dcterms: <x> ."'
    found = quads(
        f"<http://e/prov:x> a <https://w3id.org/servanda/ns#Domain> ; <http://e/p> {text} ."
    )
    written = write([quad.triple for quad in found], TURTLE)
    assert re.findall(rb"(?m)^@prefix (\w+):", written) == [b"sv"]
    assert set(quads(written.decode())) == set(found)


def test_suffixes_and_media_types_name_one_format_each() -> None:
    assert FORMAT_OF_SUFFIX[".owl"] is RDF_XML
    assert sum(len(each.suffixes) for each in FORMATS) == len(FORMAT_OF_SUFFIX)


literals = st.builds(ox.Literal, st.text(st.characters(codec="utf-8")))


@given(st.lists(literals, max_size=5))
def test_nquads_are_one_text_for_one_set_of_quads(values: list[ox.Literal]) -> None:
    found = [ox.Quad(GRAPH, GRAPH, value, GRAPH) for value in values]
    text = nquads(found)
    assert nquads(reversed(found)) == text
    assert set(read_nquads(text)) == set(found)
