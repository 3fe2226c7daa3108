"""What an update would change is worked out beside the store, which stays as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from graph.errors import Forbidden, InvalidRequest, UnreadableInput
from graph.journal import Change
from graph.memory_store import MemoryStore
from graph.namespaces import DEFAULT, GENID
from graph.rdf import nquads, read_nquads
from graph.update import Update, changes

HELD = """
<http://e/a> <http://e/p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <http://e/g> .
<http://e/a> <http://e/p> "one" <http://e/g> .
<http://e/a> <http://e/p> "one" <http://e/h> .
<http://e/b> <http://e/p> "two" <https://w3id.org/servanda/data/default> .
"""


def store() -> MemoryStore:
    return MemoryStore.of(read_nquads(HELD), 1)


def changed(text: str, **dataset: tuple[str, ...]) -> Change:
    held = store()
    change = changes(held, Update(text, base="http://e/", **dataset))
    assert set(held.quads()) == set(read_nquads(HELD))
    return change


def adds(text: str, **dataset: tuple[str, ...]) -> str:
    return nquads(changed(text, **dataset).adds)


def removes(text: str, **dataset: tuple[str, ...]) -> str:
    return nquads(changed(text, **dataset).removes)


def test_what_is_written_without_a_graph_goes_to_the_default_graph() -> None:
    assert adds("INSERT DATA { <a> <p> 1 }") == (
        f'<http://e/a> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <{DEFAULT}> .\n'
    )
    assert removes('DELETE DATA { <b> <p> "two" }').endswith(f"<{DEFAULT}> .\n")


@pytest.mark.parametrize(
    "text",
    [
        'INSERT DATA { GRAPH <g> { <a> <p> "one" } }',
        "INSERT DATA { GRAPH <g> { <a> <p> 1.5 } }",
        'DELETE DATA { GRAPH <g> { <a> <p> "other" } }',
        'DELETE DATA { <a> <p> "one" }',
        "INSERT DATA { <c> <p> 1 } ; DELETE DATA { <c> <p> 1 }",
        "CREATE GRAPH <new>",
        "DELETE { ?s ?p ?o } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "",
    ],
)
def test_what_is_so_already_is_no_change(text: str) -> None:
    assert not changed(text)


def test_of_data_the_last_word_counts() -> None:
    text = (
        'PREFIX : <http://e/> DELETE DATA { GRAPH :g { :a :p "one" } } ; INSERT DATA { :c :p 1 };'
    )
    later = 'BASE <http://f/> INSERT DATA { GRAPH :g { :a :p "one", <x> } }'
    change = changed(text + later)
    assert change.removes == ()
    assert [str(quad.object) for quad in change.adds if quad.graph_name.value == "http://e/g"] == [  # type: ignore[union-attr]
        "<http://f/x>"
    ]


def test_a_pattern_is_matched_in_the_default_graph_alone() -> None:
    assert removes("DELETE WHERE { ?s ?p ?o }").startswith("<http://e/b>")
    assert adds("INSERT { ?s <q> ?o } WHERE { ?s <p> ?o }").startswith("<http://e/b>")


def test_a_literal_is_removed_as_it_was_written() -> None:
    assert '"1.50"' in removes("WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o = 1.5) }")
    assert '"1.50"' in removes("DELETE DATA { GRAPH <g> { <a> <p> 1.5 } }")


def test_operations_see_what_those_before_them_did() -> None:
    copied = "INSERT { GRAPH <new> { ?s <q> ?o } } WHERE { GRAPH <new> { ?s ?p ?o } }"
    change = changed(f"MOVE <g> TO <new> ; {copied}")
    assert len(change.adds) == 4
    assert len(change.removes) == 2


def test_blank_nodes_get_iris_of_their_own() -> None:
    first, second = (changed("INSERT DATA { [] <p> [] }").adds[0] for _ in range(2))
    names = {first.subject, first.object, second.subject, second.object}
    assert len(names) == 4
    assert all(isinstance(name, ox.NamedNode) and name.value.startswith(GENID) for name in names)


def test_a_graph_without_an_iri_is_left_out() -> None:
    text = "INSERT { GRAPH ?g { <a> <p> 1 } GRAPH <g> { <a> <p> 1 } } WHERE { BIND(BNODE() AS ?g) }"
    assert adds(text).count("<http://e/g>") == len(changed(text).adds) == 1


def test_what_is_matched_is_not_looked_for_in_a_copy() -> None:
    class Unlisted(MemoryStore):
        def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
            raise AssertionError("the whole store is listed")

    held = Unlisted.of(read_nquads(HELD), 1)
    text = "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o } ; INSERT DATA { <b> <p> <new> }"
    change = changes(held, Update(text, base="http://e/"))
    assert (len(change.adds), len(change.removes)) == (1, 1)


def test_the_protocol_names_the_graphs_that_are_matched() -> None:
    text = "INSERT { GRAPH <new> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert '"one"' in adds(text, using=("http://e/h",))
    text = "INSERT { GRAPH <new> { ?s ?p ?g } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert "<http://e/h>" in adds(text, using_named=("http://e/h",))
    assert "<http://e/g>" not in adds(text, using_named=("http://e/h",))


@pytest.mark.parametrize(
    "text",
    [
        "WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <g> WHERE { ?s ?p ?o }",
        "DELETE WHERE { ?s ?p ?o }",
    ],
)
def test_graphs_are_named_in_one_way(text: str) -> None:
    with pytest.raises(InvalidRequest, match="line 1, column"):
        changed(text, using=("http://e/g",))


def test_the_default_graph_has_no_name_in_an_update() -> None:
    with pytest.raises(InvalidRequest, match="default graph of every update"):
        changed(f"CLEAR GRAPH <{DEFAULT}>")


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:1/>",
        "LOAD SILENT <http://127.0.0.1:1/>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_nothing_outside_is_asked(text: str) -> None:
    with pytest.raises(Forbidden):
        changed(text)


def test_a_load_behind_what_looks_like_a_text_is_found() -> None:
    pattern = 'DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o<1#>"""\n) }'
    with pytest.raises(InvalidRequest, match="never closed"):
        changed(pattern + ' ; LOAD <http://127.0.0.1:1/> #"""')


def test_a_blank_node_of_two_operations_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="_:x at line 2, column 15 stands in two operations"):
        changed("INSERT DATA { _:x <p> 1 } ;\nINSERT DATA { _:x <p> 2 }")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "INSERT DATA { <a> <p> }",
        "}{",
        "BASE <http://e/> INSERT DATA { <//[> <p> 1 }",
        r"INSERT DATA { <\UFFFFFFFF> <p> 1 }",
    ],
)
def test_what_is_no_update_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest):
        changed(text)


def test_a_failing_operation_is_told() -> None:
    with pytest.raises(InvalidRequest, match="http://e/none"):
        changed("DROP GRAPH <none>")


@pytest.mark.parametrize(
    "literal",
    [
        '"x"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"2026-01-06"^^<http://www.w3.org/2001/XMLSchema#date>',
    ],
)
def test_a_literal_that_is_not_recorded_is_refused(literal: str) -> None:
    with pytest.raises(UnreadableInput):
        changed(f"INSERT DATA {{ <a> <p> {literal} }}")


def test_data_may_be_long() -> None:
    text = " ".join(f"<s{n}> <p> {n} ." for n in range(3000))
    assert len(changed(f"INSERT DATA {{ {text} }}").adds) == 3000
    with pytest.raises(InvalidRequest, match="words and signs"):
        changed(f"INSERT {{ {text} }} WHERE {{}}")
