"""Undertakings: their list, where each stands, why, since when, and what would bring it about."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from api.calls import in_worker
from api.jobs.circles import PowerOver, Unlock
from api.jobs.facets import Facet
from api.jobs.listings import FILTERS, Filters, Sort, Undertakings
from api.jobs.undertakings import Explain, Phases, Show
from api.problems import documented
from api.v1 import schemas, schemas_of_changes, schemas_of_lists, tables
from api.v1.answering import answer, answer_page
from api.v1.parameters import PAGED, AsOf, Debtor, Format, Id, PageOf, UnderReadings, Words, takes
from graph.model import State, UndertakingKind

_OPENED = [Depends(takes("debtor", "atLeast", repeated=("reading",)))]

AtLeast = Annotated[
    int | None,
    Query(
        alias="atLeast",
        description="For at least so many of its debtors; for all, without one",
        examples=[2],
    ),
]

router = APIRouter(tags=["commitments"])


async def read_filters(
    debtor: Annotated[list[str] | None, Query(examples=[["actor/france"]])] = None,
    creditor: Annotated[list[str] | None, Query(examples=[["actor/ukraine"]])] = None,
    domain: Annotated[list[str] | None, Query(examples=[["sv:Land"]])] = None,
    component: Annotated[list[str] | None, Query(examples=[["ceasefire-monitoring"]])] = None,
    instrument: Annotated[list[str] | None, Query(examples=[["paris-framework"]])] = None,
    binding: Annotated[
        list[str] | None,
        Query(
            description="The kind of duty that a text of it lays on a debtor",
            examples=[["sv:PoliticalForce"]],
        ),
    ] = None,
    kind: Annotated[list[UndertakingKind] | None, Query(examples=[["commitment"]])] = None,
    state: Annotated[
        list[State] | None,
        Query(description="Its state for any of its debtors", examples=[["conditional"]]),
    ] = None,
    q: Words = "",
) -> Filters:
    """Read the filters of the list of undertakings."""
    return Filters(
        debtor=tuple(debtor or ()),
        creditor=tuple(creditor or ()),
        domain=tuple(domain or ()),
        component=tuple(component or ()),
        instrument=tuple(instrument or ()),
        binding=tuple(binding or ()),
        kind=tuple(each.value for each in kind or ()),
        state=tuple(each.value for each in state or ()),
        q=q,
    )


@router.get(
    "/commitments",
    response_model=schemas_of_lists.Undertakings,
    responses={**tables.DOCUMENTED, **documented(400, 406)},
    dependencies=[Depends(takes("q", "sort", *PAGED, repeated=(*FILTERS, "facet")))],
)
@in_worker
def commitments(
    request: Request,
    asked: AsOf,
    filters: Annotated[Filters, Depends(read_filters)],
    page: PageOf,
    wanted: Format,
    sort: Annotated[
        Sort,
        Query(
            description="By label, by the day since which the state is what it is (the latest of "
            "all debtors), or by the first debtor; with a minus, from the end",
            examples=["-since"],
        ),
    ] = Sort.label,
    facet: Annotated[
        list[Facet] | None,
        Query(description="Count the whole list by this", examples=[["state"]]),
    ] = None,
) -> Response:
    """List commitments, declared plans and possibilities, with the state of each debtor.

    A filter that is repeated takes any of its values; several filters must all fit. Of what an
    undertaking is linked to, `none` takes those without. `total` counts all items. In CSV each
    debtor has a row.
    """
    counted = tuple(dict.fromkeys(each.value for each in facet or ()))
    job = Undertakings(asked, filters, page, sort.value, counted)
    return answer_page(request, job, wanted, tables.of_undertaking)


@router.get(
    "/commitments/{id:path}/explanation",
    response_model=schemas.Explanation,
    responses=documented(400, 404),
    dependencies=[Depends(takes("debtor"))],
)
@in_worker
def explanation(request: Request, asked: AsOf, id: Id, debtor: Debtor = None) -> Response:  # noqa: A002
    """Explain where an undertaking stands for its debtors.

    Each gate is a tree of conditions down to the words of sources; `contributes` marks those nodes
    on which the value of the gate rests, `decidedBy` names the gate that decides.
    """
    return answer(request, Explain(asked, id, debtor))


@router.get(
    "/commitments/{id:path}/timeline",
    response_model=schemas.Timeline,
    responses=documented(400, 404),
    dependencies=[Depends(takes())],
)
@in_worker
def timeline(request: Request, asked: AsOf, id: Id) -> Response:  # noqa: A002
    """Give the phases an undertaking goes through for each debtor, and what began each.

    `from` is null where a phase has no beginning, `to` where it has no end; both days are within.
    """
    return answer(request, Phases(asked, id))


@router.get(
    "/commitments/{id:path}/unlock",
    response_model=schemas_of_changes.Unlocking,
    responses=documented(400, 404, 422),
    dependencies=_OPENED,
)
@in_worker
def unlock(
    request: Request,
    asked: UnderReadings,
    id: Id,  # noqa: A002
    debtor: Debtor = None,
    at_least: AtLeast = None,
) -> Response:
    """Give the smallest sets of acts that would bring a commitment in force.

    Those that would make two incompatible matters hold come last, with the conflicts.
    """
    return answer(request, Unlock(asked, id, debtor, at_least))


@router.get(
    "/commitments/{id:path}/power",
    response_model=schemas_of_changes.PowerOver,
    responses=documented(400, 404, 422),
    dependencies=_OPENED,
)
@in_worker
def power(
    request: Request,
    asked: UnderReadings,
    id: Id,  # noqa: A002
    debtor: Debtor = None,
    at_least: AtLeast = None,
) -> Response:
    """Give how much power each act and each actor has over whether a commitment comes in force.

    `swings` counts the sets of other players to which one makes the difference; `banzhaf` is its
    part of all swings, `shapleyShubik` its part of all orders in which it decides.
    """
    return answer(request, PowerOver(asked, id, debtor, at_least))


@router.get(
    "/commitments/{id:path}",
    response_model=schemas.Undertaking,
    responses=documented(400, 404),
    dependencies=[Depends(takes())],
)
@in_worker
def commitment(request: Request, asked: AsOf, id: Id) -> Response:  # noqa: A002
    """Say where an undertaking stands for each of its debtors, and what it waits for.

    `unnamed` counts the debtors that a source counts and does not name; null where it gives no
    number. `share` is the part of a promised quantity that was provided, from 0 to 1.
    """
    return answer(request, Show(asked, id))
