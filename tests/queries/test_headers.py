"""Every named query says what it answers, and is SPARQL 1.1 that any engine can run."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from graph.guard import check_query
from graph.namespaces import PREFIXES
from graph.query import NamedQuery, queries, unprojected
from graph.resources import resource

QUERIES = queries()
each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)

# A question of the competency list; a query about the upkeep of the data answers none of them.
QUESTION = re.compile(r"([1-9]|[1-4]\d|5[0-4])[EMHX]")
UPKEEP = {"checklist", "commitment-list"}
PREFIX = re.compile(r"^PREFIX (?P<name>\w+): <(?P<iri>[^>]+)>$", re.MULTILINE)


def test_there_are_queries_and_every_file_among_them_is_one() -> None:
    names = {file.stem for file in resource("queries").iterdir() if file.name != "README.md"}
    assert names == {query.name for query in QUERIES}
    assert len(QUERIES) >= 24


@each_query
def test_a_query_is_named_in_kebab_case(query: NamedQuery) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)


@each_query
def test_a_summary_is_one_short_question(query: NamedQuery) -> None:
    assert re.fullmatch(r"[A-Z][^?]{9,88}\?", query.summary)


@each_query
def test_a_description_says_more_than_the_summary(query: NamedQuery) -> None:
    assert len(query.description) > len(query.summary)


@each_query
def test_the_questions_are_of_the_competency_list(query: NamedQuery) -> None:
    assert all(QUESTION.fullmatch(number) for number in query.question)
    assert bool(query.question) != (query.name in UPKEEP)


@each_query
def test_every_parameter_is_described_and_can_be_bound(query: NamedQuery) -> None:
    assert all(parameter.description for parameter in query.parameters)
    assert unprojected(query) == []


@each_query
def test_no_query_asks_whether_a_parameter_is_bound(query: NamedQuery) -> None:
    """The engine decides BOUND before it binds parameters, and so would let every row through."""
    names = "|".join(parameter.name for parameter in query.parameters)
    assert not names or not re.search(rf"BOUND\(\?({names})\)", query.text)


@each_query
def test_rows_come_in_an_order(query: NamedQuery) -> None:
    assert re.search(r"^ORDER BY ", query.text, re.MULTILINE)


@each_query
def test_a_query_passes_the_guard_for_texts_of_strangers(query: NamedQuery) -> None:
    check_query(query.text, [])


@each_query
def test_a_second_parser_takes_the_query_for_sparql(query: NamedQuery) -> None:
    assert prepareQuery(query.text).algebra.name == "SelectQuery"


@each_query
def test_only_the_projects_prefixes_are_used_and_each_is_needed(query: NamedQuery) -> None:
    declared = {match["name"]: match["iri"] for match in PREFIX.finditer(query.text)}
    body = PREFIX.sub("", query.text[query.text.index("\nPREFIX ") :])
    assert declared == {name: PREFIXES[name] for name in declared}
    assert set(re.findall(r"(?<![\w?])([a-z]+):(?=\w)", body)) == set(declared)


@each_query
def test_a_query_calls_no_function_of_a_vendor(query: NamedQuery) -> None:
    assert not re.search(r"[\w>]:\w+\(", query.text.replace("xsd:integer(", ""))


def test_every_term_of_the_project_that_a_query_names_is_in_the_ontology() -> None:
    declared = _declared()
    for query in QUERIES:
        terms = set(re.findall(r"(?<!\w)sv:(\w+)", query.text[query.text.index("\nPREFIX ") :]))
        assert terms <= declared, query.name


def _declared() -> set[str]:
    return {term.removeprefix(PREFIXES["sv"]) for term in _subjects()}


def _subjects() -> Iterator[str]:
    for file in resource("ontology").glob("**/*.ttl"):
        for triple in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            if isinstance(triple.subject, ox.NamedNode):
                yield triple.subject.value
