from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.delivery import cache_key
from graph.database import Database
from tests.api.asking import record, things
from tests.api.test_sparql import ask
from tests.settings import patient

CAP = 100
XML = "{http://www.w3.org/2005/sparql-results#}"
# How many rows, or triples, an answer in each format has.
COUNTED: dict[str, Callable[[str], int]] = {
    "json": lambda text: len(json.loads(text)["results"]["bindings"]),
    "xml": lambda text: len(list(ET.fromstring(text).iter(f"{XML}result"))),
    "csv": lambda text: len(list(csv.reader(io.StringIO(text)))) - 1,
    "tsv": lambda text: len(text.splitlines()) - 1,
    "html": lambda text: text.count("<tr>") - 1,
    "nt": lambda text: len(text.splitlines()),
    "ttl": lambda text: text.count("https://example.org/p"),
    "rdf": lambda text: text.count("<rdf:Description"),
    "jsonld": lambda text: text.count("@id"),
}


@pytest.fixture(scope="module")
def capped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give a client of a server that gives out a hundred rows at most."""
    with Database.open(tmp_path_factory.mktemp("capped")) as database:
        record(database, things(range(1000)))
        settings = patient(query_rows=CAP, query_mb=1, workers=2)
        with TestClient(create_app(database, settings)) as client:
            yield client


def text(rows: int, name: str) -> str:
    pattern = f"{{ SELECT * {{ ?s ?p ?o }} LIMIT {rows} }}"
    graph = name in ("nt", "ttl", "rdf", "jsonld")
    return f"CONSTRUCT {{ ?s ?p ?o }} {{ {pattern} }}" if graph else f"SELECT * {pattern}"


@pytest.mark.parametrize("name", COUNTED)
@pytest.mark.parametrize("rows", [CAP - 1, CAP])
def test_an_answer_up_to_the_limit_is_whole(capped: TestClient, name: str, rows: int) -> None:
    answer = ask(capped, text(rows, name), format=name)
    assert answer.status_code == 200
    assert COUNTED[name](answer.text) == rows


@pytest.mark.parametrize("name", sorted(COUNTED.keys() - {"html"}))
def test_an_answer_beyond_the_limit_is_a_problem_that_names_it(
    capped: TestClient, name: str
) -> None:
    answer = ask(capped, text(CAP + 1, name), format=name)
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"].endswith("/problems/answer-too-large")
    assert f"{CAP} rows" in problem["detail"]
    assert "LIMIT" in problem["hint"]


def test_a_page_shows_the_first_rows_and_says_that_there_are_more(capped: TestClient) -> None:
    answer = ask(capped, text(CAP + 1, "html"), format="html")
    assert COUNTED["html"](answer.text) == CAP
    assert f"Cut:</strong> these are the first {CAP} rows" in answer.text
    assert f"A download has all, up to {CAP}." in answer.text
    assert "Cut:" not in ask(capped, text(CAP, "html"), format="html").text


@pytest.mark.parametrize(("letters", "status"), [(1_000_000, 200), (1_048_576, 400)])
def test_an_answer_of_too_many_bytes_is_a_problem_that_names_the_limit(
    capped: TestClient, letters: int, status: int
) -> None:
    query = f"SELECT (SUBSTR(?all, 1, {letters}) AS ?x) {{ BIND(REPLACE({REPEATED}) AS ?all) }}"
    answer = ask(capped, query, format="csv")
    assert answer.status_code == status
    assert status == 200 or "1 MB" in answer.json()["detail"]


# A million letters, by five replacements of each letter by sixteen.
REPEATED = '"x", "x", "' + "x" * 16 + '"'
for _ in range(4):
    REPEATED = f'REPLACE({REPEATED}), "x", "{"x" * 16}"'


def test_an_answer_carries_a_tag_that_spares_sending_it_again(client: TestClient) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
    first = ask(client, query)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    again = client.get(
        "/sparql", params={"query": query}, headers={"If-None-Match": f'"other", {tag}'}
    )
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag
    assert ask(client, query, format="csv").headers["etag"] != tag


def test_the_same_question_is_answered_without_asking_again(client: TestClient) -> None:
    query = "SELECT ?s { ?s ?p ?o }"
    cache = client.app.state.cache  # type: ignore[attr-defined]
    # What is asked before the replica has begun is not kept.
    ask(client, "ASK {}", format="json")
    first = ask(client, query)
    kept = len(cache)
    assert ask(client, query).content == first.content
    assert len(cache) == kept
    ask(client, query, format="csv")
    assert len(cache) == kept + 1


def test_an_answer_to_somebody_is_not_given_to_others_nor_one_of_others_to_them(
    client: TestClient,
) -> None:
    ask(client, "ASK {}", format="json")
    cache = client.app.state.cache  # type: ignore[attr-defined]
    parameters = {"query": "SELECT ?o { ?s ?p ?o }"}
    token = {"Authorization": "Bearer nobody-s"}
    kept, hits = len(cache), cache.hits
    for _ in range(2):
        assert client.get("/sparql", params=parameters, headers=token).status_code == 200
    assert (len(cache), cache.hits) == (kept, hits)
    client.get("/sparql", params=parameters)
    assert client.get("/sparql", params=parameters, headers=token).status_code == 200
    assert (len(cache), cache.hits) == (kept + 1, hits)
    client.get("/sparql", params=parameters)
    assert cache.hits == hits + 1


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "now ()"])
def test_what_is_another_each_time_is_not_kept(client: TestClient, call: str) -> None:
    query = f"SELECT ({call} AS ?x) {{}}"
    cache = client.app.state.cache  # type: ignore[attr-defined]
    kept = len(cache)
    assert ask(client, query).headers["cache-control"] == "no-store"
    assert len(cache) == kept


def test_an_answer_is_of_the_version_it_names_and_no_older_one_is_given(tmp_path: Path) -> None:
    with (
        Database.open(tmp_path) as database,
        TestClient(create_app(database, patient(workers=1))) as client,
    ):
        for version in range(1, 6):
            record(database, things([version]))
            answer = client.get(
                "/sparql",
                params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"},
                headers={"Servanda-Min-Version": str(version)},
            )
            assert answer.headers["servanda-version"] == str(version)
            assert answer.text.split() == ["n", str(version)]


def test_a_version_can_be_waited_for(client: TestClient) -> None:
    there = client.get("/sparql?query=ASK{}", headers={"Servanda-Min-Version": "2"})
    assert there.status_code == 200
    wrong = client.get("/sparql?query=ASK{}", headers={"Servanda-Min-Version": "two"})
    assert wrong.status_code == 400


def test_a_version_that_does_not_come_is_a_problem(tmp_path: Path) -> None:
    with (
        Database.open(tmp_path) as database,
        TestClient(create_app(database, patient(workers=1, query_seconds=2))) as client,
    ):
        assert ask(client, "ASK {}").status_code == 200
        answer = client.get("/sparql?query=ASK{}", headers={"Servanda-Min-Version": "7"})
        assert answer.status_code == 503
        assert answer.json()["type"].endswith("/problems/busy")
        assert answer.headers["retry-after"] == "1"


def test_a_query_that_does_not_end_is_a_problem_that_names_the_limit(tmp_path: Path) -> None:
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with Database.open(tmp_path) as database:
        record(database, things(range(1000)))
        settings = patient(workers=1, query_seconds=2)
        with TestClient(create_app(database, settings)) as client:
            answer = ask(client, product)
            assert answer.status_code == 503
            assert answer.json()["type"].endswith("/problems/too-costly")
            assert "2 s" in answer.json()["detail"]
            assert answer.json()["hint"]
            page = client.get(f"/sparql?query={quote(product)}", headers={"Accept": "text/html"})
            assert (page.status_code, page.headers["content-type"]) == (
                503,
                "text/html; charset=utf-8",
            )


def test_without_workers_the_answers_are_the_same(data_dir: Path, client: TestClient) -> None:
    paths = ["/", "/queries", "/doc/actor/ruritania", "/sparql?query=SELECT*{?s ?p ?o}&format=csv"]
    paths += ["/sparql?query=SELECT", "/doc/actor/nobody"]
    with (
        Database.open(data_dir, writable=False) as database,
        TestClient(create_app(database, patient(workers=0))) as other,
    ):
        for path in paths:
            ours, theirs = other.get(path), client.get(path)
            assert ours.status_code == theirs.status_code, path
            assert sorted(ours.text.splitlines()) == sorted(theirs.text.splitlines()), path


@pytest.mark.parametrize("question", ["x" * 65536, (b"x" * 65536, "GET")])
def test_the_key_of_an_answer_is_short_and_tells_questions_apart(question: Hashable) -> None:
    assert len(repr(cache_key(1, question))) < 200
    assert cache_key(1, question) == cache_key(1, question) != cache_key(1, (question, ""))


def test_a_version_of_thousands_of_digits_is_refused(capped: TestClient) -> None:
    given = {"Servanda-Min-Version": "9" * 5000}
    assert capped.get("/sparql", params={"query": "ASK {}"}, headers=given).status_code == 400
