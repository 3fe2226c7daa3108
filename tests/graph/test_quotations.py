"""A quotation is found in the source text, in the paragraph it is said to stand in, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.dataset import read_dataset
from graph.errors import UnreadableInput
from graph.quotations import check_quotations, source_texts
from tests.graph.conftest import PARIS, turtle

TEXT = "Heading\n\nFirst of all, peace.\n\nThen a “treaty”.\n"


def messages(folder: Path, statement: str) -> list[str]:
    header = f'<{PARIS.value}> a owl:Ontology .\n<urn:a> rdfs:label "a promise"@en ; '
    (folder / "paris.ttl").write_text(turtle(header + statement + " ."), "utf-8")
    datasets = [read_dataset(folder / "paris.ttl")]
    findings = check_quotations(datasets, source_texts(datasets))
    assert {each.severity for each in findings} <= {"violation"}
    assert {(each.rule, each.focus_label) for each in findings} <= {
        ("quotation-in-text", "a promise")
    }
    return [each.message for each in findings]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ('sv:quotation "a “treaty”" ; sv:paragraph 2', None),
        ('sv:quotation "Heading"', None),
        ('sv:quotation "peace" ; sv:paragraph 2, 1', None),
        ('sv:quotation "a treaty"', "These words are not in the source text"),
        ('sv:quotation "peace" ; sv:paragraph 2', "These words stand in paragraph 1"),
        ('sv:quotation "peace" ; sv:paragraph 40', "The source text has 2 paragraphs"),
        (
            'sv:quotation "peace.\\n\\nThen" ; sv:paragraph 1',
            "These words stand in more than one paragraph",
        ),
    ],
)
def test_a_quotation_is_found_where_it_is_said_to_stand(
    tmp_path: Path, statement: str, message: str | None
) -> None:
    (tmp_path / "source.txt").write_text(TEXT, "utf-8")
    found = messages(tmp_path, statement)
    assert len(found) == (message is not None)
    assert all(each.startswith(str(message)) for each in found)


def test_without_a_source_text_there_is_nothing_to_check(tmp_path: Path) -> None:
    assert messages(tmp_path, 'sv:quotation "anything"') == []


def test_a_source_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "source.txt").write_bytes("pacta “servanda”".encode("utf-16"))
    with pytest.raises(UnreadableInput, match="is not UTF-8"):
        messages(tmp_path, 'sv:quotation "anything"')
