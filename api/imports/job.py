"""The job that reads a table in a worker and sends back what it would change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from graph.errors import UnreadableInput
from graph.journal import Change
from graph.memory_store import MemoryStore
from graph.rdf import nquads, read_nquads
from graph.rules import Text, rules_of
from graph.store import Store
from graph.tables.faults import Fault, Place
from graph.tables.intake import Intake
from graph.tables.names import Names
from graph.tables.plan import Plan
from graph.tables.rows import read_rows
from graph.tables.statements import Drawn
from graph.tables.submission import Submission
from graph.tables.template import csv_template, xlsx_template
from graph.tables.undertakings import UNDERTAKINGS
from graph.worker import Out


@dataclass(frozen=True)
class ReadTable:
    """Reads a table; judges it too where it is not to be written, or cannot be.

    `shapes` are the texts of the shapes: a worker reads no file.
    """

    intake: Intake
    judges: bool
    shapes: tuple[Text, ...]

    def run(self, store: Store, out: Out) -> None:
        """Send the plan; raises as `Intake.plan` does."""
        plan = self.intake.plan(store)
        faults = plan.faults
        if faults or self.judges:
            faults = plan.judged(store, rules_of(self.shapes))
        change = plan.submission.change
        parts = (
            json.dumps(_about(plan, faults)).encode(),
            nquads(change.adds).encode(),
            nquads(change.removes).encode(),
        )
        out.begin({"parts": [len(part) for part in parts]})
        for part in parts:
            out.write(part)


def _about(plan: Plan, faults: Iterable[Fault]) -> dict[str, Any]:
    return {
        "graph": plan.drawn.graph.value,
        "rows": plan.drawn.rows,
        "removed": plan.submission.removed,
        "author": plan.author,
        "faults": [asdict(fault) for fault in faults],
        "places": [
            [thing, property_, place.table, place.row, place.column]
            for (thing, property_), place in plan.drawn.places.items()
        ],
    }


def received(head: Mapping[str, Any], chunks: Iterable[bytes]) -> Plan:
    """Read the plan that was sent: it has what was found, and not the quads that are there."""
    text = b"".join(chunks)
    about, adds, _ = head["parts"]
    told = json.loads(text[:about])
    change = Change(
        read_nquads(text[about : about + adds].decode()),
        read_nquads(text[about + adds :].decode()),
    )
    places = {(thing, property_): Place(*place) for thing, property_, *place in told["places"]}
    return Plan(
        Drawn(ox.NamedNode(told["graph"]), (), places, told["rows"]),
        Submission(change, tuple(told["removed"])),
        told["author"],
        tuple(Fault.of_json(each) for each in told["faults"]),
    )


def prepare_tables() -> None:
    """Have what reads and writes tables import where files can be opened."""
    xlsx = xlsx_template(Names(MemoryStore()))
    for content, file in ((xlsx, "a.xlsx"), (csv_template(UNDERTAKINGS), "a.csv")):
        # A template has no row, which is found out only when all of it was read.
        with suppress(UnreadableInput):
            read_rows(content, file)
