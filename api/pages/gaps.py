"""What each commitment lacks, and what its texts are known to leave open."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from api.calls import in_worker
from api.jobs.overviews import Gaps
from api.pages.frame import framed, shows
from api.rendering import page
from api.situation import Json
from api.v1.answering import answered
from api.v1.parameters import AsOf

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/gaps", dependencies=shows())
@in_worker
def gaps(request: Request, asked: AsOf) -> Response:
    """Show what each commitment lacks, one row for each."""
    frame = framed(request, asked)
    found = sorted(
        answered(request, Gaps(asked))["commitments"], key=lambda each: each["label"].casefold()
    )
    columns = list(dict.fromkeys(name for each in found for name in each["particulars"]))
    return page(
        request,
        "gaps.html",
        frame=frame,
        columns=columns,
        commitments=found,
        counts=[_counted(found, name) for name in columns],
        same=[{"name": "JSON", "href": frame.api("gaps")}],
    )


def _counted(commitments: list[Json], name: str) -> dict[str, Any]:
    """Count how many commitments state a particular."""
    stated = sum(each["particulars"].get(name) == "stated" for each in commitments)
    return {"name": name, "stated": stated, "of": len(commitments)}
