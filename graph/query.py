"""Named queries: SPARQL files whose header says what they answer and which parameters they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import yaml

from graph.errors import InvalidRequest, NotFound, UnreadableInput
from graph.memory_store import MemoryStore
from graph.namespaces import ID
from graph.parameters import TYPES, Parameter, ParameterType, term
from graph.resources import resource
from graph.results import Results
from graph.store import Store

_HEADER = "#+"
_KEYS = {"summary", "description", "question", "parameters"}
_PARAMETER_KEYS = {"name", "type", "default", "required", "description"}
_MOST_OFFERED = 5


@dataclass(frozen=True)
class NamedQuery:
    """A SPARQL query with a name; `question` lists the competency questions it answers."""

    name: str
    summary: str
    description: str
    question: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str


def queries(folder: Path | None = None) -> list[NamedQuery]:
    """List the named queries of a folder, the shipped ones by default, by name.

    Raises UnreadableInput for a header that is not as it must be.
    """
    return [read_query(file) for file in _files(folder).values()]


def find(name: str, folder: Path | None = None) -> NamedQuery:
    """Give a named query; raises NotFound, which suggests the nearest name."""
    known = _files(folder)
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known) or 'none'}"
        raise NotFound(f"there is no query `{name}`", hint=hint)
    return read_query(known[name])


def _files(folder: Path | None) -> dict[str, Path]:
    """Give the query files of a folder by the names of their queries, sorted."""
    files = (folder or resource("queries")).glob("*.rq")
    return {file.stem: file for file in sorted(files)}


def run(store: Store, query: NamedQuery, arguments: Mapping[str, str]) -> Results:
    """Answer a query with its parameters bound as terms, never pasted into its text.

    Raises InvalidRequest as `bound` does.
    """
    return store.query(query.text, bindings=bound(store, query, arguments))


def bound(
    store: Store, query: NamedQuery, arguments: Mapping[str, str]
) -> dict[str, ox.NamedNode | ox.Literal]:
    """Read the arguments of a query as the terms they name in a store.

    A parameter without argument takes its default, or stays free. Raises InvalidRequest for an
    unknown parameter, a value not of its type, an IRI that names nothing in the store (the answer
    would be empty for a misspelling) and a required parameter left out.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in arguments:
        if name not in known:
            raise InvalidRequest(
                f"the query `{query.name}` has no parameter `{name}`",
                hint=f"it takes {', '.join(known)}" if known else "it takes none",
            )
    bindings = {}
    for parameter in query.parameters:
        value = arguments.get(parameter.name, parameter.default)
        if value is not None:
            bindings[parameter.name] = _term_here(store, parameter, value)
            if parameter.name in arguments:
                _refuse_unknown_thing(store, parameter, value, bindings[parameter.name])
        elif parameter.required:
            raise InvalidRequest(
                f"the query `{query.name}` needs the parameter `{parameter.name}`",
                hint=f"give one such as {TYPES[parameter.type].example}",
            )
    return bindings


def _term_here(store: Store, parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    """Read an argument; of an identifier's last part alone, the error names the whole."""
    try:
        return term(parameter, value)
    except InvalidRequest as error:
        # All identifiers are looked through: only where one can help.
        whole = _ending_in(store, value.strip()) if parameter.type == "iri" else []
        if not whole:
            raise
        named = " or ".join(f"`{each}`" for each in whole[:_MOST_OFFERED])
        raise InvalidRequest(error.message, hint=f"did you mean {named}") from None


def _ending_in(store: Store, part: str) -> list[str]:
    """Give our identifiers whose last part is this one, in any case of letters."""
    ours = (each for each in _identifiers(store) if "://" not in each)
    return sorted(each for each in ours if each.rpartition("/")[2].lower() == part.lower())


def _identifiers(store: Store) -> set[str]:
    """Give what the store names, without what all identifiers of ours begin with."""
    things = store.query(
        "SELECT DISTINCT ?thing { { ?thing ?p ?o } UNION { ?s ?p ?thing } FILTER(ISIRI(?thing)) }"
    ).rows()
    return {row["thing"].value.removeprefix(ID) for row in things}


def _refuse_unknown_thing(
    store: Store, parameter: Parameter, value: str, thing: ox.NamedNode | ox.Literal
) -> None:
    if not isinstance(thing, ox.NamedNode):
        return
    seen = (
        "SELECT ?thing { { ?thing ?p ?o } UNION { ?s ?p ?thing } UNION { ?s ?thing ?o } } LIMIT 1"
    )
    if any(store.query(seen, bindings={"thing": thing}).rows()):
        return
    near = get_close_matches(thing.value.removeprefix(ID), _identifiers(store), n=1)
    raise InvalidRequest(
        f"nothing here is called `{value}`, which the parameter `{parameter.name}` asks about",
        hint=f"did you mean `{near[0]}`" if near else "search for its name first",
    )


def unprojected(query: NamedQuery) -> list[str]:
    """List the declared parameters that cannot be bound.

    A SELECT must project each of them, and any other query must match each of them.
    """
    store = MemoryStore()
    free = []
    for parameter in query.parameters:
        value = term(parameter, TYPES[parameter.type].example)
        try:
            store.query(query.text, bindings={parameter.name: value})
        except InvalidRequest:
            free.append(parameter.name)
    return free


def read_query(file: Path) -> NamedQuery:
    """Read a query file and its header; raises UnreadableInput naming what is wrong with it."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"the query `{file}` cannot be read: {error}") from None
    header = _header(file, text)
    summary = header.get("summary")
    if not isinstance(summary, str):
        raise _bad_header(file, "it has no summary")
    listed = header.get("parameters") or []
    if not isinstance(listed, list):
        raise _bad_header(file, "the parameters are not a list")
    return NamedQuery(
        name=file.stem,
        summary=summary,
        description=str(header.get("description") or "").strip(),
        question=tuple(str(header.get("question") or "").split()),
        parameters=tuple(_parameter(file, entry) for entry in listed),
        text=text,
    )


def _header(file: Path, text: str) -> dict[str, object]:
    block = takewhile(lambda line: line.startswith(_HEADER), text.splitlines())
    lines = [line.removeprefix(_HEADER).removeprefix(" ") for line in block]
    try:
        header = yaml.safe_load("\n".join(lines))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise _bad_header(file, error.problem or "it is not YAML", line) from None
    if not isinstance(header, dict):
        raise _bad_header(file, "there is none")
    _refuse_unknown(file, header, _KEYS)
    return header


def _parameter(file: Path, entry: object) -> Parameter:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise _bad_header(file, "a parameter has no name")
    _refuse_unknown(file, entry, _PARAMETER_KEYS)
    name, kind, default = entry["name"], entry.get("type"), entry.get("default")
    if kind not in TYPES:
        raise _bad_header(file, f"the type of `{name}` is not one of {', '.join(TYPES)}")
    parameter = Parameter(
        name=name,
        type=cast("ParameterType", kind),
        default=None if default is None else _as_text(default),
        required=entry.get("required") is True,
        description=str(entry.get("description") or "").strip(),
    )
    if parameter.default is not None:
        try:
            term(parameter, parameter.default)
        except InvalidRequest as error:
            raise _bad_header(file, str(error)) from None
    return parameter


def _as_text(value: object) -> str:
    """Write a default as the caller would: YAML reads true, 5 and 2026-01-06 as values."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _refuse_unknown(file: Path, entry: Mapping[str, object], known: set[str]) -> None:
    for key in entry:
        if key not in known:
            raise _bad_header(file, f"`{key}` is not one of {', '.join(sorted(known))}")


def _bad_header(file: Path, reason: str, line: int | None = None) -> UnreadableInput:
    place = f"`{file}`, line {line}" if line else f"`{file}`"
    return UnreadableInput(
        f"{place}: the #+ header of the query cannot be read: {reason}", line=line
    )
