"""The parameters of named queries: their types, and how the text of a value is read as a term."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

import pyoxigraph as ox

from graph.datatypes import XSD, is_well_typed
from graph.errors import InvalidRequest
from graph.namespaces import ID, PREFIXES

ParameterType = Literal["iri", "string", "integer", "decimal", "boolean", "date"]

_SCHEME = re.compile(r"(?:https?://|urn:)", re.IGNORECASE)
_SHORT_ID = re.compile(r"[a-z][\w-]*(?:/\w[\w.%-]*)+", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Parameter:
    """A variable of a named query that the caller may fix."""

    name: str
    type: ParameterType
    default: str | None = None
    required: bool = False
    description: str = ""


def term(parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    """Read an argument as the term it names; raises InvalidRequest with an example."""
    kind = TYPES[parameter.type]
    try:
        return kind.read(value if parameter.type == "string" else value.strip())
    except ValueError as error:
        raise InvalidRequest(
            f"`{value}` is not {kind.name}: the parameter `{parameter.name}` takes one",
            hint=str(error) or f"write it as {kind.example}",
        ) from None


def _iri(value: str) -> ox.NamedNode:
    prefix, colon, local = value.partition(":")
    if _SCHEME.match(value):
        return ox.NamedNode(value)
    if colon and prefix in PREFIXES:
        return ox.NamedNode(PREFIXES[prefix] + local)
    if colon:
        raise ValueError(f"the prefixes known here are {', '.join(PREFIXES)}")
    if not _SHORT_ID.fullmatch(value):
        raise ValueError
    return ox.NamedNode(ID + value)


def _date(value: str) -> ox.Literal:
    moment = f"{value}T00:00:00Z" if _DATE.fullmatch(value) else value
    if not is_well_typed(moment, XSD + "dateTime"):
        raise ValueError
    try:
        time = datetime.fromisoformat(moment)
        time = time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ValueError("write a year from 1 to 9999") from None
    return _literal("dateTime", time.isoformat().replace("+00:00", "Z"))


def _typed(name: str) -> Callable[[str], ox.Literal]:
    def read(value: str) -> ox.Literal:
        if not is_well_typed(value, XSD + name):
            raise ValueError
        return _literal(name, value)

    return read


def _literal(name: str, lexical: str) -> ox.Literal:
    return ox.Literal(lexical, datatype=ox.NamedNode(XSD + name))


class Type(NamedTuple):
    """A type of parameters: what errors call it, a value of it, and how a text is read as one."""

    name: str
    example: str
    read: Callable[[str], ox.NamedNode | ox.Literal]


TYPES: Final[Mapping[ParameterType, Type]] = {
    "iri": Type("an IRI", "actor/ukraine", _iri),
    "string": Type("a text", "ceasefire", ox.Literal),
    "integer": Type("a whole number", "12", _typed("integer")),
    "decimal": Type("a decimal number", "1.5", _typed("decimal")),
    "boolean": Type("a yes or no", "true", _typed("boolean")),
    "date": Type("a date", "2026-01-06", _date),
}
