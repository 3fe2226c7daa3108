"""Reads case files: named sentences with what is given and what is then asked.

Strict, so that a slip of the pen cannot make a case pass: an unknown key is an error that names
the legal ones, and a key that stands twice is one too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from graph.errors import UnreadableInput
from graph.timeline import Span
from graph.triples import widened

Given = Mapping[str, Any]
"""A part of a case as YAML gave it; `mapping` checks its keys before anything reads it."""

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_EXPECTED: Final = ("states", "remarks", "verdicts", "shares", "obligations", "named", "unnamed")


@dataclass(frozen=True)
class Ask:
    """One question of a case: when and how it is asked, and what is expected of each thing."""

    as_of: date
    known_at: date = date.max
    rule: str = "sceptical"
    sources: tuple[str, ...] | None = None
    scenario: tuple[tuple[str, str, date], ...] = ()
    of: str | None = None
    expected: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A sentence with what is given, and either what is asked or the error it is refused with."""

    name: str
    given: Given
    asks: tuple[Ask, ...] = ()
    error: str | None = None


def read_cases(path: Path) -> list[Case]:
    """Read the cases of one file."""
    return parse_cases(path.read_text(encoding="utf-8"))


def parse_cases(text: str) -> list[Case]:
    """Read cases from YAML."""
    found = yaml.load(text, Loader=_StrictLoader)
    if not isinstance(found, list):
        raise UnreadableInput("a case file is a list of cases", hint="begin each with `- case:`")
    return [_case(each) for each in found]


def _case(raw: object) -> Case:
    case = mapping(raw, "a case", ("case", "given", "asks", "error"), needed=("case", "given"))
    asks = tuple(_ask(each) for each in case.get("asks", ()))
    error = case.get("error")
    if bool(asks) == (error is not None):
        raise UnreadableInput(f"`{case['case']}` asks nothing", hint="give either asks or an error")
    return Case(case["case"], case["given"], asks, error)


def _ask(raw: object) -> Ask:
    legal = ("as of", "known at", "policy", "scenario", "of", *_EXPECTED)
    ask = mapping(raw, "an ask", legal, needed=("as of",))
    rule, sources = _policy(ask.get("policy", "sceptical"))
    return Ask(
        as_of=day(ask["as of"]),
        known_at=day(ask["known at"]) if "known at" in ask else date.max,
        rule=rule,
        sources=sources,
        scenario=tuple(_assumption(each) for each in ask.get("scenario", ())),
        of=ask.get("of"),
        expected={what: ask[what] for what in _EXPECTED if what in ask},
    )


def _policy(raw: object) -> tuple[str, tuple[str, ...] | None]:
    if isinstance(raw, str):
        return raw, None
    policy = mapping(raw, "a policy", ("rule", "sources"))
    sources = policy.get("sources")
    return policy.get("rule", "sceptical"), None if sources is None else tuple(sources)


def _assumption(raw: object) -> tuple[str, str, date]:
    keys = ("assume", "to be", "since")
    assumption = mapping(raw, "an assumption", keys, needed=keys)
    return assumption["assume"], str(assumption["to be"]).lower(), day(assumption["since"])


def mapping(
    raw: object, what: str, legal: Iterable[str], *, needed: Iterable[str] = ()
) -> dict[str, Any]:
    """Give a mapping whose keys are all legal and whose needed ones are there."""
    if not isinstance(raw, dict):
        raise UnreadableInput(f"{what} is a mapping, not `{raw}`")
    for key in raw:
        if key not in legal:
            known = ", ".join(f"`{each}`" for each in legal)
            raise UnreadableInput(f"{what} has no key `{key}`", hint=f"legal keys are {known}")
    for key in needed:
        if key not in raw:
            raise UnreadableInput(f"{what} needs the key `{key}`")
    return raw


def name(raw: object) -> str:
    """Give a name that can end an IRI."""
    if isinstance(raw, str) and _NAME.fullmatch(raw):
        return raw
    raise UnreadableInput(f"`{raw}` is no name", hint="use small letters, digits and hyphens")


def one_of(raw: object, what: str, words: Mapping[str, str]) -> str:
    """Give what one of some words stands for."""
    if isinstance(raw, str) and raw in words:
        return words[raw]
    known = ", ".join(f"`{word}`" for word in words)
    raise UnreadableInput(f"`{raw}` is no {what}", hint=f"choose one of {known}")


def day(raw: object) -> date:
    """Give a date that is known to the day."""
    found, precision = when(raw)
    if precision == "DayPrecision":
        return found
    raise UnreadableInput(f"`{raw}` is no day", hint="write it like 2026-03-01")


def when(raw: object) -> tuple[date, str]:
    """Give the first day of a date with its precision: 2026-03-01, 2026-03 or 2026."""
    if isinstance(raw, date):
        return raw, "DayPrecision"
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < 10_000:
        return date(raw, 1, 1), "YearPrecision"
    found = _MONTH.fullmatch(raw) if isinstance(raw, str) else None
    if found and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1), "MonthPrecision"
    raise UnreadableInput(f"`{raw}` is no date", hint="write 2026-03-01, 2026-03 or 2026")


def days_of(raw: object) -> Span:
    """Give the days that a date may be."""
    first, precision = when(raw)
    return widened(first.toordinal(), precision)


class _StrictLoader(yaml.SafeLoader):
    """Reads YAML and refuses a key that stands twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key in keys:
            if keys.count(key) > 1:
                raise UnreadableInput(
                    f"the key `{key}` stands twice", line=node.start_mark.line + 1
                )
        return super().construct_mapping(node, deep)
