"""The memory store answers SPARQL on what the journal says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Thread

import pyoxigraph as ox
import pytest

from graph.errors import InvalidRequest
from graph.journal import Transaction
from graph.memory_store import MemoryStore
from graph.namespaces import DATA, DERIVED, SV
from tests.graph.conftest import PARIS, quad, typed

OTHER = ox.NamedNode(DATA + "other")
ONE = quad("p1", "label", ox.Literal("one"))
TWO = ox.Quad(ox.NamedNode(SV + "p2"), ONE.predicate, ox.Literal("two"), OTHER)
ALL = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"


def transaction(
    seq: int, adds: tuple[ox.Quad, ...] = (), removes: tuple[ox.Quad, ...] = ()
) -> Transaction:
    return Transaction(seq, datetime.now(UTC), "", "", "", "", adds, removes, "", "", "")


@pytest.fixture(params=[False, True], ids=["one index", "the merge apart"])
def store(request: pytest.FixtureRequest) -> MemoryStore:
    store = MemoryStore()
    if request.param:
        store.index_merge()
    store.apply(transaction(1, (ONE, TWO)))
    return store


def values(store: MemoryStore, text: str, **graphs: list[ox.NamedNode]) -> list[str]:
    rows = store.query(
        text,
        default_graphs=graphs.get("default_graphs"),
        named_graphs=graphs.get("named_graphs"),
    ).rows()
    return [row["o"].value for row in rows]


def test_an_empty_store_is_at_version_zero() -> None:
    assert MemoryStore().head == 0
    assert list(MemoryStore().quads()) == []
    assert MemoryStore().graphs() == []


def test_transactions_are_applied_in_order_only(store: MemoryStore) -> None:
    for seq in (1, 3):
        with pytest.raises(ValueError, match="does not follow"):
            store.apply(transaction(seq))
    store.apply(transaction(2))
    assert store.head == 2


def test_a_graph_without_quads_is_no_graph(store: MemoryStore) -> None:
    assert store.graphs() == [OTHER, PARIS]
    store.apply(transaction(2, removes=(TWO,)))
    assert store.graphs() == [PARIS]


def test_quads_come_back_as_they_were_written(store: MemoryStore) -> None:
    amounts = tuple(
        quad("p1", "amount", typed(text, "decimal")) for text in ("1.50", "1.5", "01.5")
    )
    flag = quad("p1", "monitored", typed("1", "boolean"))
    store.apply(transaction(2, (*amounts, flag)))
    assert set(store.quads(PARIS)) == {ONE, *amounts, flag}
    assert flag in store
    assert quad("p1", "monitored", typed("true", "boolean")) not in store
    store.apply(transaction(3, removes=amounts[:2]))
    assert set(store.quads(PARIS)) == {ONE, amounts[2], flag}
    store.apply(transaction(4, removes=(amounts[2],)))
    assert set(store.quads()) == {ONE, TWO, flag}
    assert values(store, f"SELECT ?o {{ ?s <{SV}amount> ?o }}") == []


def test_the_default_graph_is_the_union_of_all(store: MemoryStore) -> None:
    assert values(store, ALL) == ["one", "two"]


def test_what_was_there_is_in_the_merge_that_is_indexed_later(store: MemoryStore) -> None:
    store.index_merge()
    assert values(store, ALL) == ["one", "two"]
    assert values(store, f"SELECT ?o {{ ?s ?p ?o GRAPH <{OTHER.value}> {{ ?s ?p ?o }} }}") == [
        "two"
    ]


def test_a_query_that_names_its_graphs_sees_those_alone(store: MemoryStore) -> None:
    assert values(store, f"SELECT ?o FROM <{OTHER.value}> {{ ?s ?p ?o }}") == ["two"]
    named = f"SELECT ?o FROM NAMED <{OTHER.value}>"
    assert values(store, f"{named} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == ["two"]
    assert values(store, f"{named} {{ ?s ?p ?o }}") == []


def test_the_callers_graphs_outrank_those_of_the_query(store: MemoryStore) -> None:
    text = f"SELECT ?o FROM <{OTHER.value}> {{ ?s ?p ?o }}"
    assert values(store, text, default_graphs=[PARIS]) == ["one"]
    in_graph = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
    assert values(store, in_graph, named_graphs=[PARIS]) == ["one"]
    assert values(store, in_graph, default_graphs=[PARIS]) == []
    assert values(store, ALL, named_graphs=[PARIS]) == []


def test_bindings_fix_projected_variables_as_terms(store: MemoryStore) -> None:
    found = store.query("SELECT ?s ?o { ?s ?p ?o }", bindings={"o": ox.Literal("two")})
    assert found.variables == ("s", "o")
    assert [(row["s"], row["o"]) for row in found.rows()] == [(TWO.subject, TWO.object)]


def test_a_binding_of_a_variable_not_projected_is_refused(store: MemoryStore) -> None:
    with pytest.raises(InvalidRequest, match=r"`\?o` .* does not project it") as caught:
        store.query("SELECT ?s { ?s ?p ?o }", bindings={"o": ox.Literal("two")})
    assert caught.value.hint == "add ?o to what it selects"


@pytest.mark.parametrize(
    ("text", "said", "line", "column"),
    [
        ("SELECT * {\n ?s ?p }", "not valid SPARQL", 2, 9),
        ("", "the query is empty", 1, 1),
        ("SELECT * {", "never closed", 1, 10),
    ],
)
def test_a_malformed_query_is_refused_with_its_place(
    store: MemoryStore, text: str, said: str, line: int, column: int
) -> None:
    with pytest.raises(InvalidRequest, match=said) as caught:
        store.query(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert len(str(caught.value)) < 120


def test_an_undeclared_prefix_is_named_with_the_line_to_add(store: MemoryStore) -> None:
    with pytest.raises(InvalidRequest, match="prefix `sv:` at line 2, column 4") as caught:
        store.query("SELECT * {\n?x sv:debtor ?y }")
    assert caught.value.hint == f"begin the query with PREFIX sv: <{SV}>"


def test_a_function_nobody_knows_is_refused(store: MemoryStore) -> None:
    with pytest.raises(InvalidRequest, match="http://e/f"):
        store.query("SELECT (<http://e/f>(1) AS ?x) { }")


@pytest.mark.parametrize(
    ("text", "kind", "name", "expected"),
    [
        (ALL, "solutions", "csv", b"o\r\none\r\ntwo\r\n"),
        (ALL, "solutions", "tsv", b'?o\n"one"\n"two"\n'),
        (ALL, "solutions", "xml", b"<literal>two</literal>"),
        ("ASK { }", "boolean", "json", b'"boolean":true'),
        ("ASK { ?x ?x ?x }", "boolean", "xml", b"<boolean>false</boolean>"),
        ("DESCRIBE ?s { ?s ?p 'one' }", "triples", "ttl", b'sv:p1 sv:label "one" .'),
        ("CONSTRUCT WHERE { ?s ?p 'one' }", "triples", "nt", b'#label> "one" .'),
        ("CONSTRUCT WHERE { ?s ?p 'one' }", "triples", "nq", b'#label> "one" .'),
        ("CONSTRUCT WHERE { ?s ?p 'one' }", "triples", "trig", b'sv:label "one"'),
        ("CONSTRUCT WHERE { ?s ?p 'one' }", "triples", "rdf", b"<sv:label>one</sv:label>"),
        ("CONSTRUCT WHERE { ?s ?p 'one' }", "triples", "jsonld", b'"@value":"one"'),
    ],
)
def test_every_kind_of_answer_is_written_in_its_formats(
    store: MemoryStore, text: str, kind: str, name: str, expected: bytes
) -> None:
    results = store.query(text)
    assert results.kind == kind
    assert expected in results.write(name)


def test_json_is_the_w3c_result_format(store: MemoryStore) -> None:
    found = json.loads(store.query(ALL).write("json"))
    assert found["head"] == {"vars": ["o"]}
    assert found["results"]["bindings"][0] == {"o": {"type": "literal", "value": "one"}}


@pytest.mark.parametrize(
    ("text", "name"),
    [("ASK { }", "csv"), ("ASK { }", "ttl"), (ALL, "ttl"), ("DESCRIBE <http://e/>", "json")],
)
def test_a_format_that_cannot_hold_the_answer_is_refused(
    store: MemoryStore, text: str, name: str
) -> None:
    with pytest.raises(InvalidRequest, match=f"cannot be written as `{name}`") as caught:
        store.query(text).write(name)
    assert caught.value.hint is not None
    assert "choose one of" in caught.value.hint


def test_iterating_gives_rows_or_triples(store: MemoryStore) -> None:
    assert [type(each) for each in store.query(ALL)] == [ox.QuerySolution] * 2
    (triple,) = store.query("CONSTRUCT WHERE { ?s ?p 'one' }")
    assert triple == ONE.triple


def test_readers_see_a_transaction_whole_or_not_at_all() -> None:
    old = tuple(quad(f"p{n}", "label", ox.Literal("old")) for n in range(300))
    new = tuple(quad(f"p{n}", "label", ox.Literal("new")) for n in range(300))
    store, stop, counts = MemoryStore(), Event(), set[int]()
    store.apply(transaction(1, old))

    def count(ask: Callable[[], int]) -> None:
        while not stop.is_set():
            counts.add(ask())

    readers = [
        Thread(target=count, args=(ask,))
        for ask in (lambda: len(list(store.quads())), lambda: len(values(store, ALL)))
    ]
    for reader in readers:
        reader.start()
    for seq in range(2, 30):
        adds, removes = (new, old) if seq % 2 == 0 else (old, new)
        store.apply(transaction(seq, adds, removes))
    stop.set()
    for reader in readers:
        reader.join()
    assert counts == {300}


PLEDGE = ox.NamedNode(SV + "p1")
VIEW = ox.NamedNode(DERIVED + "sceptical")


def test_derived_graphs_are_found_by_their_name_alone(store: MemoryStore) -> None:
    three = ox.Quad(ONE.subject, ONE.predicate, ox.Literal("three"), VIEW)
    store.derive((), [three])
    assert store.derived_graphs() == [VIEW]
    assert VIEW not in store.graphs()
    assert list(store.quads(VIEW)) == [three]
    recorded = {*store.quads(), *store.about(PLEDGE), *store.match(PLEDGE)}
    assert ONE in recorded
    assert three not in recorded
    assert values(store, ALL) == ["one", "two"]
    named = f"SELECT ?o {{ GRAPH <{VIEW.value}> {{ ?s ?p ?o }} }}"
    assert values(store, named) == ["three"]
    assert values(store, ALL, default_graphs=[VIEW]) == ["three"]
    store.derive([three], [])
    assert store.derived_graphs() == []


def test_what_is_derived_and_recorded_leaves_the_merge_with_the_record(store: MemoryStore) -> None:
    store.derive((), [ox.Quad(ONE.subject, ONE.predicate, ONE.object, VIEW)])
    store.apply(transaction(2, removes=(ONE,)))
    assert values(store, ALL) == ["two"]


def test_what_is_recorded_of_a_subject_comes_as_it_was_written(store: MemoryStore) -> None:
    amount = quad("p1", "amount", typed("1.50", "decimal"))
    store.apply(transaction(2, (amount,)))
    assert set(store.about(PLEDGE)) == {ONE, amount}
