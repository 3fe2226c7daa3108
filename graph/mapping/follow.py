"""Has a mapping followed by a process of its own, which is killed when it takes too long."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from graph.dataset import Dataset
from graph.errors import InvalidRequest, ServandaError, TooCostly, UnreadableInput
from graph.mapping.columns import Mapping as MappingFile
from graph.mapping.metadata import METADATA, read_mapping
from graph.mapping.statements import Origin
from graph.mapping.worker import too_much
from graph.namespaces import PREFIXES, SV
from graph.rdf import read_nquads
from graph.resources import resource
from graph.store import Store
from graph.tables.faults import Fault, Place, TableRefused
from graph.tables.names import Names
from graph.tables.statements import Drawn

DEADLINE: Final = 120.0
# What an actor is found by, as the `kind` of a row of `known_actors`.
_NAMED_BY: Final = {
    PREFIXES["rdfs"] + "label": "label",
    **{
        SV + name: name
        for name in ("abbreviation", "cowCode", "gwCode", "iso3166Alpha2", "iso3166Alpha3")
    },
}


@dataclass(frozen=True)
class Followed:
    """What a mapping says of tables: a dataset, and the table and row each thing in it is from.

    `rows` counts the rows of the files that were given.
    """

    mapping: MappingFile
    dataset: Dataset
    origins: Mapping[str, Origin]
    rows: int

    def drawn(self, things: Iterable[str]) -> Drawn:
        """Say where statements about things come from, for those who tell mistakes by cell."""
        columns = {table.name: table.columns for table in self.mapping.tables}
        places: dict[tuple[str, str], Place] = {}
        for thing in things:
            if thing in self.origins:
                name, row, about = self.origins[thing]
                places[thing, ""] = Place(name, row)
                for column in columns[name]:
                    said = column.property and column.property.fill({})
                    if said and column.about and column.about.text == about:
                        places[thing, said] = Place(name, row, column.titles[0])
        return Drawn(self.dataset.graph, self.dataset.quads, places, self.rows)


def find_mapping(name: str) -> MappingFile:
    """Read a mapping file, or the one that comes along under a name.

    Raises UnreadableInput for neither, and as `read_mapping` does.
    """
    shipped = _shipped()
    if name in shipped:
        return read_mapping(shipped[name])
    file = Path(name)
    if file.is_dir():
        file /= METADATA
    if not file.exists():
        raise UnreadableInput(
            f"there is no mapping `{name}`",
            hint=f"name its file, or one of those that come along: {', '.join(shipped)}",
        )
    return read_mapping(file)


def shipped_mapping(name: str) -> MappingFile:
    """Read the mapping that comes along under a name, and no file; raises InvalidRequest."""
    shipped = _shipped()
    if name not in shipped:
        raise InvalidRequest(
            f"no mapping called `{name}` comes along",
            hint=f"name one of {', '.join(shipped)}, or send the mapping itself as a file",
        )
    return read_mapping(shipped[name])


def _shipped() -> dict[str, Path]:
    found = resource("mappings").glob(f"*/{METADATA}")
    return {file.parent.name: file for file in sorted(found)}


def follow_mapping(
    mapping: MappingFile, files: Sequence[Path], store: Store, *, deadline: float = DEADLINE
) -> Followed:
    """Give what a mapping says of files.

    A file is the table of its name; those that come with the mapping need not be given. `store`
    is what actors are looked up in. Raises UnreadableInput for a table that is absent or cannot
    be read, TableRefused for cells that are not what they are for, and TooCostly for a mapping
    that takes more than `deadline` seconds or too much memory, and InvalidRequest for one that
    names the graph of a dataset it did not make.
    """
    tables = _tables(mapping, files)
    job = {
        "mapping": str(mapping.file),
        "files": {name: str(file) for name, file in tables.items()},
        "known": sorted(_known(store, ox.NamedNode(mapping.graph))),
    }
    line, _, text = _ask(json.dumps(job), deadline).partition("\n")
    said = json.loads(line)
    if "origins" not in said:
        raise _failure(said)
    dataset = Dataset(ox.NamedNode(mapping.graph), mapping.file, read_nquads(text))
    _refuse_to_replace_another(dataset, store)
    origins = {thing: tuple(at) for thing, at in said["origins"].items()}
    rows = sum(said["rows"][name] for name, file in tables.items() if file in files)
    return Followed(mapping, dataset, origins, rows)


def _refuse_to_replace_another(dataset: Dataset, store: Store) -> None:
    """Refuse a mapping that names the graph of a dataset which says of itself what it does not.

    A dataset of a file has a title and imports; what a mapping made has only what it says again.
    """
    graph = dataset.graph
    said = {quad.predicate for quad in dataset.quads if quad.subject == graph}
    there = {quad.predicate for quad in store.match(graph) if quad.graph_name == graph}
    if there - said:
        raise InvalidRequest(
            f"`{graph.value}` is there already, and this mapping did not make it",
            hint='give the mapping a graph of its own: "@id": "data/NAME"',
        )


def _tables(mapping: MappingFile, files: Sequence[Path]) -> dict[str, Path]:
    """Find the file of each table."""
    wanted = [table.name for table in mapping.tables if not table.is_view]
    found = {file.name: file for file in files if file.name in wanted}
    for name in wanted:
        if name not in found and (mapping.folder / name).is_file():
            found[name] = mapping.folder / name
    absent = [name for name in wanted if name not in found]
    other = [file for file in files if file.name not in found]
    if len(absent) == len(other) == 1:
        return found | {absent[0]: other[0]}
    if other:
        raise UnreadableInput(
            f"`{other[0]}` is no table that the mapping speaks of",
            hint=f"name it like one of them: {', '.join(wanted)}",
        )
    if absent:
        raise UnreadableInput(f"the mapping needs `{absent[0]}` as well", hint="name that file too")
    return found


def _known(store: Store, graph: ox.NamedNode) -> Iterator[tuple[str, str, str]]:
    """Give every name and code that other datasets have for an actor.

    What this one said of actors before, it will say again: they are made, not known.
    """
    for actor in Names(store).instances("Actor"):
        for about in store.match(actor):
            named_by = _NAMED_BY.get(about.predicate.value)
            if named_by and isinstance(about.object, ox.Literal) and about.graph_name != graph:
                yield actor.value, named_by, about.object.value


def _ask(job: str, deadline: float) -> str:
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "graph.mapping.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        answer, said = child.communicate(job, timeout=deadline)
    except subprocess.TimeoutExpired:
        raise TooCostly(
            f"the mapping was not done in {deadline:g} seconds",
            hint="does a view join tables without naming what rows have in common?",
        ) from None
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
    if child.returncode:
        last = said.strip().rpartition("\n")[2]
        raise ServandaError(f"the mapping could not be followed: {last or 'its process ended'}")
    return answer


def _failure(said: Mapping[str, Any]) -> ServandaError:
    if "memory" in said:
        return too_much(said["memory"])
    if "faults" not in said:
        return UnreadableInput(said["message"], hint=said["hint"], line=said["line"])
    return TableRefused([Fault.of_json(each) for each in said["faults"]])
