"""Takes tables, tells how their imports go on, and gives out templates, under /api/v1/imports."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.bodies import media_type, read_bytes
from api.calls import in_worker
from api.errors import InvalidParameter
from api.imports.mapped import MappedWork
from api.imports.parts import SCHEMA, Sent, read_parts
from api.imports.register import Import, Register
from api.imports.report import Report
from api.imports.work import Work
from api.parameters import Parameters
from api.problems import documented
from api.request_limits import MOST_BODY
from api.state import base, database, settings, store
from api.threads import in_thread
from api.writing import REASON, Editor, Reason
from graph.accounts import Account
from graph.multipart import MULTIPART
from graph.tables.intake import Intake
from graph.tables.known_tables import TABLE_OF_NAME
from graph.tables.names import Names
from graph.tables.sheets import CSV
from graph.tables.statements import MOST_NAME, NAME, graph_of
from graph.tables.submission import Origin
from graph.tables.template import csv_template, xlsx_template
from graph.tables.workbook import XLSX

_PATH: Final = "/api/v1/imports"
_SUFFIXES: Final = {CSV: ".csv", XLSX: ".xlsx"}
_TAKEN: Final = Parameters(once=("name", "dryRun", "replace", REASON), repeated=("sheet",))
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            CSV: {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
            **SCHEMA,
        },
    }
}
_TEMPLATE_OF: Final = {
    suffix: {"content": {name: {}}, "description": "The template"}
    for name, suffix in _SUFFIXES.items()
}


def _found(
    request: Request,
    account: Editor,
    id: Annotated[  # noqa: A002
        str, Path(description="What the header Location of the answer to POST ends in")
    ],
) -> Import:
    return _register(request).find(id)


Found = Annotated[Import, Depends(_found)]
Name = Annotated[
    str | None,
    Query(
        description="The name of the file's graph: the same one again changes it. Needed, but "
        "with a mapping, which names its graph itself",
        json_schema_extra={"pattern": f"^{NAME.pattern}$", "maxLength": MOST_NAME},
    ),
]
DryRun = Annotated[bool, Query(alias="dryRun", description="Judge it, and write nothing")]
Replace = Annotated[bool, Query(description="Remove what rows said that the file no longer has")]
Sheets = Annotated[list[str] | None, Query(description="Only this sheet of a workbook; repeatable")]

router = APIRouter(prefix=_PATH, tags=["imports"])


@router.get(
    "/template.csv",
    response_class=Response,
    responses={200: _TEMPLATE_OF[".csv"], **documented(400)},
    dependencies=[Depends(Parameters(once=("table",)))],
)
async def csv_file(
    table: Annotated[
        str,
        Query(
            description=f"One of {', '.join(TABLE_OF_NAME)}",
            json_schema_extra={"enum": [*TABLE_OF_NAME]},
        ),
    ],
) -> Response:
    """Give the headings of a table, to be filled in."""
    if table not in TABLE_OF_NAME:
        raise InvalidParameter(
            f"`{table}` is no table", name="table", hint=f"choose one of {', '.join(TABLE_OF_NAME)}"
        )
    return _attached(csv_template(TABLE_OF_NAME[table]), CSV, f"{table}.csv")


@router.get(
    "/template.xlsx",
    response_class=Response,
    responses={200: _TEMPLATE_OF[".xlsx"], **documented(400)},
    dependencies=[Depends(Parameters())],
)
@in_worker
def xlsx_file(request: Request) -> Response:
    """Give a workbook with a sheet for each table, drop-downs and a help sheet."""
    return _attached(xlsx_template(Names(store(request))), XLSX, "servanda.xlsx")


@router.post(
    "",
    status_code=HTTPStatus.ACCEPTED,
    response_model=Report,
    responses=documented(400, 401, 403, 413, 415, 503),
    openapi_extra=_BODY,
    dependencies=[Depends(_TAKEN)],
)
async def begin(
    request: Request,
    response: Response,
    account: Editor,
    name: Name = None,
    dry_run: DryRun = False,
    replace: Replace = False,
    sheet: Sheets = None,
    reason: Reason = "",
) -> Report:
    """Take a filled-in table, or others with a mapping; Location has the address of the import."""
    sent = media_type(request, (*_SUFFIXES, MULTIPART))
    if sent == MULTIPART:
        _refuse_beside_mapping(name=name, replace=replace, sheet=sheet)
    elif name is None:
        raise InvalidParameter("the table has no name", name="name", hint="add name=NAME")
    else:
        graph_of(name)
    content = await read_bytes(request, MOST_BODY, hint="import it in parts")
    if name is None:
        header = request.headers["content-type"]
        parts = await in_thread(partial(read_parts, header, content))
        report = Report(file=" ".join(parts.tables), name="", dryRun=dry_run)
        begun = _register(request).begin(report, _mapped(request, account, parts, reason))
    else:
        file = name + _SUFFIXES[sent]
        origin = Origin.of(file, content, account.name)
        intake = Intake(name, content, origin, tuple(sheet or ()), replace)
        report = Report(file=file, name=name, dryRun=dry_run)
        begun = _register(request).begin(report, _work(request, account, intake, reason))
    response.headers["Location"] = f"{base(request)}{_PATH[1:]}/{begun.id}"
    return begun.report


def _refuse_beside_mapping(*, name: str | None, replace: bool, sheet: list[str] | None) -> None:
    for parameter, given in (("name", name), ("replace", replace), ("sheet", sheet)):
        if given is not None and given is not False:
            raise InvalidParameter(
                "a mapping names its tables and its graph itself, and replaces what was there",
                name=parameter,
                hint="leave out `name`, `replace` and `sheet`",
            )


def _work(request: Request, account: Account, intake: Intake, reason: str) -> Work:
    return Work(
        request.app.state.runner,
        request.app.state.judging,
        database(request),
        settings(request).shapes,
        settings(request).import_seconds,
        account,
        intake,
        reason,
        f"{request.method} {request.url.path}",
    )


def _mapped(request: Request, account: Account, parts: Sent, reason: str) -> MappedWork:
    return MappedWork(
        request.app.state.judging,
        database(request),
        settings(request).shapes,
        settings(request).import_seconds,
        account,
        parts,
        reason,
    )


@router.get(
    "/{id}",
    response_model=Report,
    responses=documented(401, 403, 404),
    dependencies=[Depends(Parameters())],
)
async def find(found: Found) -> Report:
    """Tell how far an import is, or how it ended."""
    return found.report


@router.get(
    "/{id}/events",
    response_class=EventSourceResponse,
    responses=documented(401, 403, 404),
    dependencies=[Depends(Parameters())],
)
async def follow(found: Found) -> AsyncIterator[ServerSentEvent]:
    """Tell of an import as it goes on: its report now and after each change, up to the end."""
    async for report in found.watch():
        yield ServerSentEvent(data=report, event=report.state)


def _register(request: Request) -> Register:
    found: Register = request.app.state.imports
    return found


def _attached(content: bytes, media_type: str, file: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response(content, media_type=media_type, headers=disposition)
