"""The options several verbs share, how their values are read, and the settings they add up to."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from api.settings import Settings
from graph.errors import InvalidRequest

Choice = TypeVar("Choice", bound=StrEnum)

DataDir = Annotated[
    Path | None,
    typer.Option(help="Where the graph lies (SERVANDA_DATA_DIR, else .servanda)."),
]


def settings(**options: Any) -> Settings:
    """Give the settings of the environment, outranked by the options that were given."""
    given = {name: value for name, value in options.items() if value is not None}
    return replace(Settings.from_environment(os.environ), **given)


def one_of(choices: type[Choice], noun: str) -> Callable[[str], Choice]:
    """Give the reader of an option that takes one of the `choices`, each of them a `noun`."""

    def read(text: str) -> Choice:
        try:
            return choices(text)
        except ValueError:
            *names, last = choices
            hint = f"choose {', '.join(names)} or {last}"
            raise InvalidRequest(f"`{text}` is no {noun}", hint=hint) from None

    return read


def listed(choices: type[StrEnum]) -> str:
    """Write the choices of an option as its help shows them."""
    return "|".join(choices)


def load_command(data_dir: Path | None) -> str:
    """Write the command that fills the directory an option named, or the usual one."""
    option = "" if data_dir is None else f" --data-dir {shlex.quote(str(data_dir))}"
    return f"`servanda load data{option}`"
