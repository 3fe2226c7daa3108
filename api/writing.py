"""Carries out a change that a client sends: evaluated in a worker, judged, recorded, answered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Final

from fastapi import Query, Request, Security

from api.authorisation import NotPermitted, authorised
from api.edits import Proposal, received
from api.judging import Judging
from api.numbers import whole_number
from api.pool import Runner
from api.state import database, settings
from api.threads import in_thread
from graph.accounts import Account, Role
from graph.errors import Busy, Conflict, Exists, Forbidden, InvalidRequest
from graph.journal import Change
from graph.namespaces import DERIVED, ONTOLOGY
from graph.slices.verdict import Judge
from graph.worker import Job
from graph.write import WriteReport, write

Editor = Annotated[Account, Security(authorised, scopes=[Role.EDITOR])]
REASON: Final = "reason"
Reason = Annotated[str, Query(description="Why, for the journal")]
# A change is evaluated anew so many times when others come in between.
ATTEMPTS: Final = 4
_TAG: Final = re.compile(r'"([0-9]+)(?:-\w+)?"')


@dataclass(frozen=True)
class Written:
    """A change that was made, or that the graph held already."""

    report: WriteReport
    proposal: Proposal

    @property
    def headers(self) -> dict[str, str]:
        """Name the version after it."""
        return version_headers(self.report.version)


def version_headers(version: int) -> dict[str, str]:
    """Name the version after a change, also in the form that If-Match takes."""
    return {"ETag": f'"{version}"', "Servanda-Version": str(version)}


async def carry_out(request: Request, account: Account, job: Job, reason: str) -> Written:
    """Make the change that a job works out on a snapshot, if the graph is still that snapshot.

    Without If-Match it is worked out again when another change came in between, within the time
    that is left. Raises Conflict where If-Match names other versions, Exists where If-None-Match
    wants none, Busy, and what the job, `refuse_kept`, `Judging.decide` and `write` raise.
    """
    judging: Judging = request.app.state.judging
    loop, spent = asyncio.get_running_loop(), 0.0
    for _ in range(ATTEMPTS):
        check_version(request)
        runner: Runner = request.app.state.runner
        begun = loop.time() - spent
        async with runner.run(job, at_least=database(request).version) as reply:
            chunks = [chunk async for chunk in reply]
        judging.check(loop.time() - begun)
        # It may be long, and the event loop is everyone's.
        read_it = partial(_checked, request, account, reply.head, chunks)
        proposal = await in_thread(read_it)
        write_it = partial(_write, request, proposal.change, account, reason, reply.version)
        spent = loop.time() - begun
        with suppress(Conflict):
            return Written(await judging.decide(write_it, spent=spent), proposal)
    raise crowded_out()


def crowded_out() -> Busy:
    """Say that so many attempts were in vain."""
    return Busy("other changes came in between, time and again", hint="send it again")


def check_version(request: Request) -> None:
    """Raise Conflict unless the header If-Match, if there is one, names the present version."""
    header = request.headers.get("if-match")
    if header is None or header.strip() == "*":
        return
    present = database(request).version
    if present not in {whole_number(number) for number in _TAG.findall(header)}:
        raise Conflict(
            f"the graph is at version {present}, which If-Match does not name",
            hint=f'look at what has changed since; the present version is `If-Match: "{present}"`',
        )


def _checked(
    request: Request, account: Account, head: Mapping[str, Any], chunks: Iterable[bytes]
) -> Proposal:
    proposal = received(head, chunks)
    _check_new(request, proposal)
    refuse_kept(proposal.change, account)
    return proposal


def _check_new(request: Request, proposal: Proposal) -> None:
    """Keep to If-None-Match: * (RFC 9110, section 13.1.2), which is to make and not to replace."""
    header = request.headers.get("if-none-match")
    if header is None:
        return
    if header.strip() != "*":
        raise InvalidRequest(
            f"a change cannot be made under If-None-Match `{header}`",
            hint="send `*` to make only what is not there, or If-Match with a version",
        )
    if proposal.existed:
        raise Exists(
            "it is there already, and If-None-Match asks to make it",
            hint="leave the header out to replace it",
        )


def refuse_kept(change: Change, account: Account) -> None:
    """Keep the graphs that are not for everyone to change.

    Raises Forbidden for derived graphs, which follow from the others, and NotPermitted when one who
    is no admin changes what the terms mean.
    """
    graphs = {str(quad.graph_name)[1:-1] for quad in (*change.adds, *change.removes)}
    for graph in sorted(graphs):
        if graph.startswith(DERIVED):
            raise Forbidden(
                f"`{graph}` is derived from the other graphs: nobody writes it",
                hint="change what it follows from",
            )
        if graph.startswith(ONTOLOGY) and not account.role.includes(Role.ADMIN):
            raise NotPermitted(
                f"`{account.name}` is {account.role.value}; to change the ontology (`{graph}`) "
                "takes the role admin",
                hint="ask whoever runs the server for a token of that role",
            )


def _write(
    request: Request, change: Change, account: Account, reason: str, version: int, judge: Judge
) -> WriteReport:
    return write(
        database(request),
        change,
        author=account.name,
        role=account.role.value,
        reason=reason,
        source=f"{request.method} {request.url.path}",
        if_version=version,
        shapes=settings(request).shapes,
        judge=judge,
    )
