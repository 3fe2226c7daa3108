"""What people have already asks and changes the graph: rdflib, SPARQLWrapper and pandas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import NamedTuple
from urllib.error import HTTPError

import pandas
import pytest
from rdflib import RDFS, Graph, Literal, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from api.client import Client
from graph.accounts import Accounts, Role
from graph.namespaces import ID, SV
from tests.api.cli.conftest import serving
from tests.api.client.test_client import LABELS

NOTES = URIRef("urn:example:notes")
NOTE = URIRef("urn:example:note")
OTHER = URIRef("urn:example:other")
FRANCE = f"<{ID}actor/france>"


class Writable(NamedTuple):
    """A server that may be changed, and the header of an editor."""

    url: str
    headers: dict[str, str]


@pytest.fixture(scope="module")
def writable(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    folder = tmp_path_factory.mktemp("writable")
    directory = copytree(shipped, folder / "data")
    token = Accounts(directory).make("rdflib", Role.EDITOR)
    with serving(folder, "--data-dir", directory, SERVANDA_WORKERS="1") as server:
        yield Writable(server.url, {"Authorization": f"Bearer {token}"})


def test_rdflib_asks_the_endpoint(address: str, local: Client) -> None:
    store = SPARQLStore(f"{address}/sparql")
    assert len(list(store.query(LABELS))) == len(local.sparql(LABELS))
    sv = Namespace(SV)
    assert any(True for _ in store.triples((None, None, sv.State)))


def test_rdflib_changes_the_graph_with_a_token(writable: Writable) -> None:
    url, headers = writable
    store = SPARQLUpdateStore(f"{url}/sparql", f"{url}/sparql/update", headers=headers)
    notes = Graph(store, identifier=NOTES)
    written = (NOTE, RDFS.label, Literal("A note", lang="en"))
    notes.addN([(*written, notes), (NOTE, RDFS.comment, Literal("It stays"), notes)])
    assert list(notes.triples((NOTE, RDFS.label, None))) == [written]
    notes.update(
        "DELETE { ?note rdfs:label ?old } INSERT { ?note rdfs:label 'Another'@en } "
        "WHERE { ?note rdfs:label ?old . FILTER (?note = <urn:example:note>) }"
    )
    assert list(notes.objects(NOTE, RDFS.label)) == [Literal("Another", lang="en")]
    notes.remove((NOTE, RDFS.label, None))
    assert list(notes.predicates(NOTE)) == [RDFS.comment]


def test_rdflib_changes_nothing_without_a_token(writable: Writable) -> None:
    store = SPARQLUpdateStore(f"{writable.url}/sparql", f"{writable.url}/sparql/update")
    with pytest.raises(HTTPError, match="401"):
        Graph(store, identifier=NOTES).add((NOTE, RDFS.label, Literal("A note")))


def test_sparqlwrapper_asks_for_rows_and_for_a_graph(address: str, local: Client) -> None:
    asking = SPARQLWrapper(f"{address}/sparql", returnFormat=JSON)
    asking.setQuery(LABELS)
    found = asking.queryAndConvert()
    assert isinstance(found, dict)
    assert len(found["results"]["bindings"]) == len(local.sparql(LABELS))
    asking.setMethod(POST)
    asking.setReturnFormat(TURTLE)
    asking.setQuery(f"CONSTRUCT WHERE {{ {FRANCE} ?p ?o }}")
    turtle = asking.queryAndConvert()
    assert isinstance(turtle, bytes)
    graph = Graph().parse(data=turtle, format="turtle")
    assert (URIRef(f"{ID}actor/france"), RDFS.label, Literal("France", lang="en")) in graph


def test_sparqlwrapper_is_told_where_a_query_is_wrong(address: str) -> None:
    asking = SPARQLWrapper(f"{address}/sparql", returnFormat=JSON)
    asking.setQuery("SELECT * {")
    with pytest.raises(QueryBadFormed, match="line 1"):
        asking.query()


def test_sparqlwrapper_changes_the_graph_with_a_token(writable: Writable) -> None:
    url, headers = writable
    changing = SPARQLWrapper(f"{url}/sparql", updateEndpoint=f"{url}/sparql/update")
    for name, text in headers.items():
        changing.addCustomHttpHeader(name, text)
    changing.setMethod(POST)
    changing.setQuery(f"INSERT DATA {{ <{OTHER}> <{RDFS.comment}> 'by SPARQLWrapper'@en }}")
    assert changing.query().response.status == 200
    with Client(url) as client:
        asked = f"SELECT ?o {{ <{OTHER}> <{RDFS.comment}> ?o }}"
        assert [str(row["o"]) for row in client.sparql(asked)] == ["by SPARQLWrapper"]


def test_pandas_reads_an_address(address: str) -> None:
    found = pandas.read_csv(f"{address}/api/v1/actors?format=csv&limit=1000")
    assert "France" in set(found["label"])
    assert {"asOf", "knownAt", "policy", "version"} <= set(found.columns)


def test_pandas_reads_the_answer_to_a_query(address: str, local: Client) -> None:
    found = pandas.read_csv(f"{address}/queries/commitments-owed-by?debtor=actor/france&format=csv")
    same = local.query("commitments-owed-by", debtor="actor/france")
    assert list(found.columns) == list(same.variables)
    assert len(found) == len(same) > 0
