"""`servanda query`: a named query, a file or standard input, asked of the data directory."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.database import opened_for_reading
from api.cli.options import DataDir, Version, decoded, listed, load_command, one_of
from api.cli.terminal import cell, say, show_table, table, write
from graph.errors import Forbidden, InvalidRequest, ServandaError, UnreadableInput

if TYPE_CHECKING:
    from graph.query import NamedQuery
    from graph.results import Results
    from graph.store import Store


class ResultFormat(StrEnum):
    """How the results are written."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    ttl = "ttl"
    nt = "nt"
    jsonld = "jsonld"
    rdf = "rdf"


def query(
    question: Annotated[
        str, typer.Argument(metavar="FILE|NAME|-", help="A query file, a named query or stdin.")
    ],
    format: Annotated[  # noqa: A002
        ResultFormat,
        typer.Option(
            parser=one_of(ResultFormat, "format"),
            metavar=listed(ResultFormat),
            help="How to write the results.",
        ),
    ] = ResultFormat.table,
    assignments: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A parameter's value; repeatable."),
    ] = None,
    version: Version = None,
    data_dir: DataDir = None,
) -> None:
    """Ask the graph; a server may be running on it."""
    asked = _query(question)
    arguments = _arguments(asked, assignments or ())
    with opened_for_reading(data_dir, version) as database:
        _show(_results(database.store, asked, arguments), format)
        if version is not None:
            say(f"version {version} of {database.journal.head}")
        elif database.version == 0:
            say(f"the graph is empty; load data with {load_command(data_dir)}")


def _show(results: Results, format: ResultFormat) -> None:  # noqa: A002
    if format is not ResultFormat.table:
        write(results.write(format))
    elif results.kind == "triples":
        write(results.write("ttl"))
    elif results.kind == "boolean":
        write(b"yes" if results.boolean else b"no")
    else:
        _show_rows(results)


def _show_rows(results: Results) -> None:
    from api.labels import readable

    shown = table(*results.variables)
    for row in results.rows():
        terms = (row[name] for name in results.variables)
        shown.add_row(*(cell(None if term is None else readable(term, {})) for term in terms))
    show_table(shown)
    say(f"{shown.row_count} {'row' if shown.row_count == 1 else 'rows'}")


def _results(store: Store, asked: NamedQuery, arguments: dict[str, str]) -> Results:
    from graph import guard
    from graph.derived import GRAPHS
    from graph.keywords import sees_named_graphs
    from graph.query import run

    try:
        guard.check_query(asked.text, [*store.graphs(), *GRAPHS])
    except (InvalidRequest, Forbidden) as error:
        raise _unreadable(asked, error) from None
    if sees_named_graphs(asked.text):
        from graph.clock import today
        from graph.derivation import Derivation

        # Only such a query sees the derived graphs, which take longer to make than most answers.
        Derivation(store, today().toordinal())
    try:
        return run(store, asked, arguments)
    except InvalidRequest as error:
        # A fault with a place lies in the text, one without in what was set.
        raise error if error.line is None else _unreadable(asked, error) from None


def _unreadable(asked: NamedQuery, error: ServandaError) -> UnreadableInput:
    return UnreadableInput(f"`{asked.name}`: {error.message}", hint=error.hint)


def _query(question: str) -> NamedQuery:
    from graph.query import find, read_query

    path = Path(question)
    if question == "-":
        return _bare("stdin", decoded("stdin", sys.stdin.buffer.read()))
    if not path.is_file():
        if "/" in question or path.suffix:
            raise UnreadableInput(
                f"there is no file `{question}`", hint="name a file, a query or `-`"
            )
        return find(question)
    text = decoded(question, path.read_bytes())
    has_header = any(line.startswith("#+") for line in text.splitlines())
    return read_query(path) if has_header else _bare(question, text)


def _bare(name: str, text: str) -> NamedQuery:
    from graph.query import NamedQuery

    return NamedQuery(name, summary="", description="", question=(), parameters=(), text=text)


def _arguments(asked: NamedQuery, assignments: Iterable[str]) -> dict[str, str]:
    """Read what is set; an empty value leaves a parameter its default, as in a form."""
    arguments: dict[str, str] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name:
            raise InvalidRequest(f"`{assignment}` sets nothing", hint="write it as name=value")
        if name in arguments:
            raise InvalidRequest(f"`{name}` is set more than once", hint="set it once")
        arguments[name] = value
    known = {parameter.name for parameter in asked.parameters}
    return {name: value for name, value in arguments.items() if value or name not in known}
