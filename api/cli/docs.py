"""`servanda docs`: the ontology's pages as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.database import is_filled, opened_for_reading
from api.cli.options import DataDir, load_command
from api.cli.terminal import say


def docs(
    target: Annotated[Path, typer.Argument(metavar="OUT", help="A new or empty folder.")],
    data_dir: DataDir = None,
) -> None:
    """Write the reference of the ontology and a page for each term; open OUT/index.html."""
    from api.folders import refuse_filled, write_folder
    from api.standalone import documents

    refuse_filled(target)
    if data_dir is None and not is_filled(data_dir):
        say(f"without examples, since no graph is loaded: {load_command(data_dir)} loads one")
        files = documents(None)
    else:
        with opened_for_reading(data_dir) as database:
            files = documents(database.store)
    write_folder(target, files)
    say(f"`{target}` holds {len(files)} files")
