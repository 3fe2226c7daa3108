"""Which literals are well typed, by the datatype map of OWL 2; it changes none of them.

https://www.w3.org/TR/owl2-syntax/#Datatype_Maps, lexical spaces by XML Schema 1.1 part 2.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from typing import Final, NamedTuple

from graph.namespaces import PREFIXES

XSD: Final = PREFIXES["xsd"]

_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_DATE_TIME = re.compile(
    rf"(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
    r"T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
    r"(?P<zone>Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?",
    re.ASCII,
)
_DECIMAL = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
_NAME_START = r"[^\W\d]"
_PATTERNS: Final = {
    name: re.compile(pattern, re.ASCII if name not in ("Name", "NCName", "NMTOKEN") else 0)
    for name, pattern in {
        "boolean": r"true|false|1|0",
        "decimal": _DECIMAL,
        "double": rf"{_DECIMAL}(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
        "float": rf"{_DECIMAL}(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
        "integer": r"[+-]?\d+",
        "hexBinary": r"(?:[0-9a-fA-F]{2})*",
        "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*"
        r"(?:(?:[A-Za-z0-9+/] ?){2}= ?=|(?:[A-Za-z0-9+/] ?){3}=)?",
        "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
        "anyURI": r"[^\s<>\"{}|\\^`]*",
        "normalizedString": r"[^\t\n\r]*",
        "token": r"(?:[^\s]+(?: [^\s]+)*)?",
        "Name": rf"(?:{_NAME_START}|:)[\w.:-]*",
        "NCName": rf"{_NAME_START}[\w.-]*",
        "NMTOKEN": r"[\w.:-]+",
    }.items()
}
_INTEGERS: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
# Far beyond any quantity, and short of what Python refuses to read as a number.
_MOST_DIGITS = 1000
_MOST_SHOWN = 60


class Fault(NamedTuple):
    """Why a literal is refused, and what to write instead."""

    message: str
    hint: str


def fault(lexical: str, datatype: str) -> Fault | None:
    """Say what is wrong with a literal; a datatype outside XML Schema is never judged."""
    if not datatype.startswith(XSD):
        return None
    name = datatype.removeprefix(XSD)
    shown = lexical if len(lexical) <= _MOST_SHOWN else lexical[:_MOST_SHOWN] + "..."
    if name == "string":
        return None
    if name in ("date", "gYear", "gYearMonth"):
        return Fault(
            f"`{shown}` is an `xsd:{name}`, a datatype OWL 2 does not have",
            "write it as `2026-01-06T00:00:00Z`^^xsd:dateTime and say how exact it is with "
            "sv:precision",
        )
    well_typed = _check_of(name)
    if well_typed is None:
        return Fault(
            f"`{shown}` is an `xsd:{name}`, a datatype OWL 2 does not have",
            "use xsd:string, or a datatype of https://www.w3.org/TR/owl2-syntax/#Datatype_Maps",
        )
    if well_typed(lexical):
        return None
    return Fault(f"`{shown}` is not an `xsd:{name}`", _example(name))


def is_well_typed(lexical: str, datatype: str) -> bool:
    """Say whether the literal has a value."""
    return fault(lexical, datatype) is None


def _check_of(name: str) -> Callable[[str], bool] | None:
    if name in _INTEGERS:
        return lambda lexical: _is_integer(lexical, *_INTEGERS[name])
    if name in ("dateTime", "dateTimeStamp"):
        return lambda lexical: _is_date_time(lexical, zoned=name == "dateTimeStamp")
    if name in _PATTERNS:
        return lambda lexical: _PATTERNS[name].fullmatch(lexical) is not None
    return None


def _is_integer(lexical: str, least: int | None, most: int | None) -> bool:
    if not _PATTERNS["integer"].fullmatch(lexical) or len(lexical) > _MOST_DIGITS:
        return False
    value = int(lexical)
    return (least is None or value >= least) and (most is None or value <= most)


def _is_date_time(lexical: str, *, zoned: bool) -> bool:
    match = _DATE_TIME.fullmatch(lexical)
    if match is None or (zoned and match["zone"] is None):
        return False
    # The calendar repeats every 400 years, and Python's has neither year 0 nor year 10000.
    year = int(match["year"]) % 400 + 400
    return int(match["day"]) <= monthrange(year, int(match["month"]))[1]


def _example(name: str) -> str:
    if name in _INTEGERS:
        least, most = _INTEGERS[name]
        bounds = [("at least", least), ("at most", most)]
        stated = " and ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)
        return f"write a whole number, {stated}" if stated else "write a whole number such as 12"
    examples = {
        "boolean": "write true or false",
        "decimal": "write a number such as 1.5",
        "double": "write a number such as 1.5e3",
        "float": "write a number such as 1.5e3",
        "dateTime": "write a day that exists, as in 2026-01-06T00:00:00Z",
        "dateTimeStamp": "write a day that exists, as in 2026-01-06T00:00:00Z",
        "anyURI": "write an address such as https://example.org/a, with spaces as %20",
        "language": "write a language tag such as en",
    }
    return examples.get(name, "use xsd:string for free text")
