"""Reads a command line as the question to the engine that it asks; it runs no command."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from api.asked import Asked, read_assumption, read_day
from api.jobs import rows
from api.jobs.changes import WhatIf
from api.jobs.circles import Unlock
from api.jobs.job import Job
from api.jobs.odds import WithoutApprovals
from api.jobs.overviews import Gaps
from api.jobs.sensitivity import EachClaim, EachMatter, Policies
from api.jobs.undertakings import Show
from api.situation import Json
from api.v1.parameters import MOST_JUDGED

_FLAGS: Final = ("--each-matter", "--each-claim", "--no-approvals", "--policies")
_PLACEHOLDERS: Final = {"ID", "SEQ"}


@dataclass(frozen=True)
class Command:
    """A question to the engine, how its answer is shown, and which page has it too, if any."""

    job: Job
    tabulate: Callable[[Json], rows.Table]
    page: str | None = None


def command(line: str, asked: Asked) -> Command | None:
    """Give what a command asks on the day, and by the rest, that a page is asked about.

    Its day of knowledge and its assumptions count, its own day does not. None for a command that
    one version of a graph cannot answer, or whose line leaves open what it is about.
    """
    _, verb, *words = shlex.split(line)
    options, things = _options(words), _things(words)
    flag = next((each for each in _FLAGS if each in words), "")
    ask = _ASKED.get((verb, flag))
    if ask is None or _PLACEHOLDERS & {*words} or "--from-version" in options:
        return None
    known_at = [read_day(day) for day in options.get("--known-at", ())]
    assumed = map(read_assumption, options.get("--set", ()))
    of = replace(
        asked,
        scenario=(*asked.scenario, *assumed),
        known_at=known_at[0] if known_at else asked.known_at,
    )
    return ask(of, things, options)


Options = Mapping[str, Sequence[str]]


def _options(words: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairwise([*words, ""]):
        if name.startswith("--") and name not in _FLAGS:
            found.setdefault(name, []).append(value)
    return found


def _things(words: Sequence[str]) -> list[str]:
    """Give the words that are neither options nor their values."""
    before = ["", *words]
    return [
        word
        for last, word in zip(before, words, strict=False)
        if not word.startswith("--") and (not last.startswith("--") or last in _FLAGS)
    ]


def _show(asked: Asked, things: Sequence[str], _: Options) -> Command:
    return Command(Show(asked, things[0]), rows.standings, f"/doc/{things[0]}")


def _unlock(asked: Asked, things: Sequence[str], options: Options) -> Command:
    at_least = int(options["--at-least"][0]) if "--at-least" in options else None
    job = Unlock(asked, things[0], at_least=at_least)
    return Command(job, rows.unlocking, f"/doc/{things[0]}")


_ASKED: Final[Mapping[tuple[str, str], Callable[[Asked, Sequence[str], Options], Command]]] = {
    ("show", ""): _show,
    ("unlock", ""): _unlock,
    ("gaps", ""): lambda asked, *_: Command(Gaps(asked), rows.gaps, "/gaps"),
    ("whatif", ""): lambda asked, *_: Command(WhatIf(asked), rows.outcomes, "/whatif"),
    ("whatif", "--each-matter"): lambda asked, *_: Command(
        EachMatter(asked, MOST_JUDGED), rows.matters
    ),
    ("whatif", "--each-claim"): lambda asked, *_: Command(
        EachClaim(asked, MOST_JUDGED), rows.claims
    ),
    ("whatif", "--no-approvals"): lambda asked, *_: Command(
        WithoutApprovals(asked, MOST_JUDGED), rows.without_approvals
    ),
    ("diff", "--policies"): lambda asked, *_: Command(Policies(asked, MOST_JUDGED), rows.policies),
}
