"""Whether a query names graphs is known whatever the words hide in."""

from __future__ import annotations

from string import ascii_lowercase

import pytest

from graph.keywords import parse_query, sees_named_graphs, without


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "select * { graph<http://e/g>{ ?s ?p ?o } }",
        "SELECT * FROM <http://e/g> { ?s ?p ?o }",
        "ASKFROM NAMED<http://e/g>{ }",
        "PREFIX : <http://e/> ASK FROM:g { ?s ?p ?o }",
        "SELECT * { ?s ?p trueGRAPH ?g { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { GRAPH ?g { ?s ?p ?o } } }",
        "SELECT * { BIND(3 AS ?a) FILTER(?a<1)GRAPH#>\n?g { ?s ?p ?o } }",
        'SELECT * { BIND(3 AS ?a) FILTER(?a<4#>"""\n)GRAPH ?g { } #"""\n }',
        "PREFIX : <http://e/> PREFIX trueGRAPq: <http://z/> "
        "SELECT * { ?s ?p trueGRAPH:g { ?a ?b ?c } }",
        "PREFIX : <http://e/> PREFIX FROq: <http://z/> DESCRIBE ?x FROM:g { ?x ?b ?c }",
    ],
)
def test_a_query_that_names_graphs_is_known(text: str) -> None:
    parse_query(text)
    assert sees_named_graphs(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p ?o }",
        "PREFIX sv: <http://e/> SELECT ?from { ?s sv:validFrom ?from ; sv:graph ?graph }",
        "SELECT * { ?s <http://e/graph> 'from' } # FROM <http://e/g>",
        "PREFIX from: <http://e/> CONSTRUCT { ?s from:graph ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_the_words_as_names_texts_and_comments_name_no_graph(text: str) -> None:
    parse_query(text)
    assert not sees_named_graphs(text)


def test_what_cannot_be_parsed_may_see_named_graphs() -> None:
    assert sees_named_graphs("SELECT * { ?from")


def test_words_are_written_otherwise_wherever_they_stand() -> None:
    assert without("a FROM b:From", "from", "graph") == "a FROq b:Froq"
    assert without("a b", "from", "graph") is None


def test_what_words_become_is_nowhere_in_the_text() -> None:
    assert without("FROM froq:a FROA", "from") == "FROb froq:a FROA"
    every = " ".join(f"fro{letter}" for letter in ascii_lowercase)
    assert without(f"{every}:a", "from") == f"{every}:a".replace("from", "fro\uffff")
