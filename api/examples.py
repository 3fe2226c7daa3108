"""The shipped queries as texts to begin with: their parameters hold what they default to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from graph.query import queries
from graph.query_text import filled_in

FIRST: Final = """\
PREFIX sv: <https://w3id.org/servanda/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?commitment ?commitmentLabel WHERE {
  ?commitment a sv:Commitment ; rdfs:label ?commitmentLabel
}
ORDER BY ?commitmentLabel
LIMIT 100
"""
"""What a page asks for that nobody has chosen an example on."""


@dataclass(frozen=True)
class Example:
    """A query, and the question it answers."""

    name: str
    summary: str
    text: str


@cache
def examples() -> Mapping[str, Example]:
    """Give them by name, read once: where a page is written, no file can be opened."""
    return {
        query.name: Example(query.name, query.summary, filled_in(query, {})) for query in queries()
    }
