"""Named queries: SPARQL files whose header says what they answer and which parameters they take."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import Final, Literal, NamedTuple, cast

import pyoxigraph as ox
import yaml

from graph.datatypes import XSD, is_well_typed
from graph.errors import InvalidRequest, NotFound, UnreadableInput
from graph.memory_store import MemoryStore
from graph.namespaces import ID, PREFIXES
from graph.resources import resource
from graph.results import Results
from graph.store import Store

ParameterType = Literal["iri", "string", "integer", "decimal", "boolean", "date"]

_HEADER = "#+"
_KEYS = {"summary", "description", "question", "parameters"}
_PARAMETER_KEYS = {"name", "type", "default", "required", "description"}
_SCHEME = re.compile(r"(?:https?://|urn:)", re.IGNORECASE)
_SHORT_ID = re.compile(r"[a-z][\w-]*(?:/\w[\w.%-]*)+", re.IGNORECASE)
_MOST_OFFERED = 5
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Parameter:
    """A variable of a named query that the caller may fix."""

    name: str
    type: ParameterType
    default: str | None = None
    required: bool = False
    description: str = ""


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
                hint=f"give one such as {_TYPES[parameter.type].example}",
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
        value = term(parameter, _TYPES[parameter.type].example)
        try:
            store.query(query.text, bindings={parameter.name: value})
        except InvalidRequest:
            free.append(parameter.name)
    return free


def term(parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    """Read an argument as the term it names; raises InvalidRequest with an example."""
    kind = _TYPES[parameter.type]
    try:
        return kind.read(value if parameter.type == "string" else value.strip())
    except ValueError as error:
        raise InvalidRequest(
            f"`{value}` is not {kind.name}: the parameter `{parameter.name}` takes one",
            hint=str(error) or f"write it as {kind.example}",
        ) from None


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
    if kind not in _TYPES:
        raise _bad_header(file, f"the type of `{name}` is not one of {', '.join(_TYPES)}")
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


def _iri(value: str) -> ox.NamedNode:
    prefix, colon, local = value.partition(":")
    if _SCHEME.match(value):
        return ox.NamedNode(value)
    if colon and prefix in PREFIXES:
        return ox.NamedNode(PREFIXES[prefix] + local)
    if colon:
        raise ValueError(f"the prefixes known here are {', '.join(PREFIXES)}")
    if not _SHORT_ID.fullmatch(value):
        raise ValueError
    return ox.NamedNode(ID + value)


def _date(value: str) -> ox.Literal:
    moment = f"{value}T00:00:00Z" if _DATE.fullmatch(value) else value
    if not is_well_typed(moment, XSD + "dateTime"):
        raise ValueError
    try:
        time = datetime.fromisoformat(moment)
        time = time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ValueError("write a year from 1 to 9999") from None
    return _literal("dateTime", time.isoformat().replace("+00:00", "Z"))


def _typed(name: str) -> Callable[[str], ox.Literal]:
    def read(value: str) -> ox.Literal:
        if not is_well_typed(value, XSD + name):
            raise ValueError
        return _literal(name, value)

    return read


def _literal(name: str, lexical: str) -> ox.Literal:
    return ox.Literal(lexical, datatype=ox.NamedNode(XSD + name))


class _Type(NamedTuple):
    name: str
    example: str
    read: Callable[[str], ox.NamedNode | ox.Literal]


_TYPES: Final[Mapping[ParameterType, _Type]] = {
    "iri": _Type("an IRI", "actor/ukraine", _iri),
    "string": _Type("a text", "ceasefire", ox.Literal),
    "integer": _Type("a whole number", "12", _typed("integer")),
    "decimal": _Type("a decimal number", "1.5", _typed("decimal")),
    "boolean": _Type("a yes or no", "true", _typed("boolean")),
    "date": _Type("a date", "2026-01-06", _date),
}
