"""The SPARQL 1.1 Protocol's update operation: the one path into the graph, for editors."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api.edits import Evaluate
from api.errors import InvalidParameter, InvalidQuery
from api.findings import Found
from api.parameters import Parameters
from api.problems import documented
from api.sparql import FORM, posted
from api.state import base
from api.writing import REASON, Editor, carry_out
from graph.errors import InvalidRequest
from graph.guard import MOST_UPDATE_BYTES
from graph.update import Update

_DIRECT: Final = "application/sparql-update"
_USING: Final = ("using-graph-uri", "using-named-graph-uri")
_TAKEN: Final = Parameters(once=("update", REASON), repeated=_USING)
# A form may write each byte as three.
_MOST_BYTES: Final = 4 * MOST_UPDATE_BYTES

router = APIRouter(tags=["SPARQL"])


class Changed(BaseModel):
    """What an update changed."""

    version: int = Field(description="The version of the graph after it")
    seq: int | None = Field(description="Its number in the journal; null if it changed nothing")
    added: int = Field(description="Statements added, counted once for each graph")
    removed: int = Field(description="Statements removed")
    findings: list[Found] = Field(description="What is not in order about what it touched")


_FORM_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["update"],
    "additionalProperties": False,
    "properties": {
        "update": {"type": "string"},
        REASON: {"type": "string"},
        **{name: {"type": "array", "items": {"type": "string"}} for name in _USING},
    },
}


@router.post(
    "/sparql/update",
    response_model=Changed,
    responses=documented(400, 401, 403, 412, 413, 415, 422, 503),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {_DIRECT: {"schema": {"type": "string"}}, FORM: {"schema": _FORM_SCHEMA}},
        },
        "parameters": [
            {"name": name, "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}
            for name in _USING
        ]
        + [{"name": REASON, "in": "query", "schema": {"type": "string"}}],
    },
)
async def update(request: Request, account: Editor, response: Response) -> Changed:
    """Change the graph by a SPARQL update.

    The body is a form or the update as it is. What is written without a graph goes to the default
    graph, which is a graph of its own here. All of it is done or, where a rule would be broken,
    nothing.
    """
    items = await posted(request, "update", _DIRECT, _TAKEN, _MOST_BYTES)
    text = dict(items).get("update")
    if text is None:
        raise InvalidParameter(
            "the update is missing", name="update", hint="give the parameter `update`"
        )
    using, named = (tuple(value for key, value in items if key == name) for name in _USING)
    job = Evaluate(Update(text, using, named, base=f"{base(request)}sparql/update"))
    try:
        done = await carry_out(request, account, job, dict(items).get(REASON, ""))
    except InvalidRequest as error:
        raise InvalidQuery(error, text) from None
    response.headers.update(done.headers)
    change = done.proposal.change
    return Changed(
        version=done.report.version,
        seq=done.report.seq,
        added=len(change.adds),
        removed=len(change.removes),
        findings=[Found.of(each) for each in done.report.findings],
    )
