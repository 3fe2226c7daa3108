"""Templates make addresses of the cells of a row, and nothing where one of them is empty."""

from __future__ import annotations

import pytest

from graph.mapping.templates import Template

BASE = "https://example.org/tables/a.csv"


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("id/{name}", "https://example.org/tables/id/%C3%85land%2FTwo%20words"),
        ("/{+path}#{code}", "https://example.org/a/b?c#7"),
        ("{+whole}", "https://w3id.org/x%20y"),
        ("rdfs:label", "http://www.w3.org/2000/01/rdf-schema#label"),
        ("id/{gone}", None),
    ],
)
def test_a_template_is_filled(template: str, filled: str | None) -> None:
    cells = {
        "name": "Åland/Two words",
        "path": "a/b?c",
        "code": "7",
        "whole": "https://w3id.org/x%20y",
    }
    assert Template(template, BASE).fill(cells) == filled


@pytest.mark.parametrize("template", ["{", "a{b", "{a,b}", "{?a}", "}"])
def test_what_no_row_can_fill_is_told(template: str) -> None:
    assert not Template(template, BASE).is_sound
