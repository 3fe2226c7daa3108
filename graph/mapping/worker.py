"""The program that follows a mapping: it reads tables and queries of others, within limits.

It writes a line of JSON, which says what went wrong, or how many rows there are and where each
thing comes from, and then N-Quads. The one who started it keeps the time.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Mapping as Named
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from graph import address_space
from graph.errors import TooCostly, UnreadableInput
from graph.mapping.columns import Mapping
from graph.mapping.metadata import read_mapping
from graph.mapping.rows import read_rows
from graph.mapping.statements import Origins, statements
from graph.mapping.views import Views
from graph.namespaces import PREFIXES
from graph.rdf import nquads
from graph.tables.faults import TableRefused

MEMORY: Final = 2 << 30
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_HEADER: Final = ox.NamedNode(PREFIXES["owl"] + "Ontology")


def follow(
    mapping: Mapping, files: Named[str, Path], known: Sequence[Sequence[str]]
) -> tuple[set[ox.Quad], Origins, dict[str, int]]:
    """Give what a mapping says of tables, with the number of rows of each that is no view.

    `files` are those tables by name. The graph is headed as a dataset, so that it can be written
    to a file and loaded from there.
    """
    graph = ox.NamedNode(mapping.graph)
    found = {ox.Quad(graph, _TYPE, _HEADER, graph)}
    origins: Origins = {}
    counts: dict[str, int] = {}
    views = Views(mapping.folder, known)
    read = [(table, files[table.name]) for table in mapping.tables if not table.is_view]
    for table, file in read:
        rows = read_rows(table, file)
        counts[table.name] = len(rows)
        views.add(table, rows)
        found |= statements(table, rows, graph, origins)
    views.work_out()
    for table in mapping.tables:
        if table.is_view:
            found |= statements(table, views.rows(table), graph, origins)
    return found, origins, counts


def _confine() -> None:
    """Bound memory, and refuse to write files of any length."""
    address_space.limit(MEMORY)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(job: dict[str, Any]) -> str:
    mapping = read_mapping(Path(job["mapping"]))
    files = {name: Path(file) for name, file in job["files"].items()}
    try:
        quads, origins, counts = follow(mapping, files, job["known"])
        return json.dumps({"origins": origins, "rows": counts}) + "\n" + nquads(quads)
    except TableRefused as refused:
        return json.dumps({"faults": [asdict(fault) for fault in refused.faults]})
    except UnreadableInput as error:
        return json.dumps({"message": error.message, "hint": error.hint, "line": error.line})
    except MemoryError:
        return json.dumps({"memory": MEMORY})


def too_much(bytes_of_memory: int) -> TooCostly:
    """Say that a mapping needs more memory than it may take."""
    return TooCostly(
        f"the mapping needs more than {bytes_of_memory >> 30} GB of memory",
        hint="does a view join tables without naming what rows have in common?",
    )


if __name__ == "__main__":
    _confine()
    sys.stdout.write(_answer(json.load(sys.stdin)))
