from __future__ import annotations

from pathlib import Path

from graph.glossary.uses import asking, checking
from graph.namespaces import SV
from graph.query import queries
from graph.rules import rules_of
from tests.graph.conftest import SHAPES, turtle

SPARQL = """
<https://w3id.org/servanda/shapes/commitments#later> a sh:NodeShape ; sv:ruleId "later" ;
    sh:targetClass sv:Commitment ; sh:severity sh:Info ;
    sh:sparql [ sh:message "too late"@en ; sh:select "SELECT $this { $this sv:dueBy ?day }" ] .
"""


def test_a_rule_checks_the_terms_that_its_shape_names_and_not_those_of_its_parts() -> None:
    text = turtle(SHAPES + SPARQL).encode()
    found = checking(rules_of((("shapes/commitments.ttl", text),)))
    assert [(rule.id, rule.severity) for rule in found[f"{SV}Commitment"]] == [
        ("commitment", "violation"),
        ("later", "info"),
    ]
    assert [rule.id for rule in found[f"{SV}debtor"]] == ["commitment-debtor"]
    assert [rule.id for rule in found[f"{SV}amount"]] == ["commitment"]
    assert [rule.id for rule in found[f"{SV}dueBy"]] == ["later"]
    (note,) = found[f"{SV}note"]
    assert (note.severity, note.message) == ("warning", "a note is not shown anywhere")
    assert found[f"{SV}debtor"][0].message == "a commitment needs a debtor"
    assert found[f"{SV}Commitment"][0].file == "commitments"


def test_a_question_asks_about_the_terms_that_its_text_names(tmp_path: Path) -> None:
    header = "#+ summary: Who owes?\nPREFIX sv: <https://w3id.org/servanda/ns#>\n"
    (tmp_path / "b.rq").write_text(f"{header}SELECT * {{ ?c sv:debtor ?d }}", "utf-8")
    (tmp_path / "a.rq").write_text(f"{header}SELECT * {{ ?c <{SV}debtor> ?d ; a sv:C }}", "utf-8")
    found = asking(queries(tmp_path))
    assert [query.name for query in found[f"{SV}debtor"]] == ["a", "b"]
    assert [query.name for query in found[f"{SV}C"]] == ["a"]
