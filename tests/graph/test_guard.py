"""What a query may not do is refused whatever the words hide in, and nothing else is."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Forbidden, InvalidRequest
from graph.guard import MOST_BYTES, MOST_DEPTH, MOST_OPERATORS, MOST_TOKENS, check_query
from graph.namespaces import SV
from graph.query import queries
from graph.sparql_tokens import dataset_clause, tokens_of

PARIS = ox.NamedNode(SV + "paris")
CALL = "SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ {CALL} }}",
        "select * { service silent ?x { } }",
        "SELECT * { OPTIONAL { ?s ?p ?o } SeRvIcE ?x { } }",
        f'SELECT * {{ ?s ?p "\\"" . {CALL} # "\n }}',
        f"SELECT * {{ ?s ?p 'it' , '''it's''' . {CALL} }}",
        "LOAD <http://127.0.0.1:1/>",
        "INSERT DATA { } ; LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <http://e/g>",
    ],
)
def test_asking_another_server_is_forbidden(text: str) -> None:
    with pytest.raises(Forbidden, match="no other server is asked") as caught:
        check_query(text, [])
    assert caught.value.line == 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { BIND(3 AS ?a) FILTER(?a<4)SERVICE#>\n<http://127.0.0.1:1/>{ } }",
        f'SELECT * {{ BIND(3 AS ?a) FILTER(?a<4#>"""\n){CALL} #"""\n }}',
        "PREFIX b: <http://e/> SELECT * { BIND(3 AS ?a) FILTER(?a<b:c)SERVICE#>\n?x { } }",
        "PREFIX : <http://127.0.0.1:1/> PREFIX trueSERVICq: <http://e/> "
        "SELECT * { ?s ?p trueSERVICE:x { ?a ?b ?c } }",
    ],
)
def test_a_call_disguised_as_an_iri_or_a_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest):
        check_query(text, [])


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE" , \'service\' , """a SERVICE "b" """ }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://e/> { }",
        "PREFIX service: <http://e/> SELECT * { service:service service:p ?o }",
        "SELECT ?service { ?service <http://x/SERVICE> $SERVICE }",
        "SELECT * { _:service ?p 'x'@service }",
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> ASK { ?s a sd:Service }",
        "SELECT * { ?s ?p ?o FILTER(?s<?o && ?o>?s) }",
        "SELECT (<http://e/unknown-service>(1) AS ?x) { }",
        "PREFIX from: <http://e/> ASK { ?from from:named 'FROM <http://e/g>' }",
        "PREFIX insert: <http://e/> ASK { ?s insert:x ?delete }",
        "",
    ],
)
def test_the_words_pass_where_they_are_names_or_text(text: str) -> None:
    check_query(text, [])


@pytest.mark.parametrize("escape", ["\\uD800", "\\U00110000", "\\UFFFFFFFF"])
def test_an_escape_of_no_character_names_no_graph(escape: str) -> None:
    with pytest.raises(Forbidden, match="http://e/\ufffd") as caught:
        check_query(f"SELECT * FROM <http://e/{escape}> {{ ?s ?p ?o }}", [])
    assert caught.value.message.encode()


names = st.sampled_from(["SERVICE", "Service", "service", "LOAD", "INSERT", "FROM"])
fillers = st.text(st.characters(codec="utf-8", exclude_characters="\"'\\\r\n<>{}|^`# "), max_size=8)


@given(word=names, before=fillers, after=fillers)
def test_a_word_in_a_text_a_comment_or_a_variable_is_no_keyword(
    word: str, before: str, after: str
) -> None:
    inside = f"{before} {word} {after}"
    texts = f'"{inside}" , \'{inside}\' , """{inside}"""'
    check_query(f"SELECT ?v{word} {{ ?v{word} ?p {texts} # {inside}\n }}", [])


spaces = st.sampled_from([" ", "\n", "\t", ' # a comment with " and <\n', "\r\n"])
words = st.sampled_from(["SERVICE", "service", "SerVice"])
befores = st.sampled_from(["", "?s ?p ?o .", "?s ?p 'a' .", "FILTER(1<2)", "OPTIONAL { } "])


@given(
    before=befores, gap=spaces, word=words, other=spaces, silent=st.sampled_from(["", "SILENT "])
)
def test_no_layout_lets_a_call_through(
    before: str, gap: str, word: str, other: str, silent: str
) -> None:
    text = f"SELECT * {{ {before}{gap}{word}{other}{silent}<http://127.0.0.1:1/>{gap}{{ }} }}"
    with pytest.raises((Forbidden, InvalidRequest)):
        check_query(text, [])


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { }",
        "PREFIX a: <http://e/> DELETE WHERE { ?s ?p ?o }",
        "# SELECT\nDROP ALL",
        "BASE <http://e/> WITH <g> DELETE { } WHERE { }",
        "CLEAR DEFAULT",
    ],
)
def test_an_update_is_told_that_the_endpoint_only_reads(text: str) -> None:
    with pytest.raises(InvalidRequest, match="only reads"):
        check_query(text, [])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <http://127.0.0.1:1/> { }",
        "SELECT * FROM NAMED <file:///etc/passwd> { }",
        f"SELECT * FROM <{PARIS.value}> FROM <http://e/other> {{ }}",
        "PREFIX sv: <http://e/> SELECT * FROM sv:paris { }",
        "BASE <http://e/> SELECT * FROM <paris> { }",
        "SELECT * from named<http://e/g>{ }",
    ],
)
def test_a_graph_the_store_does_not_have_is_forbidden(text: str) -> None:
    with pytest.raises(Forbidden, match="outside graphs are never fetched"):
        check_query(text, [PARIS])


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * FROM <{PARIS.value}> {{ }}",
        f"SELECT * FROM NAMED <{PARIS.value}> {{ }}",
        f"PREFIX sv: <{SV}> SELECT * FROM sv:paris FROM NAMED sv:p\\aris {{ }}",
        f"BASE <{SV}> SELECT * FROM <#paris> {{ }}",
        f"SELECT * FROM <{SV}\\u0070aris> {{ }}",
    ],
)
def test_a_graph_of_the_store_may_be_named_in_every_way(text: str) -> None:
    check_query(text, [PARIS])


def test_the_dataset_clause_is_read_apart() -> None:
    clause = dataset_clause("PREFIX a: <http://e/> SELECT * FROM a:b FROM NAMED <http://e/c> { }")
    assert clause == (("http://e/b",), ("http://e/c",))


def test_size_is_counted_in_bytes() -> None:
    check_query("#" + "x" * (MOST_BYTES - 1), [])
    with pytest.raises(InvalidRequest, match="64 kB"):
        check_query("#" + "é" * (MOST_BYTES // 2), [])


def test_depth_counts_brackets_that_are_open() -> None:
    check_query("ASK " + "{" * MOST_DEPTH + "}" * MOST_DEPTH, [])
    check_query("ASK { " + "{ } " * 500 + "}", [])
    with pytest.raises(InvalidRequest, match="100 deep"):
        check_query("ASK " + "{" * (MOST_DEPTH + 1) + "}" * (MOST_DEPTH + 1), [])


@pytest.mark.parametrize(
    "text",
    [
        "ASK { FILTER(" + "!" * 400 + "true) }",
        "SELECT (1" + "+1" * 400 + " AS ?x) { }",
        "ASK { ?s <a:a>" + "/<a:a>" * 400 + " ?o }",
        "ASK { { } " + "UNION { }" * 300 + " }",
        "ASK { " + "BIND(1 AS ?x)" * 210 + " }",
    ],
)
def test_chains_that_overflow_the_engines_stack_are_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match=f"{MOST_OPERATORS} operators"):
        check_query(text, [])


@pytest.mark.parametrize(
    ("start", "link", "end"),
    [
        ("ASK { FILTER(", "!", "true) }"),
        ("SELECT (1", "+1", " AS ?x) { }"),
        ("ASK { { } ", "UNION { }", " }"),
        ("ASK { ", "MINUS { ?s ?p ?o } ", " }"),
        ("ASK { ?s <a:a>", "|<a:a>", " ?o }"),
    ],
)
def test_the_longest_chain_allowed_is_answered(start: str, link: str, end: str) -> None:
    # The word before the chain counts as one.
    text = start + link * (MOST_OPERATORS - 1) + end
    check_query(text, [])
    found = ox.Store().query(text)
    assert not isinstance(found, ox.QueryTriples)
    assert found.serialize(format=ox.QueryResultsFormat.JSON)


def test_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="not Unicode"):
        check_query("SELECT * { ?s ?p '\ud800' }", [])


def test_the_check_for_calls_evaluates_nothing() -> None:
    # Ten to the twentieth solutions: an engine that evaluated this would not come back.
    crossed = " ".join(f"VALUES ?x{n} {{ 1 2 3 4 5 6 7 8 9 10 }}" for n in range(20))
    check_query(f"ASK {{ {crossed} FILTER(?x0 = 'service') }}", [])


@pytest.mark.parametrize(
    "text",
    [
        "DESCRIBE " + "<a:b> " * 4000,
        "SELECT * { (" + "1 " * 10000 + ") ?b ?c }",
        "SELECT * { ?a ?b ?c FILTER(" + "<\u2039" * 10000 + ") }",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING " + "(?s)" * 12000,
        "SELECT " + " ".join(f"(1AS?v{number})" for number in range(4000)) + " {}",
        "a." * 32000,
    ],
    ids=["terms", "list", "signs", "conditions", "expressions", "words"],
)
def test_a_text_of_too_many_words_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match=f"more than {MOST_TOKENS} words and signs"):
        check_query(text, [])


def test_three_times_the_longest_shipped_query_is_short_enough() -> None:
    longest = max(len(list(tokens_of(query.text))) for query in queries())
    assert 3 * longest < MOST_TOKENS
