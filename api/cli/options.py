"""The options several verbs share, and the settings they add up to."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from api.settings import Settings

DataDir = Annotated[
    Path | None,
    typer.Option(help="Where the graph lies (SERVANDA_DATA_DIR, else .servanda)."),
]


def settings(**options: Any) -> Settings:
    """Give the settings of the environment, outranked by the options that were given."""
    given = {name: value for name, value in options.items() if value is not None}
    return replace(Settings.from_environment(os.environ), **given)
