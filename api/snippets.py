"""Shows how to ask a question again from elsewhere: lines of Python, R and a shell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.results import Kind


@dataclass(frozen=True)
class Snippet:
    """A few lines in a language."""

    language: str
    text: str


# {table} and the like are addresses in which every character but the plainest is escaped.
_CURL: Final = "curl -s '{answer}'"
_SNIPPETS: Final[Mapping[Kind, Mapping[str, str]]] = {
    "solutions": {
        "Python": 'import pandas\n\nanswer = pandas.read_csv("{answer}")',
        "R": 'answer <- read.csv("{answer}")',
        "curl": _CURL,
    },
    "triples": {
        "Python": 'import rdflib\n\nanswer = rdflib.Graph().parse("{answer}", format="turtle")',
        "R": 'answer <- rdflib::rdf_parse("{answer}", format = "turtle")',
        "curl": _CURL,
    },
    "boolean": {
        "Python": "import json\nfrom urllib.request import urlopen\n\n"
        'answer = json.load(urlopen("{answer}"))["boolean"]',
        "R": 'answer <- jsonlite::fromJSON("{answer}")$boolean',
        "curl": _CURL,
    },
}
_FORMATS: Final[Mapping[Kind, str]] = {"solutions": "csv", "triples": "ttl", "boolean": "json"}


def snippets(kind: Kind, addresses: Mapping[str, str]) -> Sequence[Snippet]:
    """Write the lines for an answer of this kind, whose addresses go by their formats."""
    answer = addresses[_FORMATS[kind]]
    return [
        Snippet(language, text.format(answer=answer)) for language, text in _SNIPPETS[kind].items()
    ]
