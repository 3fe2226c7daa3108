"""What tells right answers from wrong ones must itself tell them apart."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.namespaces import GENID, PREFIXES
from tests.conformance.sparql_results import Row, cells, same

A, B = ox.NamedNode("urn:a"), ox.NamedNode("urn:b")
X, Y = ox.BlankNode("x"), ox.BlankNode("y")


def number(text: str, name: str = "decimal") -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([(A,), (B,)], [(B,), (A,)]),
        ([(X, Y), (Y, X)], [(Y, X), (X, Y)]),
        ([(X,)], [(ox.NamedNode(GENID + "1"),)]),
        ([(number("1.50"),)], [(number("1.5"),)]),
        ([(number("0", "boolean"),)], [(number("false", "boolean"),)]),
        ([(A, None)], [(A, None)]),
    ],
)
def test_the_same_rows_are_the_same(one: list[Row], other: list[Row]) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([(A,), (A,)], [(A,)]),
        ([(A,)], [(B,)]),
        ([(A, None)], [(None, A)]),
        ([(X, X)], [(X, Y)]),
        ([(X, Y)], [(X, X)]),
        ([(X,)], [(A,)]),
        ([(number("1"),)], [(number("1", "integer"),)]),
        ([(number("1"),)], [(number("1.1"),)]),
        ([(ox.Literal("a", language="en"),)], [(ox.Literal("a"),)]),
    ],
)
def test_other_rows_are_not(one: list[Row], other: list[Row]) -> None:
    assert not same(one, other)


def test_a_csv_table_is_read_by_its_columns_names() -> None:
    assert cells(b"a,b\r\n1.0,_:x\r\n") == cells(b"b,a\r\n_:y,1\r\n")
    assert cells(b"a,b\r\n1,2\r\n") != cells(b"a,b\r\n2,1\r\n")
