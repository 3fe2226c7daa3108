"""What stands otherwise on another day, by other knowledge, in another version or policy."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from api import memento
from api.calls import in_worker
from api.jobs.changes import Diff
from api.jobs.learned import KnownSince, RecordedSince, check_versions
from api.jobs.sensitivity import Policies
from api.problems import documented
from api.state import database
from api.threads import in_thread
from api.v1 import schemas_of_changes as schemas
from api.v1.answering import answer, located
from api.v1.parameters import MOST_JUDGED, AsOf, Between, read_parameter_day, takes
from graph.errors import TooMuch

_MOST_CHANGED: Final = 16 * 2**20

router = APIRouter(tags=["differences"])


@router.get(
    "/diff",
    response_model=schemas.Diff,
    responses=documented(400),
    dependencies=[Depends(takes("from", "to", day="to"))],
)
@in_worker
def diff(request: Request, days: Between) -> Response:
    """Say which states differ between two days, by what is known on one day, and why."""
    before, asked = days
    return answer(request, Diff(asked, before.as_of))


@router.get(
    "/diff/knowledge",
    response_model=schemas.KnownSince,
    responses=documented(400, 422),
    dependencies=[Depends(takes("knownFrom"))],
)
@in_worker
def knowledge(
    request: Request,
    asked: AsOf,
    known_from: Annotated[
        str,
        Query(
            alias="knownFrom", description="The earlier day of knowledge", examples=["2026-01-05"]
        ),
    ],
) -> Response:
    """Say which states of one day differ by what was known on two days, and by which claims.

    The later day of knowledge is `knownAt`. `came` are the claims that may bear on the state and
    count only then, `went` those that counted only before.
    """
    earlier = read_parameter_day(known_from, "knownFrom")
    return answer(request, KnownSince(asked, earlier, MOST_JUDGED))


async def _recorded(
    request: Request,
    asked: AsOf,
    start: Annotated[
        int,
        Query(alias="from", description="The earlier version; 0 is empty", ge=0, examples=[0]),
    ],
    end: Annotated[
        int | None,
        Query(alias="to", description="The later version (the present)", ge=1, examples=[1]),
    ] = None,
) -> RecordedSince:
    """Read from the journal what has changed between two versions, of which the later answers."""
    journal = database(request).journal
    last = await memento.version(request) if end is None else end
    located(request, lambda: check_versions(journal, start, last))
    if end is not None:
        memento.pin(request, end)
    job = await in_thread(partial(RecordedSince.of, asked, journal, (start, last), MOST_JUDGED))
    if len(job.came) + len(job.went) > _MOST_CHANGED:
        raise TooMuch(
            f"versions {start} and {last} differ in more than {_MOST_CHANGED // 2**20} MB",
            hint="compare nearer ones, or use `servanda diff --from-version`",
        )
    return job


@router.get(
    "/diff/versions",
    response_model=schemas.RecordedSince,
    responses=documented(400, 422),
    dependencies=[Depends(takes("from", "to"))],
)
@in_worker
def versions(request: Request, job: Annotated[RecordedSince, Depends(_recorded)]) -> Response:
    """Say which states of one day differ between two versions of the graph, and by which claims.

    `came` are the claims that may bear on the state and were recorded since, `went` those that were
    taken back.
    """
    return answer(request, job)


@router.get(
    "/diff/policies",
    response_model=schemas.Policies,
    responses=documented(400, 422),
    dependencies=[Depends(takes())],
)
@in_worker
def policies(request: Request, asked: AsOf) -> Response:
    """Say which states of a day differ between the three source policies."""
    return answer(request, Policies(asked, MOST_JUDGED))
