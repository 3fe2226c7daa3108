"""The shipped data breaks no rule, and the findings in the first dataset are the article's gaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.dataset import read_datasets
from graph.namespaces import ID
from graph.validate import Finding, validate
from tests.shapes.conftest import ontology

DATA_FOLDER = Path(__file__).resolve().parent.parent.parent / "data"


def found_in(*paths: Path) -> list[Finding]:
    datasets = read_datasets(paths)
    return validate([*ontology(), *(quad for dataset in datasets for quad in dataset.quads)])


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    """Give what is found in the dataset of the article."""
    return found_in(DATA_FOLDER / "actors", DATA_FOLDER / "paris-2026")


def test_nothing_is_refused_or_doubtful() -> None:
    assert [str(each) for each in found_in(DATA_FOLDER) if each.severity != "info"] == []


@pytest.mark.parametrize(
    ("rule", "thing"),
    [
        ("commitment-amount", "commitment/military-assistance"),
        ("commitment-due", "commitment/security-guarantees"),
        ("commitment-end", "commitment/security-guarantees"),
        ("commitment-lead", "commitment/security-guarantees"),
        ("commitment-remedy", "commitment/security-guarantees"),
        ("debtor-count-unstated", "commitment/security-guarantees"),
        ("debtor-structure", "intention/military-installations"),
        ("deployment-size", "action/multinational-deployment"),
        ("determined-by", "condition/aggression-determined"),
        ("event-day", "event/paris-meeting"),
        ("group-unnamed", "actor/lead-countries"),
        ("source-day", "source/paris-2026-article"),
        ("term-meaning", "term/nato-troops"),
    ],
)
def test_a_gap_of_the_article_shows(rule: str, thing: str, findings: list[Finding]) -> None:
    assert (rule, ID + thing) in {(finding.rule, finding.focus) for finding in findings}


def test_what_the_article_does_say_is_no_gap(findings: list[Finding]) -> None:
    found = {(finding.rule, finding.focus) for finding in findings}

    assert ("deployment-location", f"{ID}action/multinational-deployment") not in found
    assert ("debtor-structure", f"{ID}commitment/security-guarantees") not in found
    assert ("consents-when", f"{ID}condition/russia-consents-to-ceasefire-talks") not in found
