from __future__ import annotations

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from graph.glossary.glossary import shipped
from graph.namespaces import ONTOLOGY, PREFIXES, SV
from graph.resources import resource

MODULES = sorted(
    path.relative_to(resource("ontology")).with_suffix("").as_posix()
    for path in resource("ontology").rglob("*.ttl")
)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_the_shipped_file_byte_for_byte(client: TestClient, module: str) -> None:
    shipped = resource("ontology", f"{module}.ttl").read_bytes()
    for path in (f"/ontology/{module}", f"/ontology/{module}.ttl"):
        answer = client.get(path)
        assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
        assert answer.content == shipped


@pytest.mark.parametrize("module", MODULES)
def test_a_module_in_another_syntax_says_the_same(client: TestClient, module: str) -> None:
    shipped = ox.Dataset(
        ox.parse(path=resource("ontology", f"{module}.ttl"), format=ox.RdfFormat.TURTLE)
    )
    shipped.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    for suffix, syntax in (("nt", ox.RdfFormat.N_TRIPLES), ("rdf", ox.RdfFormat.RDF_XML)):
        answer = client.get(f"/ontology/{module}.{suffix}")
        converted = ox.Dataset(ox.parse(answer.content, format=syntax))
        converted.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        assert converted == shipped


@pytest.mark.parametrize(
    "path",
    [
        "/ontology/../pyproject",
        "/ontology/%2e%2e/%2e%2e/etc/passwd",
        "/ontology//etc/passwd",
        "/ontology/" + "a" * 300,
        "/ontology/core%00",
        "/ontology/9.9.9/core",
    ],
)
def test_no_path_leads_out_of_the_ontology(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_version_that_is_shipped_is_served_under_its_own_iri(client: TestClient) -> None:
    quads = ox.parse(path=resource("ontology", "core.ttl"), format=ox.RdfFormat.TURTLE)
    versioned = ox.NamedNode(PREFIXES["owl"] + "versionIRI")
    (version,) = [str(quad.object)[1:-1] for quad in quads if quad.predicate == versioned]
    answer = client.get("/ontology/" + version.removeprefix(ONTOLOGY))
    assert answer.content == resource("ontology", "core.ttl").read_bytes()


def test_the_namespace_document_describes_every_term_and_no_module(client: TestClient) -> None:
    quads = list(ox.parse(client.get("/ns.nt").content, format=ox.RdfFormat.N_TRIPLES))
    named = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    assert {SV + "Commitment", SV + "debtor", SV + "Land"} <= named
    assert not [iri for iri in named if iri.startswith(ONTOLOGY)]


@pytest.mark.parametrize("path", ["/ontology", "/ontology/", "/ns"])
def test_the_reference_lists_the_modules_and_has_an_anchor_for_each_term(
    client: TestClient, path: str
) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    for module in MODULES:
        assert f'<a href="/ontology/{module}">' in answer.text
    for name in shipped().terms:
        assert f'<section id="{name}"' in answer.text


@pytest.mark.parametrize("name", ["Commitment", "debtor", "madeOn", "Conditional"])
def test_a_term_is_a_page_for_browsers_and_rdf_for_others(client: TestClient, name: str) -> None:
    page = client.get(f"/ontology/{name}", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<{SV}{name}>; rel="describes"' in page.headers["link"]
    turtle = client.get(f"/ontology/{name}", headers={"Accept": "text/turtle"})
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert client.get(f"/ontology/{name}.ttl").content == turtle.content
    found = list(ox.parse(turtle.content, format=ox.RdfFormat.TURTLE))
    named = {quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)}
    assert named == {ox.NamedNode(SV + name)}


def test_what_is_stated_of_a_term_is_whole(client: TestClient) -> None:
    text = client.get("/ontology/Commitment.nt").text
    for name in ("content", "creditor", "debtor", "recordedIn"):
        assert f"<{PREFIXES['owl']}onProperty> <{SV}{name}>" in text
    assert f"<{SV}Source>" in client.get("/ontology/publishedOn.nt").text


def test_a_name_that_is_no_term_is_answered_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/ontology/Commitmen", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "did you mean `Commitment`?" in answer.text


def test_the_page_of_a_module_links_to_those_it_imports(client: TestClient) -> None:
    assert 'href="/ontology/actors"' in client.get("/ontology/core.html").text
