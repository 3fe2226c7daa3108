"""The rules of the ontology's style, each a SPARQL query that finds what breaks it.

A query runs over named graphs, one per file, whose union is the default graph. It gives ?file,
?term and ?what, the rest of the sentence that begins with the term.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.namespaces import ONTOLOGY, PREFIXES, SV

_PROLOGUE: Final = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
_BUILT_IN: Final = "^({})".format(
    "|".join(PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd"))
)
_PROPERTY_KINDS: Final = "owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty"
# Repeated in every branch of a union: SPARQL lets a filter see its own group alone.
_OWN_TERM: Final = f"""
    GRAPH ?file {{ ?term a ?kind }}
    VALUES ?kind {{ owl:Class {_PROPERTY_KINDS} owl:NamedIndividual }}
    FILTER(STRSTARTS(STR(?term), "{SV}"))
"""
_INVERSE: Final = """
    { GRAPH ?file { ?term owl:inverseOf ?inverse } }
    UNION { GRAPH ?file { ?inverse owl:inverseOf ?term } }
    FILTER(ISIRI(?term) && ISIRI(?inverse))
"""
# https://www.w3.org/TR/owl2-syntax/#Datatype_Maps, and rdf:langString for text with a language.
_DATATYPES: Final = ", ".join(
    [
        *("owl:real", "owl:rational", "rdf:PlainLiteral", "rdf:XMLLiteral", "rdf:langString"),
        *("xsd:decimal", "xsd:integer", "xsd:nonNegativeInteger", "xsd:nonPositiveInteger"),
        *("xsd:positiveInteger", "xsd:negativeInteger", "xsd:long", "xsd:int", "xsd:short"),
        *("xsd:byte", "xsd:unsignedLong", "xsd:unsignedInt", "xsd:unsignedShort"),
        *("xsd:unsignedByte", "xsd:double", "xsd:float", "xsd:string", "xsd:normalizedString"),
        *("xsd:token", "xsd:language", "xsd:Name", "xsd:NCName", "xsd:NMTOKEN", "xsd:boolean"),
        *("xsd:hexBinary", "xsd:base64Binary", "xsd:anyURI", "xsd:dateTime"),
        "xsd:dateTimeStamp",
    ]
)


@dataclass(frozen=True)
class Rule:
    """What must hold, how to mend what breaks it, and the pattern that finds it."""

    name: str
    mend: str
    pattern: str

    @property
    def query(self) -> str:
        """Give the SPARQL query, each finding once."""
        return (
            f"{_PROLOGUE}SELECT DISTINCT ?file ?term ?what WHERE {{ {self.pattern} }}"
            " ORDER BY ?file ?term ?what"
        )


HEADER: Final = Rule(
    "every ontology says what it is, who made it, when and under which licence",
    "complete the ontology header",
    f"""
    GRAPH ?file {{ ?term a owl:Ontology }}
    VALUES ?property {{ dcterms:title dcterms:description dcterms:creator dcterms:license
                        dcterms:created dcterms:modified owl:versionIRI }}
    OPTIONAL {{ GRAPH ?file {{ ?term ?property ?value }} }}
    FILTER(!BOUND(?value) || (?property = dcterms:license && !ISIRI(?value)))
    FILTER(?property != owl:versionIRI || STRSTARTS(STR(?term), "{ONTOLOGY}"))
    BIND(REPLACE(STR(?property), "^.*[/#]", "") AS ?name)
    BIND(IF(BOUND(?value), "has a license that is not an IRI", CONCAT("has no ", ?name)) AS ?what)
    """,
)

LABELS: Final = Rule(
    "every term has one label in English, every class in French and Ukrainian too",
    "give rdfs:label once per language: en for every term, en, fr and uk for a class",
    f"""
    {{ {_OWN_TERM}
        VALUES ?language {{ "en" "fr" "uk" }}
        FILTER(?language = "en" || ?kind = owl:Class)
        FILTER NOT EXISTS {{ ?term rdfs:label ?given FILTER(LANG(?given) = ?language) }}
        BIND(CONCAT("has no label in `", ?language, "`") AS ?what)
    }} UNION {{ {_OWN_TERM}
        ?term rdfs:label ?one, ?other
        FILTER(LANG(?one) = LANG(?other) && STR(?one) < STR(?other))
        BIND(CONCAT("has two labels in one language: `", ?one, "` and `", ?other, "`") AS ?what)
    }} UNION {{ {_OWN_TERM}
        ?term rdfs:label ?plain FILTER(LANG(?plain) = "")
        BIND(CONCAT("has a label without a language: `", STR(?plain), "`") AS ?what)
    }}
    """,
)

# Words are compared between spaces, so that `state` is not found inside `statement`.
DEFINITIONS: Final = Rule(
    "every term has one definition, a sentence that does not use the term itself",
    "give one skos:definition in English that ends with a period and says it in other words",
    f"""
    {{ {_OWN_TERM}
        FILTER NOT EXISTS {{ ?term skos:definition ?given FILTER(LANG(?given) = "en") }}
        BIND("has no definition in English" AS ?what)
    }} UNION {{ {_OWN_TERM}
        ?term skos:definition ?one, ?other
        FILTER(LANG(?one) = "en" && LANG(?other) = "en" && STR(?one) < STR(?other))
        BIND("has two definitions in English" AS ?what)
    }} UNION {{ {_OWN_TERM}
        ?term skos:definition ?definition
        FILTER(LANG(?definition) = "en" && !STRENDS(?definition, "."))
        BIND("has a definition that does not end with a period" AS ?what)
    }} UNION {{ {_OWN_TERM}
        ?term skos:definition ?definition ; rdfs:label ?label
        FILTER(LANG(?definition) = "en" && LANG(?label) = "en")
        BIND(REPLACE(LCASE(STR(?definition)), "[^\\\\p{{L}}\\\\p{{N}}]+", " ") AS ?words)
        BIND(REPLACE(LCASE(STR(?label)), "[^\\\\p{{L}}\\\\p{{N}}]+", " ") AS ?own)
        FILTER(CONTAINS(CONCAT(" ", ?words, " "), CONCAT(" ", ?own, " ")))
        BIND(CONCAT("is defined by its own label `", STR(?label), "`") AS ?what)
    }}
    """,
)

DECLARED: Final = Rule(
    "every term that is used is declared",
    "declare the term as a class, a property or an individual, or mend its spelling",
    f"""
    {{
        GRAPH ?file {{ ?subject ?term ?object }}
        FILTER(!REGEX(STR(?term), "{_BUILT_IN}"))
        FILTER NOT EXISTS {{ ?term a ?kind VALUES ?kind {{ {_PROPERTY_KINDS} }} }}
        BIND("is used as a property and declared as none" AS ?what)
    }} UNION {{
        GRAPH ?file {{ ?subject ?use ?term }}
        VALUES ?use {{ rdf:type rdfs:subClassOf owl:disjointWith owl:equivalentClass
                       owl:someValuesFrom owl:allValuesFrom owl:onClass rdfs:domain }}
        FILTER(ISIRI(?term) && !REGEX(STR(?term), "{_BUILT_IN}"))
        FILTER NOT EXISTS {{ ?term a owl:Class }}
        BIND("is used as a class and not declared as one" AS ?what)
    }} UNION {{
        GRAPH ?file {{ ?subject ?use ?term }}
        FILTER(ISIRI(?term) && STRSTARTS(STR(?term), "{SV}"))
        FILTER NOT EXISTS {{ ?term a ?any }}
        BIND("is used and not declared" AS ?what)
    }}
    """,
)

NAMES: Final = Rule(
    "classes and individuals are named in UpperCamelCase, properties in lowerCamelCase",
    "rename the term before it is published: a published name never changes",
    f"""
    {_OWN_TERM}
    BIND(STRAFTER(STR(?term), "{SV}") AS ?name)
    BIND(IF(?kind IN (owl:Class, owl:NamedIndividual), "Upper", "lower") AS ?case)
    BIND(IF(?case = "Upper", "^[A-Z][A-Za-z0-9]*$", "^[a-z][A-Za-z0-9]*$") AS ?form)
    FILTER(!REGEX(?name, ?form))
    BIND(CONCAT("is not written in ", ?case, "CamelCase") AS ?what)
    """,
)

DOMAINS: Final = Rule(
    "a property has one domain and one range at most",
    "keep one: several mean their intersection, which is seldom what is meant",
    """
    GRAPH ?file { ?term ?side ?one }
    VALUES ?side { rdfs:domain rdfs:range }
    ?term ?side ?other
    FILTER(STR(?one) < STR(?other) || (ISBLANK(?one) && ISBLANK(?other) && ?one != ?other))
    BIND(CONCAT("has more than one ", STRAFTER(STR(?side), "#")) AS ?what)
    """,
)

INVERSES: Final = Rule(
    "a property has one inverse at most, whose domain is its range and the other way round",
    "state the inverse once, and let domain and range answer each other",
    f"""
    {{ {_INVERSE}
        ?term (owl:inverseOf|^owl:inverseOf) ?second
        FILTER(ISIRI(?second) && STR(?inverse) < STR(?second))
        BIND("has more than one inverse" AS ?what)
    }} UNION {{ {_INVERSE}
        ?term rdfs:domain ?domain . ?inverse rdfs:range ?range FILTER(?domain != ?range)
        BIND(CONCAT("has another domain than the range of `", STR(?inverse), "`") AS ?what)
    }} UNION {{ {_INVERSE}
        FILTER(?term = ?inverse)
        BIND("is its own inverse: make it symmetric" AS ?what)
    }}
    """,
)

CYCLES: Final = Rule(
    "no class or property stands above itself",
    "break the circle, or say owl:equivalentClass if the terms mean the same",
    """
    GRAPH ?file { ?term ?above ?parent }
    VALUES ?above { rdfs:subClassOf rdfs:subPropertyOf }
    { ?term rdfs:subClassOf+ ?term } UNION { ?term rdfs:subPropertyOf+ ?term }
    BIND("stands above itself" AS ?what)
    """,
)

DATATYPES: Final = Rule(
    "every value and range has a datatype of OWL 2",
    "use xsd:dateTime with a precision for dates, and xsd:string or a number for the rest",
    f"""
    GRAPH ?file {{ ?term ?property ?value }}
    BIND(IF(ISLITERAL(?value), DATATYPE(?value), ?value) AS ?datatype)
    FILTER(ISLITERAL(?value) || STRSTARTS(STR(?value), STR(xsd:)))
    FILTER(?datatype NOT IN ({_DATATYPES}))
    BIND(CONCAT("has the datatype `", STR(?datatype), "`") AS ?what)
    """,
)

EDITABLE: Final = Rule(
    "nothing stands in a list, a reified statement or a nameless thing outside OWL's own axioms",
    "name the thing: Protégé destroys the rest when it saves",
    """
    GRAPH ?file {
        { ?term ?property ?value FILTER(?property IN (rdf:subject, rdf:predicate, rdf:object))
          BIND("is a reified statement" AS ?what) }
        UNION
        { ?term rdf:first ?item
          FILTER NOT EXISTS { ?term ^rdf:rest* ?head . ?axiom ?points ?head
                              FILTER(STRSTARTS(STR(?points), STR(owl:))) }
          BIND(CONCAT("is a list outside an axiom, with `", STR(?item), "` in it") AS ?what) }
        UNION
        { ?term ?property ?nameless
          FILTER(ISBLANK(?nameless) && !STRSTARTS(STR(?property), STR(owl:)))
          FILTER(!STRSTARTS(STR(?property), STR(rdf:)) && !STRSTARTS(STR(?property), STR(rdfs:)))
          BIND(CONCAT("has a nameless thing as `", STR(?property), "`") AS ?what) }
        UNION
        { ?term a ?class
          FILTER(ISBLANK(?term) && ISIRI(?class) && !STRSTARTS(STR(?class), STR(owl:)))
          FILTER(?class NOT IN (rdfs:Datatype, rdf:Statement, rdf:List))
          BIND(CONCAT("is a nameless `", STR(?class), "`") AS ?what) }
    }
    """,
)

RULES: Final = (
    *(HEADER, LABELS, DEFINITIONS, DECLARED, NAMES),
    *(DOMAINS, INVERSES, CYCLES, DATATYPES, EDITABLE),
)
