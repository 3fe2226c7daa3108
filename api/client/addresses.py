"""Gives the engine's questions their addresses under /api/v1; it sends nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any
from urllib.parse import quote

from api.asked import Asked, Assumed
from api.jobs.about import About
from api.jobs.changes import Diff, WhatIf
from api.jobs.circles import Deadlocks, PowerOver, Unlock
from api.jobs.completing import Complete
from api.jobs.job import Question
from api.jobs.learned import KnownSince
from api.jobs.listings import FILTERS, Undertakings
from api.jobs.odds import HowLikely, WithoutApprovals
from api.jobs.overviews import Gaps, Matrix
from api.jobs.pages import Page
from api.jobs.searching import Search
from api.jobs.sensitivity import EachClaim, EachMatter, Policies
from api.jobs.things import Things
from api.jobs.undertakings import Explain, Judge, Phases, Show

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Address:
    """A path under /api/v1 with its parameters, and the JSON that is posted there, if any."""

    path: str
    parameters: Pairs = field(default_factory=list)
    body: dict[str, Any] | None = None


@singledispatch
def address(job: Question) -> Address:
    """Give the address at which a server answers a question."""
    raise NotImplementedError(job)


@address.register
def _(job: Undertakings) -> Address:
    filters = job.filters
    pairs = [(name, each) for name in FILTERS for each in getattr(filters, name)]
    pairs += [("sort", job.sort)]
    pairs += [("facet", each) for each in job.facets]
    pairs += [("q", filters.q)] if filters.q else []
    return Address("commitments", [*_dated(job.asked), *pairs, *_paged(job.page)])


@address.register
def _(job: Search) -> Address:
    pairs = [("q", job.q), *(("kind", each) for each in job.kinds)]
    pairs += [] if job.language is None else [("language", job.language)]
    return Address("search", [*_dated(job.asked), *pairs, *_paged(job.page)])


@address.register
def _(job: Things) -> Address:
    words = [("q", job.q)] if job.q else []
    return Address(job.kind.value, [*_dated(job.asked), *words, *_paged(job.page)])


@address.register
def _(job: About) -> Address:
    return Address(f"{job.kind.value}/{quote(job.id)}", _dated(job.asked))


@address.register
def _(job: Complete) -> Address:
    kinds = [("kind", each) for each in job.kinds]
    pairs = [("q", job.q), *kinds, ("limit", str(job.limit)), ("lang", job.language)]
    return Address("terms", pairs)


@address.register
def _(job: Show) -> Address:
    return Address(f"commitments/{quote(job.id)}", _dated(job.asked))


@address.register
def _(job: Explain) -> Address:
    pairs = [*_dated(job.asked), *_debtor(job.debtor)]
    return Address(f"commitments/{quote(job.id)}/explanation", pairs)


@address.register
def _(job: Judge) -> Address:
    pairs = [*_dated(job.asked), ("commitment", job.undertaking), *_debtor(job.debtor)]
    return Address(f"conditions/{quote(job.id)}", pairs)


@address.register
def _(job: Phases) -> Address:
    return Address(f"commitments/{quote(job.id)}/timeline", _dated(job.asked))


@address.register
def _(job: Unlock) -> Address:
    return _opening(job, "unlock")


@address.register
def _(job: PowerOver) -> Address:
    return _opening(job, "power")


def _opening(job: Unlock | PowerOver, asked: str) -> Address:
    number = [] if job.at_least is None else [("atLeast", str(job.at_least))]
    pairs = [*_with_readings(job.asked), *_debtor(job.debtor), *number]
    return Address(f"commitments/{quote(job.id)}/{asked}", pairs)


@address.register
def _(job: Deadlocks) -> Address:
    return Address("deadlocks", _with_readings(job.asked))


@address.register
def _(job: Matrix) -> Address:
    return Address("matrix", [*_dated(job.asked), ("cols", job.columns.value)])


@address.register
def _(job: Gaps) -> Address:
    return Address("gaps", _dated(job.asked))


@address.register
def _(job: Diff) -> Address:
    days = [("from", job.start.isoformat()), ("to", job.asked.as_of.isoformat())]
    return Address("diff", [*days, *_known(job.asked)])


@address.register
def _(job: KnownSince) -> Address:
    start = [("knownFrom", job.known_from.isoformat())]
    return Address("diff/knowledge", [*_dated(job.asked), *start])


def recorded_since(asked: Asked, start: int, end: int | None) -> Address:
    """Give the address at which a server compares two versions; it has their difference itself."""
    versions = [("from", str(start)), *([] if end is None else [("to", str(end))])]
    return Address("diff/versions", [*_dated(asked), *versions])


@address.register
def _(job: Policies) -> Address:
    return Address("diff/policies", _dated(job.asked))


@address.register
def _(job: EachMatter) -> Address:
    return Address("whatif/matters", _with_readings(job.asked))


@address.register
def _(job: EachClaim) -> Address:
    return Address("whatif/claims", _with_readings(job.asked))


@address.register
def _(job: WithoutApprovals) -> Address:
    return Address("whatif/no-approvals", _with_readings(job.asked))


@address.register
def _(job: WhatIf) -> Address:
    return Address("whatif", body=_body(job.asked))


@address.register
def _(job: HowLikely) -> Address:
    likely = job.likely
    body = {
        **_body(job.asked),
        "acts": {name: str(number) for name, number in likely.acts},
        "waivers": {name: str(number) for name, number in likely.waivers},
        "otherwise": None if likely.otherwise is None else str(likely.otherwise),
    }
    return Address("whatif/odds", body=body)


def _body(asked: Asked) -> dict[str, Any]:
    return {
        "set": {each.about: _value(each) for each in asked.scenario},
        "asOf": asked.as_of.isoformat(),
        "knownAt": asked.known_at.isoformat(),
        "policy": asked.rule,
        "sources": asked.sources,
        "readings": asked.readings,
        "lang": asked.language,
    }


def _debtor(debtor: str | None) -> Pairs:
    return [] if debtor is None else [("debtor", debtor)]


def _paged(page: Page) -> Pairs:
    return [("limit", str(page.limit)), *([("cursor", page.cursor)] if page.cursor else [])]


def _dated(asked: Asked) -> Pairs:
    return [("asOf", asked.as_of.isoformat()), *_known(asked)]


def _with_readings(asked: Asked) -> Pairs:
    return [*_dated(asked), *(("reading", each) for each in asked.readings)]


def _known(asked: Asked) -> Pairs:
    # An empty value names no source.
    sources = [] if asked.sources is None else asked.sources or [""]
    return [
        ("knownAt", asked.known_at.isoformat()),
        ("policy", asked.rule),
        ("lang", asked.language),
        *(("sources", each) for each in sources),
        *(("set", f"{each.about}={_value(each)}") for each in asked.scenario),
    ]


def _value(assumed: Assumed) -> str:
    since = "" if assumed.since is None else f"@{assumed.since.isoformat()}"
    return f"{assumed.truth}{since}"
