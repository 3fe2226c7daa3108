"""Writes the command line that asks what a page is asked about; it reads no answer."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from api.asked import Asked
from graph.clock import today
from graph.competency import Asking
from graph.query import NamedQuery

_DAY_OF: Final = {"diff": "--to"}
"""The option for the day asked about, where it is not `--as-of`."""

_ASSUMING: Final = {"unlock", "whatif"}
"""The verbs that take `--set`; what is assumed cannot be told the others."""


def arguments_of(query: NamedQuery, asking: Asking, asked: Asked) -> dict[str, str]:
    """Give the arguments of a query, with the day and the policy of a page where it takes them."""
    known = {parameter.name for parameter in query.parameters}
    of_page = {"date": asked.as_of.isoformat(), "policy": f"sv:{asked.rule.capitalize()}"}
    return {
        **asking.arguments,
        **{name: value for name, value in of_page.items() if name in known},
    }


def line_of_query(query: NamedQuery, arguments: Mapping[str, str]) -> str:
    """Write a query with its arguments, but for those that are the default."""
    default = {parameter.name: parameter.default for parameter in query.parameters}
    given = [f"{name}={value}" for name, value in arguments.items() if value != default.get(name)]
    return shlex.join(["servanda", "query", query.name, *_repeated("--set", given)])


def line_of_command(line: str, asked: Asked) -> str:
    """Write a command with the day that a page is asked about, and with the rest where it differs.

    What the line itself says of knowledge stays. Without an option for the knowledge of a day,
    the command takes today's, and without a policy the sceptical one.
    """
    words = shlex.split(line)
    verb = words[1]
    if verb in _ASSUMING:
        own = words.index("--set") if "--set" in words else len(words)
        words[own:own] = _repeated("--set", map(str, asked.scenario))
    words = _with(words, _DAY_OF.get(verb, "--as-of"), asked.as_of.isoformat())
    if "--known-at" not in words and asked.known_at != today():
        words = _with(words, "--known-at", asked.known_at.isoformat())
    if asked.rule != Asked.rule:
        words = _with(words, "--policy", asked.rule)
    return shlex.join(words)


def untold(line: str, asked: Asked) -> list[str]:
    """Name what a page is asked by that a command has no option for."""
    named = []
    if asked.scenario and shlex.split(line)[1] not in _ASSUMING:
        named.append("what is assumed")
    if asked.sources is not None:
        named.append("the choice of sources")
    return named


def unheard_by_queries(asked: Asked) -> list[str]:
    """Name what a page is asked by that no named query takes: they read all that is recorded."""
    named = {
        "what is assumed": bool(asked.scenario),
        "the day of knowledge": asked.known_at != today(),
        "the choice of sources": asked.sources is not None,
    }
    return [name for name, is_asked in named.items() if is_asked]


def _with(words: Sequence[str], option: str, value: str) -> list[str]:
    """Give words with this value of an option, in its place if the option is there."""
    if option not in words:
        return [*words, option, value]
    place = words.index(option) + 1
    return [*words[:place], value, *words[place + 1 :]]


def _repeated(option: str, values: Iterable[str]) -> list[str]:
    return [word for value in values for word in (option, value)]
