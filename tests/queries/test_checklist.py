"""The first dataset holds all that the checklist asks for, and quotes its text word for word."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from graph.query import find, run
from graph.store import Store
from tests.queries.cases import text
from tests.queries.conftest import CHECKOUT

ITEMS = [f"S{number}" for number in range(1, 103)]

PLACES = """
PREFIX sv: <https://w3id.org/servanda/ns#>
SELECT ?thing ?quotation ?paragraph {
  GRAPH ?graph { ?thing sv:quotation ?quotation OPTIONAL { ?thing sv:paragraph ?paragraph } }
}
"""


def test_every_item_of_the_checklist_is_represented_once_over(paris: Store) -> None:
    rows = [[text(cell) for cell in row] for row in run(paris, find("checklist"), {}).rows()]
    assert [row[0] for row in rows] == ITEMS
    assert all(int(things) == len(by.split("; ")) for _, things, by in rows)


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    """Give the heading as number 0 and the paragraphs of the text from 1."""
    return _paragraphs(CHECKOUT / "data" / "paris-2026" / "source.txt")


def test_the_text_has_a_heading_and_nine_paragraphs(paragraphs: list[str]) -> None:
    assert len(paragraphs) == 10


def test_every_quotation_stands_in_a_paragraph_it_is_cited_from(
    paris: Store, paragraphs: list[str]
) -> None:
    cited: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in paris.query(PLACES).rows():
        thing, words, paragraph = (text(cell) for cell in row)
        cited[thing, words].add(int(paragraph or 0))
    assert len(cited) > 100
    astray = {
        key for key, places in cited.items() if not any(key[1] in paragraphs[n] for n in places)
    }
    assert astray == set()


def test_every_cited_paragraph_holds_a_quotation(paris: Store, paragraphs: list[str]) -> None:
    words_of: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in paris.query(PLACES).rows():
        thing, words, paragraph = (text(cell) for cell in row)
        words_of[thing, int(paragraph or 0)].append(words)
    empty = {
        key for key, quoted in words_of.items() if not any(q in paragraphs[key[1]] for q in quoted)
    }
    assert empty == set()


def _paragraphs(source: Path) -> list[str]:
    return source.read_text(encoding="utf-8").strip().split("\n\n")
