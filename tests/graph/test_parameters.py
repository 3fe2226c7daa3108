"""The text of a value becomes a term of its parameter's type, or is refused with an example."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from graph.errors import InvalidRequest
from graph.namespaces import SV
from graph.parameters import Parameter, term
from tests.graph.conftest import typed


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-01-06", "2026-01-06T00:00:00Z"),
        ("2026-01-06T12:30:00Z", "2026-01-06T12:30:00Z"),
        ("2026-01-06T01:00:00+02:00", "2026-01-05T23:00:00Z"),
        (" 2026-01-06T12:30:00 ", "2026-01-06T12:30:00Z"),
    ],
)
def test_a_date_is_bound_as_a_moment_in_utc(given: str, moment: str) -> None:
    assert term(Parameter("x", "date"), given) == typed(moment, "dateTime")


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("integer", "12", typed("12", "integer")),
        ("decimal", "1.50", typed("1.50", "decimal")),
        ("boolean", "true", typed("true", "boolean")),
        ("string", " kept ", ox.Literal(" kept ")),
        ("iri", "sv:Land", ox.NamedNode(SV + "Land")),
        ("iri", "urn:isbn:0", ox.NamedNode("urn:isbn:0")),
    ],
)
def test_an_argument_becomes_a_term_of_its_type(
    kind: str, given: str, expected: ox.NamedNode | ox.Literal
) -> None:
    assert term(Parameter("x", kind), given) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "given", "hint"),
    [
        ("integer", "1.5", "write it as 12"),
        ("decimal", "1,5", "write it as 1.5"),
        ("boolean", "yes", "write it as true"),
        ("date", "06.01.2026", "write it as 2026-01-06"),
        ("date", "2026-02-30", "write it as 2026-01-06"),
        ("date", "12026-01-06T00:00:00Z", "write a year from 1 to 9999"),
        ("date", "0001-01-01T00:00:00+14:00", "write a year from 1 to 9999"),
        ("iri", "Ukraine", "write it as actor/ukraine"),
        ("iri", "", "write it as actor/ukraine"),
        ("iri", "foo:bar", "the prefixes known here are sv, "),
        ("iri", "https://e/a b", "Invalid IRI code point"),
        ("iri", "actor/../../ns", "write it as actor/ukraine"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_with_an_example(
    kind: str, given: str, hint: str
) -> None:
    with pytest.raises(InvalidRequest, match=re.escape(f"`{given}` is not a")) as caught:
        term(Parameter("x", kind), given)  # type: ignore[arg-type]
    assert caught.value.hint is not None
    assert caught.value.hint.startswith(hint)
