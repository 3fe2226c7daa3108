from __future__ import annotations

import csv
from io import StringIO

import pytest
import rdflib
from fastapi.testclient import TestClient
from rdflib.namespace import DCTERMS, RDF, VOID

from graph.namespaces import BASE, DATA, ID

HOST = "http://testserver/"
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
SYNTAXES = [
    ("text/turtle", "turtle"),
    ("application/ld+json", "json-ld"),
    ("application/rdf+xml", "xml"),
]


def description(
    client: TestClient, path: str = "/dataset", accept: str = "text/turtle"
) -> rdflib.Graph:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == accept
    return rdflib.Graph().parse(data=answer.content, format=dict(SYNTAXES)[accept])


def size(found: rdflib.Graph, dataset: str) -> int:
    number = found.value(rdflib.URIRef(dataset), VOID.triples)
    assert isinstance(number, rdflib.Literal)
    return int(number)


def counted(client: TestClient, pattern: str) -> dict[str, int]:
    query = f"SELECT ?graph (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?graph"
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    return {row["graph"]: int(row["n"]) for row in csv.DictReader(StringIO(answer.text))}


def test_the_well_known_address_has_the_same_description(paris: TestClient) -> None:
    first, second = (
        paris.get(path, headers={"Accept": "text/turtle"}).content
        for path in ("/.well-known/void", "/dataset")
    )
    assert first == second


# rdflib reads JSON-LD with a class of its own that it has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("accept", [accept for accept, _ in SYNTAXES])
def test_each_syntax_says_the_same(accept: str, paris: TestClient) -> None:
    # A literal is written with its datatype or as a number; the values are compared.
    found = {tuple(map(str, each)) for each in description(paris, accept=accept)}
    assert found == {tuple(map(str, each)) for each in description(paris)}


def test_the_triples_of_each_dataset_are_those_the_endpoint_counts(paris: TestClient) -> None:
    found = description(paris)
    sizes = {
        str(graph): size(found, str(graph))
        for graph in found.objects(rdflib.URIRef(HOST + "dataset"), VOID.subset)
    }
    assert sizes == counted(paris, "GRAPH ?graph { ?s ?p ?o }")
    assert counted(paris, "?s ?p ?o BIND('all' AS ?graph)") == {
        "all": size(found, HOST + "dataset")
    }


def test_the_datasets_are_the_named_graphs_of_the_service_description(paris: TestClient) -> None:
    answer = paris.get("/sparql", headers={"Accept": "text/turtle"})
    service = rdflib.Graph().parse(data=answer.content, format="turtle")
    found = description(paris)
    assert set(found.subjects(RDF.type, DCAT.Dataset)) == set(service.objects(None, SD.name))
    endpoints = set(service.objects(None, SD.endpoint))
    (endpoint,) = {each for each in endpoints if not str(each).endswith("/update")}
    assert set(found.objects(None, DCAT.endpointURL)) == {endpoint}
    assert set(found.objects(None, VOID.sparqlEndpoint)) == {endpoint}


def test_a_dataset_has_its_title_licence_source_and_version(paris: TestClient) -> None:
    found = description(paris)
    about = rdflib.URIRef(DATA + "paris-2026")
    version = paris.get("/version").json()["graph"]
    assert str(found.value(about, DCTERMS.title)).startswith("The Paris meeting")
    assert str(found.value(about, DCTERMS.license)).startswith("https://www.apache.org/")
    sources = set(found.objects(about, DCTERMS.source))
    assert rdflib.URIRef(f"{ID}source/paris-2026-article") in sources
    assert str(found.value(about, DCAT["version"])) == str(version)


def test_every_dump_is_there_and_holds_what_is_counted(paris: TestClient) -> None:
    found = description(paris)
    about = rdflib.URIRef(DATA + "paris-2026")
    dumps = {str(file) for file in found.objects(about, VOID.dataDump)}
    assert {name.rpartition(".")[2] for name in dumps} == {"ttl", "jsonld", "rdf", "nt", "json"}
    for file in dumps:
        answer = paris.get(file.removeprefix(HOST.rstrip("/")))
        media_type = answer.headers["content-type"].partition(";")[0]
        (registered,) = found.objects(rdflib.URIRef(file), DCAT.mediaType)
        assert str(registered).endswith(f"/{media_type}")
        if file.endswith(".nt"):
            assert len(answer.text.splitlines()) == size(found, str(about))


def test_a_browser_gets_a_page_with_every_dataset(paris: TestClient) -> None:
    page = paris.get("/dataset", headers={"Accept": "text/html"}).text
    assert 'href="/data/paris-2026"' in page
    assert f">{size(description(paris), DATA + 'paris-2026')}<" in page
    assert paris.get("/dataset.ttl").content == paris.get("/.well-known/void").content


@pytest.mark.parametrize("path", ["/dataset.ttl", "/ns.ttl"])
def test_a_format_beside_a_suffix_is_refused(paris: TestClient, path: str) -> None:
    assert paris.get(f"{path}?format=json").status_code == 400


def test_a_hostile_title_is_escaped(client: TestClient) -> None:
    page = client.get("/dataset", headers={"Accept": "text/html"}).text
    assert "<script>alert" not in page
    assert f"{BASE}data/hostile" in description(client).serialize(format="nt")
