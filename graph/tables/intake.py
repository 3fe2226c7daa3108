"""A table as it was handed in, read against a graph into a plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from graph.errors import InvalidRequest
from graph.store import Store
from graph.tables.drawing import draw
from graph.tables.plan import Plan, planned
from graph.tables.rows import read_rows
from graph.tables.statements import graph_of
from graph.tables.submission import Origin


@dataclass(frozen=True)
class Intake:
    """A file that was handed in: `name` is that of its graph, `sheets` those to import, else all.

    What rows said that are no longer there goes only if the file is to `replace` them.
    """

    name: str
    content: bytes
    origin: Origin
    sheets: tuple[str, ...] = ()
    replace: bool = False

    def plan(self, store: Store, progress: Callable[[int, int], None] = lambda *_: None) -> Plan:
        """Read it against the graph; raises InvalidRequest and UnreadableInput as its parts do.

        `progress` hears how many rows were read, and of how many.
        """
        graph_of(self.name)
        rows = read_rows(self.content, self.origin.file, self.sheets)
        drawn, faults = draw(rows, store, self.name, progress)
        return planned(store, drawn, self.origin, replace=self.replace, faults=faults)


def name_of(file: str) -> str:
    """Make the name of a graph from that of a file; raises InvalidRequest where it has no letters.

    The same file has the same name again, so that a second import changes what the first one made.
    """
    stem = PurePath(file).stem.lower()
    if name := re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:64].strip("-"):
        return name
    raise InvalidRequest(
        f"`{file}` has no letter or digit to name its graph by",
        hint="give it a name: `--name`, over HTTP `name`",
    )
