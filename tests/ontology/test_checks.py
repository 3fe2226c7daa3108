"""Each check of the report is shown to find the defect it is there for, and only that one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from graph.owl import logic, owlapi, quality, releases, rules
from graph.owl.checks import Check
from tests.ontology import tiny
from tests.ontology.files import needs_hermit, needs_owl_api

ACTORS, CORE, FIRST = "ontology/actors.ttl", "ontology/core.ttl", "data/first/first.ttl"
NAMED = {rule.id: rule.name for rule in rules.rules()}
HEADER, LABELS = NAMED["header"], NAMED["labels"]
DEFINITIONS, DECLARED = NAMED["definitions"], NAMED["declared"]
NAMES, DOMAINS = NAMED["names"], NAMED["domains"]
INVERSES, CYCLES = NAMED["inverses"], NAMED["cycles"]
DATATYPES, EDITABLE = NAMED["datatypes"], NAMED["editable"]
LABEL_WORDS, ORPHANS, SIBLINGS = NAMED["label-words"], NAMED["orphans"], NAMED["siblings"]
SUPERCLASSES, DUPLICATES = NAMED["superclasses"], NAMED["duplicates"]
WHITESPACE, CAPITALS = NAMED["whitespace"], NAMED["capitals"]
DEPRECATION, DEPRECATED_USE = NAMED["deprecation"], NAMED["deprecated-use"]
EQUIVALENTS, BUILT_IN, NAMESPACE = NAMED["equivalents"], NAMED["built-in"], NAMED["namespace"]
PUNNING, FOREIGN, VERSIONS = NAMED["punning"], NAMED["foreign-terms"], NAMED["versions"]
USED = "every class and property is used by a dataset, a shape or a question"
TURTLE, IMPORTS = "every file is Turtle and declares one ontology", "every import has a file"
AS_PROTEGE, IN_DL = "every file is written as Protégé", "everything is within OWL 2 DL"
POSSIBLE, KEPT = "the ontology is consistent", "the data contradict no axiom"

EXISTS = "every foreign term exists in its vocabulary as it is declared"
PACKAGE = "the ontology has the version of the package"
RELEASE = "the version tells what changed since the last release"
ALIGNED = "ontology/alignments/prov.ttl"

TOWN = """sv:Town a owl:Class ; rdfs:label "town"@en , "ville"@fr , "місто"@uk ;
    skos:definition "A settled place of some size."@en """
TOWN_BELOW = f"{TOWN} ; rdfs:subClassOf sv:Actor ."
ONE = "[ a owl:Restriction ; owl:onProperty sv:owes ; owl:someValuesFrom sv:Event ]"
SAME = "Is taken on and not yet done by."
VISIT = "https://w3id.org/servanda/id/event/visit"
DONE = 'sv:done a owl:ObjectProperty ; rdfs:label "done"@en ; skos:definition "So."@en ;'
BOTH = "sv:Both a owl:Class ; rdfs:subClassOf sv:Actor , sv:Event ."

# The check that must fail, the file, what is replaced in it by what, and a word of the place.
# An empty text to replace means that the new one is added at the end.
STYLE_DEFECTS = [
    (TURTLE, ACTORS, "sv:State a owl:Class ;", "sv:State a owl:Class", "line"),
    (TURTLE, CORE, "onto:core a owl:Ontology", "onto:core a owl:Class", "declares 0 ontologies"),
    (IMPORTS, CORE, "owl:imports onto:actors", "owl:imports onto:forces", "ontology/forces"),
    (IMPORTS, ACTORS, "onto:actors a", "onto:players a", "does not declare"),
    (HEADER, CORE, '    dcterms:creator "The Servanda editors" ;\n', "", "has no creator"),
    (HEADER, FIRST, 'dcterms:title "Tiny"@en ;', "", "has no title"),
    (HEADER, CORE, "<https://www.apache.org/licenses/LICENSE-2.0>", '"Apache"', "not an IRI"),
    (HEADER, CORE, "owl:versionIRI", "rdfs:seeAlso", "has no versionIRI"),
    (LABELS, ACTORS, '"owes"@en', '"doit"@fr', "has no label in `en`"),
    (LABELS, ACTORS, ' , "держава"@uk', "", "has no label in `uk`"),
    (LABELS, ACTORS, '"acteur"@fr', '"acteur"@fr , "agent"@fr', "`acteur` and `agent`"),
    (LABELS, ACTORS, '"summit"@en', '"summit"@en , "top"', "without a language: `top`"),
    (DEFINITIONS, ACTORS, '"What happens."@en', '"Ce qui arrive."@fr', "has no definition"),
    (DEFINITIONS, ACTORS, '"What happens."@en', '"It."@en , "That."@en', "has two definitions"),
    (DEFINITIONS, ACTORS, "What happens.", "What happens", "does not end with a period"),
    (DEFINITIONS, ACTORS, "What happens.", "An Event, that is.", "by its own label `event`"),
    (DEFINITIONS, ACTORS, "yet done by.", "yet (owed-by).", "by its own label `owed by`"),
    (DECLARED, FIRST, "sv:owes", "sv:ows", "`sv:ows` is used as a property"),
    (DECLARED, FIRST, ", sv:Event", ", sv:Evnt", "`sv:Evnt` is used as a class"),
    (
        DECLARED,
        FIRST,
        "sv:owes <https://w3id.org/servanda/id/event/visit>",
        "sv:owes sv:Top",
        "sv:Top",
    ),
    (DECLARED, ACTORS, "skos:definition a owl:AnnotationProperty .", "", "core#definition"),
    (NAMES, ACTORS, "sv:Summit", "sv:summit", "`sv:summit` is not written in UpperCamelCase"),
    (NAMES, ACTORS, "sv:State", "sv:Sovereign_State", "UpperCamelCase"),
    (DOMAINS, ACTORS, "", "sv:at rdfs:domain sv:Event , sv:State .", "more than one domain"),
    (
        DOMAINS,
        ACTORS,
        "rdfs:range xsd:dateTime",
        "rdfs:range xsd:dateTime , xsd:string",
        "one range",
    ),
    (INVERSES, ACTORS, "rdfs:domain sv:Event", "rdfs:domain sv:Actor", "another domain"),
    (INVERSES, ACTORS, "", f"{DONE} owl:inverseOf sv:owes .", "has more than one inverse"),
    (INVERSES, ACTORS, "", "sv:owes owl:inverseOf sv:owes .", "its own inverse"),
    (CYCLES, ACTORS, "", "sv:Actor rdfs:subClassOf sv:State .", "`sv:Actor` stands above itself"),
    (
        CYCLES,
        ACTORS,
        "",
        "sv:owes rdfs:subPropertyOf sv:owes .",
        "`sv:owes` stands above itself",
    ),
    (DATATYPES, ACTORS, "rdfs:range xsd:dateTime", "rdfs:range xsd:date", "XMLSchema#date"),
    (
        DATATYPES,
        FIRST,
        'sv:at "2026-01-06T00:00:00Z"^^xsd:dateTime',
        'sv:at "P1D"^^xsd:duration',
        "#duration",
    ),
    (EDITABLE, FIRST, "", "<urn:x> sv:owes ( sv:Summit ) .", "with `sv:Summit` in it"),
    (
        EDITABLE,
        FIRST,
        "",
        "<urn:x> sv:owes [ a sv:Event ] .",
        "has a nameless thing as `sv:owes`",
    ),
    (EDITABLE, FIRST, "", "[ rdfs:label 'x'@en ] a sv:Event .", "is a nameless `sv:Event`"),
    (EDITABLE, FIRST, "", "<urn:s> rdf:subject sv:Summit .", "is a reified statement"),
    (LABEL_WORDS, ACTORS, '"owes"@en', '"has to do"@en', "`sv:owes` is labelled `has to do`"),
    (ORPHANS, ACTORS, "", TOWN + ".", "stands below no class and is disjoint with none"),
    (SIBLINGS, ACTORS, "", TOWN_BELOW, "`sv:State` may share members with `sv:Town`"),
    (SUPERCLASSES, ACTORS, "", "sv:State rdfs:subClassOf sv:Event .", "`sv:Actor` and `sv:Event`"),
    (DUPLICATES, ACTORS, '"state"@en', '"actor"@en', "has the label of `sv:State`: `actor`"),
    (DUPLICATES, ACTORS, "Has taken on and not yet done.", SAME, "has the definition of"),
    (WHITESPACE, ACTORS, "What happens.", " What happens.", "stray spaces in its definition"),
    (WHITESPACE, ACTORS, '"summit"@en', '"sum  mit"@en', "stray spaces in its label"),
    (CAPITALS, ACTORS, "What happens.", "what happens.", "begins small: `what happens.`"),
    (DEPRECATION, ACTORS, "", "sv:at owl:deprecated true .", "names no replacement"),
    (DEPRECATION, ACTORS, "", "sv:at owl:deprecated 1 .", "in place of `true`"),
    (
        DEPRECATION,
        ACTORS,
        "",
        "sv:at dcterms:isReplacedBy sv:owes .",
        "replaced and not deprecated",
    ),
    (
        DEPRECATION,
        ACTORS,
        "",
        "sv:at owl:deprecated true ; dcterms:isReplacedBy sv:when .",
        "which is no term to use",
    ),
    (
        DEPRECATED_USE,
        FIRST,
        "",
        "sv:at owl:deprecated true ; dcterms:isReplacedBy sv:owes .",
        "uses the deprecated `sv:at`: use `sv:owes`",
    ),
    (
        DEPRECATED_USE,
        ACTORS,
        "",
        "sv:Actor owl:deprecated true ; dcterms:isReplacedBy sv:Event .",
        "`sv:State` uses the deprecated `sv:Actor`: use `sv:Event`",
    ),
    (EQUIVALENTS, ACTORS, "", "sv:State owl:equivalentClass sv:Actor .", "same as `sv:Actor`"),
    (EQUIVALENTS, ACTORS, "", f"sv:State owl:equivalentClass {ONE}, {ONE} .", "is defined twice"),
    (EQUIVALENTS, ACTORS, "", f"sv:State owl:equivalentClass {ONE} .", "without the class it is"),
    (BUILT_IN, ACTORS, "", "sv:State rdfs:lable 'State'@en .", "is no property of the language"),
    (BUILT_IN, ACTORS, "", "xsd:date a rdfs:Datatype .", "belongs to the language"),
    (NAMESPACE, ACTORS, "", "onto:Actor a owl:Class .", "outside the namespace of terms"),
    (PUNNING, ACTORS, "", "sv:State a owl:NamedIndividual .", "is a class and an individual"),
    (FOREIGN, ALIGNED, "rdfs:isDefinedBy", "rdfs:seeAlso", "not say which ontology defines it"),
    (FOREIGN, ALIGNED, '"Agent"@en', '"Agent"@fr', "has no English label"),
    (VERSIONS, ACTORS, "0.1.0/actors", "0.2.0/actors", "which is not that of version 0.1.0"),
    (USED, "queries/owed.rq", "sv:owedBy", "sv:owes", "`sv:owedBy` is used by nothing"),
    (PACKAGE, "pyproject.toml", "0.1.0", "0.1.1", "the ontology is 0.1.0, the package is 0.1.1"),
    (EXISTS, ALIGNED, "prov:Agent a", "prov:Agnet a", "is no term of that vocabulary"),
]

OWL_DEFECTS = [
    (AS_PROTEGE, ACTORS, "", "# a comment", "2 lines would change"),
    (AS_PROTEGE, FIRST, "", "<urn:x> sv:owes ( sv:Summit ) .", "would be lost"),
    (IN_DL, ACTORS, "", "sv:owes a owl:AnnotationProperty .", "illegal punning"),
    (POSSIBLE, ACTORS, "", BOTH, "`sv:Both` can have no member"),
    (POSSIBLE, ACTORS, "", "sv:Summit a sv:Actor .", "nothing can be as these axioms say"),
    (KEPT, FIRST, "", f"<{VISIT}> a sv:Actor .", "visit Type Actor (data/first/first.ttl:"),
]

# The queries of `robot report` 1.9, http://robot.obolibrary.org/report.
ROBOT = {
    *("annotation_whitespace", "deprecated_boolean_datatype", "deprecated_class_reference"),
    *("deprecated_property_reference", "duplicate_definition", "duplicate_exact_synonym"),
    *("duplicate_label", "duplicate_label_synonym", "duplicate_scoped_synonym"),
    *("equivalent_class_axiom_no_genus", "equivalent_pair", "illegal_use_of_built_in_vocabulary"),
    *("invalid_entity_uri", "invalid_xref", "label_formatting", "label_whitespace"),
    *("lowercase_definition", "missing_definition", "missing_label", "missing_obsolete_label"),
    *("missing_ontology_description", "missing_ontology_license", "missing_ontology_title"),
    *("missing_subset_declaration", "missing_superclass", "missing_synonymtype_declaration"),
    *("misused_obsolete_label", "misused_replaced_by", "multiple_asserted_superclasses"),
    *("multiple_definitions", "multiple_equivalent_class_definitions"),
    *("multiple_equivalent_classes", "multiple_labels", "multiple_logical_definitions"),
}
OBO = "speaks of annotations of OBO's own format"
NOT_FOR_US = {
    **dict.fromkeys(("duplicate_exact_synonym", "duplicate_label_synonym"), OBO),
    **dict.fromkeys(("duplicate_scoped_synonym", "invalid_xref"), OBO),
    **dict.fromkeys(("missing_subset_declaration", "missing_synonymtype_declaration"), OBO),
    **dict.fromkeys(
        ("missing_obsolete_label", "misused_obsolete_label"),
        "a deprecated term keeps its label here, as its IRI stays; owl:deprecated marks it",
    ),
}


def seed(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new) if old else f"{text}\n{new}\n"
    path.write_text(changed, encoding="utf-8")


def failed(checks: list[Check]) -> dict[str, tuple[str, ...]]:
    assert all(bool(check.places) == (check.outcome == "failed") for check in checks)
    return {check.name: check.places for check in checks if check.outcome == "failed"}


def test_the_shipped_ontology_and_data_pass_every_check() -> None:
    checks = quality.report()
    assert failed(checks) == {}
    assert len({check.name for check in checks}) == len(checks) == len(rules.rules()) + 10


def test_the_tiny_ontology_has_no_defect_of_style(tmp_path: Path) -> None:
    checks = quality.style_checks(tiny.write(tmp_path))
    assert failed(checks) == {}
    assert [check.name for check in checks if not check.passed] == [RELEASE]


@needs_owl_api
@needs_hermit
def test_the_tiny_ontology_in_normal_form_has_no_defect_of_form_or_logic(tmp_path: Path) -> None:
    owlapi.normalise(tiny.write(tmp_path).rglob("*.ttl"))
    checks = logic.owl_checks(tmp_path)
    assert [check.outcome for check in checks] == ["passed"] * 4


@pytest.mark.parametrize(
    ("name", "file", "old", "new", "place"),
    STYLE_DEFECTS,
    ids=[defect[-1] for defect in STYLE_DEFECTS],
)
def test_a_defect_of_style_is_found(
    tmp_path: Path, name: str, file: str, old: str, new: str, place: str
) -> None:
    seed(tiny.write(tmp_path), file, old, new)
    found = failed(quality.style_checks(tmp_path))
    (places,) = [where for check, where in found.items() if check.startswith(name)]
    named = "" if file == "pyproject.toml" else ACTORS if file.endswith(".rq") else file
    assert any(place in where and named in where for where in places), places


def test_every_check_has_a_defect_that_shows_it() -> None:
    shown = tuple({defect[0] for defect in (*STYLE_DEFECTS, *OWL_DEFECTS)})
    names = {check.name for check in quality.report()}
    assert {name for name in names if not name.startswith(shown)} == {RELEASE}  # above


def test_a_change_that_its_version_does_not_tell_is_found(tmp_path: Path) -> None:
    ontology = tiny.write(tmp_path) / "ontology"
    releases.record(ontology)
    seed(tmp_path, ACTORS, "", "sv:at rdfs:domain sv:Event .")
    (place,) = failed(quality.style_checks(tmp_path))[RELEASE]
    assert "0.2.0 is asked for: `sv:at rdfs:domain sv:Event` is added" in place


def test_every_check_of_robot_is_made_or_has_its_reason_not_to_be() -> None:
    made = {robot for rule in rules.rules() for robot in rule.robot}
    assert made.isdisjoint(NOT_FOR_US)
    assert made | NOT_FOR_US.keys() == ROBOT


def test_every_test_of_the_quality_bar_has_a_rule_or_a_check() -> None:
    assert {rule.test for rule in rules.rules()} == {
        *("T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T15", "T16", "ROBOT", "FIBO")
    }


@needs_owl_api
@needs_hermit
@pytest.mark.parametrize(
    ("name", "file", "old", "new", "place"), OWL_DEFECTS, ids=[defect[-1] for defect in OWL_DEFECTS]
)
def test_a_defect_of_form_or_logic_is_found(
    tmp_path: Path, name: str, file: str, old: str, new: str, place: str
) -> None:
    folder = tiny.write(tmp_path)
    owlapi.normalise(folder.rglob("*.ttl"))
    seed(folder, file, old, new)
    found = failed(logic.owl_checks(folder))
    (places,) = [where for check, where in found.items() if check.startswith(name)]
    assert any(place in where for where in places), places


def test_what_needs_java_is_skipped_without_it_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("jpype", "owlready2"):
        monkeypatch.setitem(sys.modules, package, None)  # as if it were not installed
    checks = quality.report(tiny.write(tmp_path))[-4:]
    assert {check.outcome for check in checks} == {"skipped"}
    assert not any(check.passed for check in checks)
    assert {check.mend for check in checks} == {
        "the Python package `jpype1` is not installed",
        "the Python package `owlready2` is not installed",
    }


def test_a_file_that_cannot_be_read_ends_the_report(tmp_path: Path) -> None:
    (tiny.write(tmp_path) / CORE).write_text("<urn:a> <urn:b>", encoding="utf-8")
    (check,) = quality.report(tmp_path)
    assert check.outcome == "failed"
    (place,) = check.places
    assert "`ontology/core.ttl` is not Turtle" in place


def test_a_folder_without_an_ontology_does_not_pass(tmp_path: Path) -> None:
    (check,) = quality.report(tmp_path)
    assert check.outcome == "failed"
    assert check.places == (f"`{tmp_path / 'ontology'}` holds no Turtle file",)
