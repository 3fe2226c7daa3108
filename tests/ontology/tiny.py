"""An ontology of two modules and a data file, small enough to break on purpose."""

from __future__ import annotations

from pathlib import Path

PREFIXES = """\
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix onto: <https://w3id.org/servanda/ontology/> .
"""

ABOUT = """\
    dcterms:title "Tiny"@en ; dcterms:description "An ontology for tests."@en ;
    dcterms:creator "The Servanda editors" ;
    dcterms:license <https://www.apache.org/licenses/LICENSE-2.0> ;
    dcterms:created "2026-01-06T00:00:00Z"^^xsd:dateTime ;
    dcterms:modified "2026-01-06T00:00:00Z"^^xsd:dateTime .
"""

CORE = f"""{PREFIXES}
onto:core a owl:Ontology ; owl:imports onto:actors ;
    owl:versionIRI <https://w3id.org/servanda/ontology/0.1.0/core> ;
{ABOUT}"""

ACTORS = f"""{PREFIXES}
onto:actors a owl:Ontology ;
    owl:versionIRI <https://w3id.org/servanda/ontology/0.1.0/actors> ;
{ABOUT}
dcterms:title a owl:AnnotationProperty . dcterms:description a owl:AnnotationProperty .
dcterms:creator a owl:AnnotationProperty . dcterms:license a owl:AnnotationProperty .
dcterms:created a owl:AnnotationProperty . dcterms:modified a owl:AnnotationProperty .
skos:definition a owl:AnnotationProperty .

sv:Actor a owl:Class ; rdfs:label "actor"@en , "acteur"@fr , "актор"@uk ;
    skos:definition "Whoever takes something on, and any factor in it."@en .
sv:State a owl:Class ; rdfs:subClassOf sv:Actor ;
    rdfs:label "state"@en , "État"@fr , "держава"@uk ;
    skos:definition "A country that acts in its own name."@en .
sv:Event a owl:Class ; owl:disjointWith sv:Actor ;
    rdfs:label "event"@en , "événement"@fr , "подія"@uk ;
    skos:definition "What happens."@en .
sv:owes a owl:ObjectProperty ; rdfs:label "owes"@en ; rdfs:domain sv:Actor ; rdfs:range sv:Event ;
    owl:inverseOf sv:owedBy ; skos:definition "Has taken on and not yet done."@en .
sv:owedBy a owl:ObjectProperty ; rdfs:label "owed by"@en ;
    rdfs:domain sv:Event ; rdfs:range sv:Actor ;
    skos:definition "Is taken on and not yet done by."@en .
sv:at a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:label "at"@en ;
    rdfs:range xsd:dateTime ; skos:definition "When it happens."@en .
sv:Summit a owl:NamedIndividual , sv:Event ; rdfs:label "summit"@en ;
    skos:definition "The meeting of them all."@en .
"""

DATA = f"""{PREFIXES}
<https://w3id.org/servanda/data/first> a owl:Ontology ; owl:imports onto:core ;
{ABOUT}
<https://w3id.org/servanda/id/actor/france> a owl:NamedIndividual , sv:Actor ;
    rdfs:label "France"@en ; sv:owes <https://w3id.org/servanda/id/event/visit> .
<https://w3id.org/servanda/id/event/visit> a owl:NamedIndividual , sv:Event ;
    rdfs:label "visit"@en ; sv:at "2026-01-06T00:00:00Z"^^xsd:dateTime .
"""

ALIGNMENT = f"""{PREFIXES}@prefix prov: <http://www.w3.org/ns/prov#> .
<https://w3id.org/servanda/ontology/alignments/prov> a owl:Ontology ; owl:imports onto:core ;
    owl:versionIRI <https://w3id.org/servanda/ontology/0.1.0/alignments/prov> ;
{ABOUT}
prov:Agent a owl:Class ; rdfs:label "Agent"@en ; rdfs:isDefinedBy <http://www.w3.org/ns/prov-o#> .
sv:Actor rdfs:subClassOf prov:Agent .
"""

VOCABULARY = "iri,kind,label\nhttp://www.w3.org/ns/prov#Agent,class,Agent\n"

QUESTION = """\
PREFIX sv: <https://w3id.org/servanda/ns#>
SELECT ?state WHERE { ?what sv:owedBy ?state . ?state a sv:State }
"""

CATALOG = """\
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
    <uri name="https://w3id.org/servanda/ontology/core" uri="{ontology}core.ttl"/>
    <uri name="https://w3id.org/servanda/ontology/actors" uri="{ontology}actors.ttl"/>
</catalog>
"""


def write(folder: Path) -> Path:
    """Write the files below a folder, give the folder."""
    texts = {
        "ontology/core.ttl": CORE,
        "ontology/actors.ttl": ACTORS,
        "ontology/catalog-v001.xml": CATALOG.format(ontology=""),
        "ontology/alignments/prov.ttl": ALIGNMENT,
        "ontology/alignments/vocabularies/prov.csv": VOCABULARY,
        "ontology/alignments/catalog-v001.xml": CATALOG.format(ontology="../"),
        "data/first/first.ttl": DATA,
        "queries/owed.rq": QUESTION,
        "pyproject.toml": '[project]\nversion = "0.1.0"\n',
        "data/first/catalog-v001.xml": CATALOG.format(ontology="../../ontology/"),
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
