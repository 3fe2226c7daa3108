"""Literals are judged by the lexical spaces of XML Schema."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.datatypes import XSD, fault, is_well_typed

GOOD = [
    ("12", "integer"),
    ("-0", "integer"),
    ("255", "unsignedByte"),
    ("1.50", "decimal"),
    (".5", "decimal"),
    ("1e400", "double"),
    ("-INF", "float"),
    ("0", "boolean"),
    ("2024-02-29T23:59:59.5+14:00", "dateTime"),
    ("2000-01-01T24:00:00", "dateTime"),
    ("-0400-02-29T00:00:00Z", "dateTime"),
    ("12026-01-01T00:00:00Z", "dateTime"),
    ("2026-01-06T00:00:00Z", "dateTimeStamp"),
    ("https://example.org/a%20b?c#d", "anyURI"),
    ("", "anyURI"),
    ("en-GB", "language"),
    ("0aFF", "hexBinary"),
    ("YQ==", "base64Binary"),
    ("a b", "token"),
    ("any\ttext", "string"),
    ("école", "NCName"),
]
BAD = [
    ("x", "integer"),
    (" 1", "integer"),
    ("1.0", "integer"),
    ("\N{ARABIC-INDIC DIGIT ONE}", "integer"),
    ("9" * 5000, "integer"),
    ("256", "unsignedByte"),
    ("0", "positiveInteger"),
    ("1,5", "decimal"),
    (".", "decimal"),
    ("inf", "double"),
    ("None", "boolean"),
    ("TRUE", "boolean"),
    ("2026-02-30T00:00:00Z", "dateTime"),
    ("2025-02-29T00:00:00Z", "dateTime"),
    ("2026-01-06", "dateTime"),
    ("2026-01-06T24:00:01Z", "dateTime"),
    ("2026-01-06T00:00:60Z", "dateTime"),
    ("2026-01-06T00:00:00+14:30", "dateTime"),
    ("02026-01-01T00:00:00Z", "dateTime"),
    ("2026-01-06T00:00:00Z\n", "dateTime"),
    ("2026-01-06T00:00:00", "dateTimeStamp"),
    ("a b", "anyURI"),
    ("e n", "language"),
    ("abc", "hexBinary"),
    ("YQ=", "base64Binary"),
    (" a", "token"),
    ("1a", "NCName"),
]


@pytest.mark.parametrize(("lexical", "name"), GOOD)
def test_a_literal_of_its_datatype_passes(lexical: str, name: str) -> None:
    assert is_well_typed(lexical, XSD + name)


@pytest.mark.parametrize(("lexical", "name"), BAD)
def test_an_ill_typed_literal_is_named_with_its_datatype(lexical: str, name: str) -> None:
    found = fault(lexical, XSD + name)
    assert found is not None
    assert f"is not an `xsd:{name}`" in found.message
    assert found.hint


@pytest.mark.parametrize("name", ["date", "gYear", "gYearMonth"])
def test_a_date_is_refused_with_the_way_to_write_it(name: str) -> None:
    found = fault("2026-01-06", XSD + name)
    assert found is not None
    assert "xsd:dateTime" in found.hint
    assert "sv:precision" in found.hint


@pytest.mark.parametrize("name", ["dateTme", "duration", "time", "Integer"])
def test_a_datatype_owl_does_not_have_is_refused(name: str) -> None:
    found = fault("1", XSD + name)
    assert found is not None
    assert "OWL 2 does not have" in found.message


def test_a_datatype_outside_xml_schema_is_not_judged() -> None:
    assert is_well_typed("POINT(1", "http://www.opengis.net/ont/geosparql#wktLiteral")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("integer", "write a whole number such as 12"),
        ("negativeInteger", "write a whole number, at most -1"),
        ("unsignedByte", "write a whole number, at least 0 and at most 255"),
    ],
)
def test_a_hint_states_the_bounds_of_a_whole_number(name: str, hint: str) -> None:
    found = fault("x", XSD + name)
    assert found is not None
    assert found.hint == hint


@given(st.datetimes().map(lambda moment: moment.isoformat() + "Z"))
def test_every_moment_of_the_calendar_is_a_date_time(lexical: str) -> None:
    assert is_well_typed(lexical, XSD + "dateTime")


@given(st.integers())
def test_every_whole_number_is_an_integer_and_a_decimal(number: int) -> None:
    assert is_well_typed(str(number), XSD + "integer")
    assert is_well_typed(str(number), XSD + "decimal")
