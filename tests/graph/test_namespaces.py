"""IRIs are shortened with the project's prefixes."""

from __future__ import annotations

from itertools import permutations

import pytest

from graph.namespaces import ID, PREFIXES, abbreviated, prefixed


@pytest.mark.parametrize(
    ("iri", "text"),
    [
        (PREFIXES["sv"] + "Land", "sv:Land"),
        (ID + "actor/ukraine", "id:actor/ukraine"),
        (PREFIXES["sv"], PREFIXES["sv"]),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_an_iri_is_shortened_by_a_prefix_if_one_fits(iri: str, text: str) -> None:
    assert prefixed(iri) == text


@pytest.mark.parametrize(
    ("iri", "text"),
    [
        (PREFIXES["sv"] + "Land", "sv:Land"),
        (ID + "actor/ukraine", "actor/ukraine"),
        (PREFIXES["owl"] + "Thing", PREFIXES["owl"] + "Thing"),
    ],
)
def test_an_identifier_stands_bare_and_only_a_term_has_a_prefix(iri: str, text: str) -> None:
    assert abbreviated(iri) == text


def test_no_two_prefixes_fit_one_iri() -> None:
    spaces = permutations(PREFIXES.values(), 2)
    assert not [one for one, other in spaces if one.startswith(other)]
