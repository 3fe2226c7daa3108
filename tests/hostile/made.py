"""Makes the hostile inputs that are long: nested, flat, or full of one sign."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Final

_EX: Final = "PREFIX : <http://ex.org/>\n"
_RDF: Final = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:e="http://ex.org/" xmlns:owl="http://www.w3.org/2002/07/owl#" '
    'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">{}</rdf:RDF>'
)
_LEVELS: Final = {"a": 500, "b": 5000, "c": 100_000}
# What stands before, what opens and closes each level, what is innermost, and what stands behind.
_NESTED: Final = {
    "C01_parens.rq": ("SELECT ((", "(", "1", ")", ") AS ?x) WHERE {}"),
    "C02_groups.rq": ("SELECT * WHERE ", "{", " ?s ?p ?o ", "}", ""),
    "C03_path_parens.rq": (f"{_EX}SELECT * WHERE {{ ?s ", "(", ":p", ")", " ?o }"),
    "C04_not.rq": ("SELECT * WHERE { ?s ?p ?o FILTER(", "! ", "true", "", ") }"),
    "C05_lists.ttl": ("<urn:a> <urn:p> ", "(", "", ")", " ."),
    "C06_bnodes.ttl": ("<urn:a> <urn:p> ", "[<urn:p> ", "1", "]", " ."),
    "C07_json_arrays.jsonld": ('{"@id":"urn:a","http://ex.org/p":', "[", "1", "]", "}"),
    "C08_json_objects.jsonld": (
        '{"@id":"urn:a","http://ex.org/p":',
        '{"http://ex.org/p":',
        "1",
        "}",
        "}",
    ),
    "C09_exists.rq": ("SELECT * WHERE { ?s ?p ?o ", "FILTER EXISTS { ?s ?p ?o ", "", "}", " }"),
    "C10_optional.rq": ("SELECT * WHERE { ?s ?p ?o ", "OPTIONAL { ?s ?p ?o ", "", "}", " }"),
    "C11_subselect.rq": ("SELECT * WHERE ", "{ SELECT * WHERE ", "{ ?s ?p ?o }", "}", ""),
    "C12_triple_terms.ttl": (
        "<urn:a> <urn:p> ",
        "<<( <urn:a> <urn:p> ",
        "<urn:o>",
        " )>>",
        " .",
    ),
    "C13_plus_chain.rq": ("SELECT (", "1+", "1", "", " AS ?x) WHERE {}"),
    "C14_union_chain.rq": (
        "SELECT * WHERE { ",
        "{?s ?p ?o} UNION ",
        "{?s ?p ?o}",
        "",
        " } LIMIT 1",
    ),
    "C15_seq_path.rq": (f"{_EX}SELECT * WHERE {{ :n0 ", ":next/", ":next", "", " ?o } LIMIT 1"),
    "C16_construct_list.rq": ("SELECT * WHERE { ?s ?p ", "(", "1", ")", " }"),
    "C17_n3_formula.n3": ("<urn:a> <urn:p> ", "{<urn:a> <urn:p> ", "1", "}", " ."),
    "C18_func.rq": ("SELECT (", "STR(", '"a"', ")", " AS ?x) WHERE {}"),
    "C19_upd_groups.ru": ("DELETE WHERE ", "{", " ?s ?p ?o ", "}", ""),
    "C20_minus.rq": ("SELECT * WHERE { ?s ?p ?o ", "MINUS { ?s ?p ?o ", "", "}", " }"),
}


def _numbers(count: int, between: str) -> str:
    return between.join(map(str, range(count)))


def _quadratic() -> str:
    entity = f'<!DOCTYPE r [<!ENTITY a "{"A" * 50_000}">]>'
    text = _RDF.format(
        f'<rdf:Description rdf:about="urn:a"><e:p>{"&a;" * 20_000}</e:p></rdf:Description>'
    )
    return text.replace("<rdf:RDF", f"{entity}<rdf:RDF", 1)


def _many_namespaces() -> str:
    declared = " ".join(f'xmlns:n{n}="http://ex.org/{n}/"' for n in range(20_000))
    used = " ".join(f'n{n}:p="v"' for n in range(20_000))
    return _RDF.replace("<rdf:RDF", f"<rdf:RDF {declared}", 1).format(
        f'<rdf:Description rdf:about="http://ex.org/a" {used}/>'
    )


def _deep_complement() -> str:
    inside = '<owl:Class rdf:about="http://ex.org/B"/>'
    for _ in range(2000):
        inside = f"<owl:Class><owl:complementOf>{inside}</owl:complementOf></owl:Class>"
    return _RDF.format(
        '<owl:Ontology rdf:about="http://ex.org/o"/><owl:Class rdf:about="http://ex.org/A">'
        f"<rdfs:subClassOf>{inside}</rdfs:subClassOf></owl:Class>"
    )


_LONG: Final[dict[str, Callable[[], str]]] = {
    "B03_quadratic.rdf": _quadratic,
    "B04_deep_rdfxml.rdf": lambda: _RDF.format(
        "<rdf:Description><e:p>" * 30_000
        + "<rdf:Description/>"
        + "</e:p></rdf:Description>" * 30_000
    ),
    "B05_xml_many_ns_attrs.rdf": _many_namespaces,
    "B07_deep_xml_literal.rdf": lambda: _RDF.format(
        '<rdf:Description rdf:about="urn:a"><e:p rdf:parseType="Literal">'
        + "<b>" * 100_000
        + "</b>" * 100_000
        + "</e:p></rdf:Description>"
    ),
    "E15_in_list_200k.rq": lambda: (
        f"SELECT * WHERE {{ ?s ?p ?o FILTER(?o IN ({_numbers(100_000, ',')})) }} LIMIT 1"
    ),
    "E16_values_200k.rq": lambda: (
        f"SELECT * WHERE {{ VALUES ?o {{ {_numbers(200_000, ' ')} }} ?s ?p ?o }} LIMIT 1"
    ),
    "E17_vars_5k.rq": lambda: (
        "SELECT * WHERE {"
        + " ".join(f"OPTIONAL {{ ?s{n} <urn:no> ?o{n} }}" for n in range(2500))
        + "}"
    ),
    "E18_join_10k_patterns.rq": lambda: (
        "SELECT * WHERE {" + " ".join(f"?v{n} ?p{n} ?v{n + 1} ." for n in range(3000)) + "} LIMIT 1"
    ),
    "E19_huge_integer.rq": lambda: (
        f"SELECT ({'9' * 200_000} + 1 AS ?x) (1e309 AS ?y) "
        '(<http://www.w3.org/2001/XMLSchema#decimal>("1E999999999") AS ?z) WHERE {}'
    ),
    "F06_deep_not.ttl": lambda: (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://ex.org/> . "
        ":S a sh:NodeShape ; sh:targetClass :T ; "
        + "sh:not [ " * 300
        + "sh:class :U"
        + " ]" * 300
        + " ."
    ),
    "G09_iri_1mb.ttl": lambda: f"<http://ex.org/{'a' * 1_000_000}> <urn:p> 1 .",
    "G24_prefix_flood.ttl": lambda: (
        "".join(f"@prefix p{n}: <http://ex.org/{n}#> .\n" for n in range(100_000))
        + "p1:a p2:b p3:c ."
    ),
    "G25_bnode_flood.ttl": lambda: "".join(
        f"_:b{n} <urn:p> _:b{n * 7919 % 100_000} .\n" for n in range(100_000)
    ),
    "O03_deep_complement.owl": _deep_complement,
}


def make(name: str) -> bytes:
    """Make the input of a name that the manifest has; raises KeyError for any other."""
    if name == "G23_huge_literal_50mb.ttl.gz":
        return gzip.compress(b'<urn:a> <urn:p> "' + b"A" * 200_000_000 + b'" .', compresslevel=1)
    if name in _LONG:
        return _LONG[name]().encode()
    number, _, rest = name.partition("_")
    before, opening, inside, closing, behind = _NESTED[f"{number[:3]}_{rest}"]
    levels = _LEVELS[number[3]]
    return f"{before}{opening * levels}{inside}{closing * levels}{behind}".encode()
