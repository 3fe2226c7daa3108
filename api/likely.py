"""How likely single acts are, as people write it; it knows no graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from graph.errors import InvalidRequest

Number = str | int | float | Decimal | Fraction
_NUMBER: Final = re.compile(r"\d{0,9}\.?\d{1,30}|\d{1,30}/\d{1,30}", re.ASCII)


@dataclass(frozen=True)
class Likely:
    """Probabilities by identifier: of acts, of consents without their condition, of all others."""

    acts: tuple[tuple[str, Fraction], ...] = ()
    waivers: tuple[tuple[str, Fraction], ...] = ()
    otherwise: Fraction | None = None


def read_likely(
    acts: Mapping[str, Number], waivers: Mapping[str, Number], otherwise: Number | None
) -> Likely:
    """Read probabilities by identifier; raises InvalidRequest for what is none."""
    rest = None if otherwise is None else read_probability(_written(otherwise))
    return Likely(_read(acts), _read(waivers), rest)


def _read(given: Mapping[str, Number]) -> tuple[tuple[str, Fraction], ...]:
    return tuple(read_probabilities(f"{name}={_written(each)}" for name, each in given.items()))


def _written(number: Number) -> str:
    # Python itself writes a small one with an exponent.
    return f"{Decimal(str(number)):f}" if isinstance(number, float | Decimal) else str(number)


def read_probabilities(texts: Iterable[str]) -> Iterator[tuple[str, Fraction]]:
    """Read each `MATTER=P`; raises InvalidRequest for what is no probability."""
    for text in texts:
        name, _, number = text.rpartition("=")
        if not name.strip():
            raise InvalidRequest(
                f"`{text}` gives no probability", hint="write it as event/ceasefire=0.3"
            )
        yield name.strip(), read_probability(number)


def read_probability(text: str) -> Fraction:
    """Read a number from 0 to 1, exactly; raises InvalidRequest for anything else."""
    number = text.strip()
    try:
        found = Fraction(number) if _NUMBER.fullmatch(number) else None
    except ZeroDivisionError:
        found = None
    if found is None or found > 1:
        raise InvalidRequest(
            f"`{text}` is no probability", hint="give a number from 0 to 1, such as 0.3 or 1/3"
        )
    return found
