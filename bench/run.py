"""Prints the tables of measurements, with the machine they were made on."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Final

from rich.console import Console
from rich.table import Table

from bench import derivations, hop, journal, odds, pages, queries, scenarios, states, writes
from bench.machine import describe

TABLES: Final[Mapping[str, Callable[[], Table]]] = {
    "queries": queries.table,
    "hop": hop.table,
    "states": states.table,
    "scenarios": scenarios.table,
    "derivations": derivations.table,
    "odds": odds.table,
    "commits": journal.commits,
    "past": journal.past,
    "writes": writes.table,
    "pages": pages.table,
}
MEASURED: Final = ("numpy", "oxidd", "pyoxigraph", "pyshacl", "rdflib")


def main() -> None:
    """Measure and print the tables asked for, or all of them."""
    parser = ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("tables", nargs="*", choices=[*TABLES, []], metavar="TABLE")
    asked = parser.parse_args().tables or TABLES
    console = Console(width=160)
    console.print(describe(MEASURED), soft_wrap=True)
    for name in asked:
        console.print(TABLES[name]())


if __name__ == "__main__":
    main()
