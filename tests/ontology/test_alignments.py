"""Each alignment stands on core alone, names only terms that exist, and contradicts no other."""

from __future__ import annotations

import csv
from pathlib import Path
from shutil import copytree

import pyoxigraph as ox
import pytest

from graph import catalog
from graph.errors import UnreadableInput
from graph.namespaces import ONTOLOGY, SV
from graph.owl import hermit, vocabularies
from graph.owl.vocabularies import ALIGNMENTS as NAMESPACE
from tests.ontology.files import ALIGNMENTS, CORE, name, needs_hermit

LISTS = CORE.parent / "alignments" / "vocabularies"
VOCABULARIES = ["cco", "fibo", "gist", "gufo", "odrl", "org", "prov", "schema", "time"]
# What a policy in ODRL is written with.
ODRL = "http://www.w3.org/ns/odrl/2/"
POLICY = {
    *("Policy", "Agreement", "Offer", "Set", "Rule", "Duty", "Prohibition", "Permission", "Party"),
    *("PartyCollection", "Action", "Asset", "Constraint", "LogicalConstraint", "uid", "profile"),
    *("obligation", "prohibition", "action", "target", "assigner", "assignee", "constraint"),
    *("compensatedParty", "consentingParty", "contractedParty", "informedParty", "refinement"),
    *("leftOperand", "operator", "rightOperand", "rightOperandReference", "unit", "dataType"),
    *("and", "or", "xone", "andSequence", "eq", "gt", "gteq", "lt", "lteq", "neq", "isAnyOf"),
    *("dateTime", "event", "delayPeriod", "spatial", "count", "payAmount", "failure"),
    *("consequence", "remedy", "includedIn", "partOf"),
}


def declared(path: Path) -> set[str]:
    ours = ("https://w3id.org/servanda/", "http://www.w3.org/2004/02/skos/")
    named = {
        triple.subject.value
        for triple in catalog.triples(path)
        if isinstance(triple.subject, ox.NamedNode) and triple.predicate.value.endswith("#type")
    }
    return {iri for iri in named if not iri.startswith(ours)}


def test_there_is_an_alignment_and_a_list_for_each_vocabulary() -> None:
    assert [path.stem for path in ALIGNMENTS] == VOCABULARIES
    assert sorted(path.stem for path in LISTS.glob("*.csv")) == sorted([*VOCABULARIES, "sources"])
    with (LISTS / "sources.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["vocabulary"] for row in rows] == VOCABULARIES
    assert all(all(row.values()) for row in rows)


@pytest.mark.parametrize("path", ALIGNMENTS, ids=name)
def test_an_alignment_imports_core_alone(path: Path) -> None:
    assert catalog.ontologies(path) == [f"{NAMESPACE}{path.stem}"]
    assert catalog.imports(path) == [f"{ONTOLOGY}core"]


@pytest.mark.parametrize("path", ALIGNMENTS, ids=name)
def test_every_foreign_term_exists_as_it_is_declared(path: Path) -> None:
    assert len(declared(path)) > 5
    assert vocabularies.mistaken(path) == []


@pytest.mark.parametrize("path", ALIGNMENTS, ids=name)
def test_every_foreign_term_says_whose_it_is_and_is_connected_with_one_of_ours(path: Path) -> None:
    triples = catalog.triples(path)
    owned = {str(t.subject)[1:-1] for t in triples if t.predicate.value.endswith("#isDefinedBy")}
    assert declared(path) == owned
    assert any(str(t.subject).startswith(f"<{SV}") for t in triples)


def test_the_terms_of_a_policy_are_there_to_write_one() -> None:
    (path,) = [path for path in ALIGNMENTS if path.stem == "odrl"]
    assert {f"{ODRL}{term}" for term in POLICY} <= declared(path)


def test_a_term_that_is_not_in_the_vocabulary_or_not_so_is_told(tmp_path: Path) -> None:
    folder = copytree(CORE.parent, tmp_path / "ontology") / "alignments"
    odrl = folder / "odrl.ttl"
    text = odrl.read_text(encoding="utf-8")
    text = text.replace("odrl:Duty", "odrl:Dutty").replace('"Assigner"@en', '"Giver"@en')
    text = text.replace("odrl:assignee rdf:type owl:ObjectProperty", "odrl:assignee a owl:Class")
    odrl.write_text(text, encoding="utf-8")
    assert vocabularies.mistaken(odrl) == [
        f"`{ODRL}Dutty` is no term of that vocabulary",
        f"`{ODRL}assignee` is declared as class, and is there object property",
        f"`{ODRL}assigner` is labelled `Giver`, and there `Assigner`",
    ]


def test_an_alignment_without_a_list_cannot_be_judged(tmp_path: Path) -> None:
    folder = copytree(CORE.parent, tmp_path / "ontology") / "alignments"
    (folder / "vocabularies" / "time.csv").unlink()
    with pytest.raises(UnreadableInput, match=r"time\.csv` is no list of a vocabulary's terms"):
        vocabularies.mistaken(folder / "time.ttl")


@needs_hermit
def test_all_alignments_together_contradict_nothing() -> None:
    # With more axioms nothing follows less: then none contradicts alone or beside some others.
    assert hermit.classify(*ALIGNMENTS) == hermit.Verdict(consistent=True, unsatisfiable=())
