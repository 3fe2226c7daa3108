"""A query that cannot be parsed is told why, where, and what to do."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.errors import InvalidRequest
from graph.malformed import malformed
from graph.namespaces import SV


def explained(text: str) -> InvalidRequest:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(text)
    assert isinstance(caught.value, SyntaxError)
    return malformed(caught.value, text)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "the query is empty", (1, 1)),
        ("# nothing but a comment\n", "the query is empty", (1, 1)),
        ("ASK {\n ?s ex:p ?o }", "the prefix `ex:` at line 2, column 5 is not declared", (2, 5)),
        ("SELECT *\nWHERE { ?s ?p ?o", "a `{` at line 2, column 7 is never closed", (2, 7)),
        ("SELECT (COUNT(?s) AS ?n { ?s ?p ?o }", "a `(` at line 1, column 8 is never", (1, 8)),
        ("ASK { FILTER (?o > 3 }", "a `(` at line 1, column 14 is never closed", (1, 14)),
        ("ASK { ?s ?p ?o } }", "a `}` at line 1, column 18 closes nothing", (1, 18)),
        ("ASK { ?s ?p 'a ) }", "the text that a `'` opens at line 1, column 13 is never", (1, 13)),
        ("SELEC * { }", "`SELEC` at line 1, column 1 begins no query", (1, 1)),
        ("PREFIX a <http://e/> ASK { }", "the PREFIX at line 1, column 1 declares no", (1, 1)),
        ("ASK { FILTER regx('a', 'b') }", "`regx` at line 1, column 14 is no function", (1, 14)),
    ],
)
def test_a_fault_the_tokens_show_is_named_with_its_place(
    text: str, message: str, place: tuple[int, int]
) -> None:
    error = explained(text)
    assert error.message.startswith(message)
    assert (error.line, error.column) == place


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "write one such as SELECT * { ?s ?p ?o } LIMIT 10"),
        ("ASK { ?s sv:p ?o }", f"begin the query with PREFIX sv: <{SV}>"),
        ("ASK { ?s ?p 'a }", "end it with `'`"),
        ("ASK { ?s ?p ?o", "close it with `}`"),
        ("ASK { ?s ?p ?o } }", "take it out, or open it before"),
        ("SELEC * { }", "begin with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX"),
        ("PREFIX a <http://e/> ASK { }", "write it as PREFIX name: <IRI>"),
        ("ASK { FILTER regx('a', 'b') }", "did you mean REGEX?"),
        ("ASK { FILTER zzzz('a') }", None),
        (
            "SELECT ?s ?o { ?s ?p ?o } GROUP BY ?s",
            "group by each variable that is selected beside an aggregate",
        ),
        ("ASK { ?s ?p ?o } LIMIT x", None),
        ("SELECT * { ?s ?p ?o ?x }", None),
    ],
)
def test_a_hint_is_given_only_where_it_is_sure(text: str, hint: str | None) -> None:
    assert explained(text).hint == hint


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("SELECT * { ?s ?p ?o } ORDER ?s", "near line 1, column 29"),
        ("ASK { FILTER(STRLEN('a', 2) > 1) }", "near line 1, column 14"),
        ("SELECT * {\n ?s ?p ?o }\nLIMIT x", "near line 3, column 7"),
    ],
)
def test_a_place_the_engine_gave_up_at_is_called_near(text: str, near: str) -> None:
    assert explained(text).message == f"the query is not valid SPARQL {near}"


def test_a_comparison_that_looks_like_an_iri_is_not_taken_for_an_open_bracket() -> None:
    assert "near" in explained("ASK { FILTER((?a<?b)&&?c>?d) } LIMIT x").message
