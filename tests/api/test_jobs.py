"""A question can be sent to another process, with its answer and its errors."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from inspect import isabstract
from pathlib import Path

import pytest

from api.asked import Asked, Assumed, Columns, InvalidValue
from api.jobs.about import About
from api.jobs.changes import Diff, WhatIf
from api.jobs.circles import Deadlocks, PowerOver, Unlock
from api.jobs.job import Job
from api.jobs.learned import KnownSince, RecordedSince
from api.jobs.listings import Filters, Undertakings
from api.jobs.odds import HowLikely, WithoutApprovals
from api.jobs.overviews import Gaps, Matrix
from api.jobs.pages import Page
from api.jobs.searching import Search
from api.jobs.sensitivity import EachClaim, EachMatter, Policies
from api.jobs.things import Kind, Things
from api.jobs.undertakings import Explain, Judge, Phases, Show
from api.likely import Likely
from api.snapshot import Snapshot
from graph.database import Database
from graph.errors import Busy, NotFound, ServandaError

ASKED = Asked(
    as_of=date(2026, 2, 28),
    known_at=date(2026, 3, 5),
    scenario=(Assumed("event/ceasefire", "true", date(2026, 2, 10)),),
)
FORCE = "multinational-force"
JOBS: list[Job] = [
    Show(ASKED, FORCE),
    Explain(ASKED, FORCE),
    Judge(ASKED, "condition/ceasefire", FORCE),
    Phases(ASKED, FORCE),
    Unlock(ASKED, FORCE),
    PowerOver(ASKED, FORCE, debtor="france"),
    HowLikely(ASKED, Likely(otherwise=Fraction(1, 3))),
    WithoutApprovals(ASKED),
    EachMatter(ASKED),
    EachClaim(ASKED),
    Policies(ASKED),
    KnownSince(ASKED, date(2026, 1, 6)),
    RecordedSince(ASKED, 1, 1, "", ""),
    Deadlocks(ASKED),
    Matrix(ASKED, Columns.component),
    Gaps(ASKED),
    Diff(ASKED, date(2026, 1, 1)),
    WhatIf(ASKED),
    Undertakings(ASKED, Filters(debtor=("france",), q="force"), Page(10)),
    Things(ASKED, Kind.events, "", Page(10)),
    About(ASKED, Kind.actors, "france"),
    Search(ASKED, "force", ("commitment",), "en", Page(10)),
]


@pytest.fixture(scope="module")
def snapshot(shipped: Path) -> Iterator[Snapshot]:
    with Database.open(shipped, writable=False) as database:
        yield Snapshot.of(database.store)


def test_every_question_is_tried_here() -> None:
    def below(job: type) -> set[type]:
        return {job}.union(*map(below, job.__subclasses__()))

    assert {type(job) for job in JOBS} == {job for job in below(Job) if not isabstract(job)}


@pytest.mark.parametrize("job", JOBS, ids=lambda job: type(job).__name__)
def test_a_question_and_its_answer_can_be_pickled(job: Job, snapshot: Snapshot) -> None:
    sent = pickle.loads(pickle.dumps(job))
    assert sent == job
    answer = job.run(snapshot)
    assert sent.run(snapshot) == answer
    assert pickle.loads(pickle.dumps(answer)) == answer


@pytest.mark.parametrize(
    ("job", "kind"),
    [
        (Show(ASKED, "nothing"), NotFound),
        (Gaps(Asked(sources=("source/nobody",))), InvalidValue),
        (Diff(ASKED, date(2026, 3, 1)), InvalidValue),
        (RecordedSince(ASKED, 1, 99, "", ""), Busy),
    ],
    ids=lambda given: given.__name__ if isinstance(given, type) else type(given).__name__,
)
def test_an_error_can_be_pickled_with_all_it_says(
    job: Job, kind: type[ServandaError], snapshot: Snapshot
) -> None:
    with pytest.raises(kind) as refused:
        job.run(snapshot)
    error = refused.value
    sent = pickle.loads(pickle.dumps(error))
    assert (type(sent), str(sent), vars(sent)) == (type(error), str(error), vars(error))
