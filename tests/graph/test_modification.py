"""DELETE/INSERT WHERE worked out from its solutions is what the engine does to a copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.errors import InvalidRequest
from graph.memory_store import MemoryStore
from graph.modification import Modification
from graph.namespaces import DEFAULT, DERIVED, GENID
from graph.rdf import read_nquads
from graph.update import Update, changes

BASE = "http://e/"
PREFIX = "PREFIX : <http://e/>\n"
NAMED_DEFAULT = ox.NamedNode(DEFAULT)
PAIR = f"<{BASE}a> <{BASE}b> <{BASE}c> <{DEFAULT}> .\n<{BASE}c> <{BASE}b> <{BASE}a> <{DEFAULT}> .\n"
DERIVED_QUAD = read_nquads(f"<http://e/a> <http://e/b> <http://e/seen> <{DERIVED}x> .\n")

names = st.sampled_from([":a", "<b>"])
literals = st.sampled_from(['"x"', '"x"@en', "1", "1.50", "01", "'back\\\\slash \\u0041'"])
variables = st.sampled_from(["?s", "?p", "?o"])
places = st.sampled_from([":g", "<h>", ":none", "?g", "?g"])
subjects = variables | variables | names
objects = variables | variables | names | literals


def triples(
    subject: st.SearchStrategy[str], object_: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    return st.builds("{} {} {} .".format, subject, variables | names, object_)


def quads(triple: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    placed = st.builds("GRAPH {} {{ {} }}".format, places, triple)
    return st.lists(triple | placed, min_size=1, max_size=2).map(" ".join)


matched = quads(triples(subjects, objects))
further = st.lists(
    st.just("GRAPH ?g {}")
    | st.builds("OPTIONAL {{ {} }}".format, matched)
    | st.builds("{{ {} }} UNION {{ {} }}".format, matched, matched)
    | st.builds("MINUS {{ {} }}".format, matched)
    | st.builds("FILTER NOT EXISTS {{ {} }}".format, matched)
    | st.builds("{{ SELECT DISTINCT ?s ?o {{ {} }} }}".format, matched)
    | st.sampled_from(
        [
            "FILTER(?o<2)",
            'FILTER(STR(?o) > "}")',
            "VALUES (?s ?o) { (:a UNDEF) (<b> 1.50) }",
            "?s (:a|<b>)+ ?o .",
            "# }; DELETE { ?s ?p ?o } WHERE\n",
        ]
    ),
    max_size=2,
).map(" ".join)
patterns = st.builds("{} {}".format, matched, further)
bound = st.sampled_from(
    [
        "",
        "BIND(BNODE() AS ?new)",
        "BIND(IRI(CONCAT(STR(?s), 'x')) AS ?new)",
        "BIND(?o + 1.0 AS ?new)",
        f"BIND(<{DERIVED}x> AS ?new)",
        f"BIND(IRI('{DEFAULT}') AS ?new)",
    ]
)
deleted = quads(triples(subjects | st.just("?new"), objects | st.just("?new")))
blank = st.sampled_from(["_:x", "[]", "?new"])
inserted = quads(triples(subjects | blank, objects | blank)) | st.just(
    "GRAPH ?new { :a :b ?o } ?s ?p ( ?o ?unbound )"
)
datasets = st.sampled_from(
    ["", "", "USING :g", "USING :g USING <h>", "USING NAMED <h>", "USING :g USING NAMED <h>"]
)


@st.composite
def modifications(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 4)) == 0:
        return f"{PREFIX}DELETE WHERE {{ {draw(matched)} }}"
    within = draw(st.sampled_from(["", "", "WITH :g ", "WITH <h> # WHERE\n"]))
    delete = draw(st.builds("DELETE {{ {} }} ".format, deleted))
    insert = draw(st.builds("INSERT {{ {} }} ".format, inserted))
    head = draw(st.sampled_from([delete, insert, delete + insert]))
    where = f"{{ {draw(patterns)} {draw(bound)} }}"
    return f"{PREFIX}{within}{head}{draw(datasets)} WHERE {where}"


held = st.lists(
    st.builds(
        "<http://e/{}> <http://e/{}> {} <{}> .\n".format,
        st.sampled_from("ab"),
        st.sampled_from("ab"),
        st.sampled_from(
            [
                *(f"<http://e/{name}>" for name in "abg"),
                '"x"',
                '"x"@en',
                *(f'"{n}"^^<http://www.w3.org/2001/XMLSchema#integer>' for n in ("1", "01")),
                '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            ]
        ),
        st.sampled_from([DEFAULT, "http://e/g", "http://e/h"]),
    ),
    min_size=2,
    max_size=10,
).map("".join)


def store_of(nquads: str) -> MemoryStore:
    store = MemoryStore.of(read_nquads(nquads), 1)
    store.derive((), DERIVED_QUAD)
    return store


def regraphed(quad: ox.Quad, old: ox.NamedNode | None, new: ox.NamedNode | None) -> ox.Quad:
    """Give a quad of one graph in another; None is the graph without a name."""
    if quad.graph_name != (old or ox.DefaultGraph()):
        return quad
    return ox.Quad(quad.subject, quad.predicate, quad.object, new)


def unskolemised(quad: ox.Quad) -> ox.Quad:
    subject, object_ = (
        ox.BlankNode(term.value.removeprefix(GENID))
        if isinstance(term, ox.NamedNode) and term.value.startswith(GENID)
        else term
        for term in (quad.subject, quad.object)
    )
    return ox.Quad(subject, quad.predicate, object_, quad.graph_name)  # type: ignore[arg-type]


def canonical(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Write literals as the engine does, and forget what blank nodes are called."""
    normalised = ox.Store()
    normalised.extend(map(unskolemised, quads))
    dataset = ox.Dataset(normalised)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def on_a_copy(store: MemoryStore, text: str) -> set[ox.Quad]:
    copy = ox.Store()
    copy.extend(regraphed(quad, NAMED_DEFAULT, None) for quad in store.quads())
    copy.update(text, base_iri=BASE)
    return canonical(
        regraphed(quad, None, NAMED_DEFAULT)
        for quad in copy
        if not isinstance(quad.graph_name, ox.BlankNode)
    )


def read(text: str) -> Modification:
    modification = Modification.read(text, len(PREFIX))
    assert modification is not None
    return modification


@settings(max_examples=300)
@given(held, modifications())
@example(PAIR, f"{PREFIX}DELETE {{ ?s :b ?o }} INSERT {{ ?o :b ?s }} WHERE {{ ?s :b ?o }}")
@example(PAIR, f"{PREFIX}INSERT {{ _:x :b ?s }} WHERE {{ ?s :b ?o }}")
@example(PAIR, f"{PREFIX}DELETE WHERE {{ ?s :b ?o . GRAPH :none {{}} }}")
@example(PAIR, f"{PREFIX}DELETE # {{\n WHERE {{ ?s :b ?o }}")
def test_an_update_is_what_the_engine_does_to_a_copy(nquads: str, text: str) -> None:
    store = store_of(nquads)
    before = set(store.quads())
    change = changes(store, Update(text, base=BASE))
    assert not set(change.adds) & before
    assert set(change.removes) <= before
    assert canonical(before - {*change.removes} | {*change.adds}) == on_a_copy(store, text)


@given(held, modifications())
def test_the_solutions_suffice(nquads: str, text: str) -> None:
    assert read(text).quads(store_of(nquads), BASE) is not None


@given(held, modifications(), st.sampled_from(["INSERT", "DELETE"]))
def test_data_may_follow(nquads: str, text: str, form: str) -> None:
    store = store_of(nquads)
    both = f'{text}\n; {form} DATA {{ :a :b 1 . GRAPH :g {{ :b :c "x" }} }}'
    change = changes(store, Update(both, base=BASE))
    after = set(store.quads()) - {*change.removes} | {*change.adds}
    assert canonical(after) == on_a_copy(store, both)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { :a :b :c }",
        "COPY :g TO :h",
        "DELETE WHERE { ?s ?p ?o . GRAPH :none {} }",
        "INSERT { :a :b :c \\u007D WHERE { }",
    ],
)
def test_what_is_no_pattern_or_in_doubt_is_left_to_the_engine(text: str) -> None:
    assert Modification.read(PREFIX + text, len(PREFIX)) is None


def test_a_variable_is_not_written_with_an_escape() -> None:
    with pytest.raises(InvalidRequest, match="line 2"):
        changes(store_of(PAIR), Update(f"{PREFIX}DELETE {{ ?\\u0073 :b 1 }} WHERE {{ ?s :b 1 }}"))


def test_a_cut_in_the_wrong_place_is_noticed() -> None:
    text = f"{PREFIX}DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}"
    for part in ("deleted", "where"):
        cut = replace(read(text), **{part: "{ ?s ?p ?o } WHERE { ?s ?p ?o }"})
        assert cut.quads(store_of(PAIR), BASE) is None


def test_derived_graphs_are_neither_matched_nor_emptied() -> None:
    everything = "GRAPH ?g { ?s ?p ?o }"
    for text in (
        f"DELETE {{ {everything} }} WHERE {{ {everything} }}",
        f"DELETE {{ {everything} }} USING NAMED <{DERIVED}x> WHERE {{ {everything} }}",
        f"WITH <{DERIVED}x> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"DELETE {{ GRAPH <{DERIVED}x> {{ :a :b :seen }} }} WHERE {{}}",
    ):
        assert not changes(store_of(""), Update(PREFIX + text, base=BASE))
