"""Prints every table of measurements, with the machine they were made on."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from bench import queries
from bench.machine import describe


def main() -> None:
    """Measure and print."""
    console = Console()
    console.print(describe(("pyoxigraph", "rdflib")), soft_wrap=True)
    table = Table(title="named queries on the shipped data, median of 3, in milliseconds")
    for heading in ("query", "rows", "servanda", "rdflib", "rdflib : servanda"):
        table.add_column(heading, justify="left" if heading == "query" else "right")
    for row in queries.measure():
        ours, theirs = row.rows
        table.add_row(
            row.name,
            str(ours) if ours == theirs else f"{ours} / {theirs}",
            f"{row.servanda * 1000:.2f}",
            f"{row.rdflib * 1000:.1f}",
            f"{row.rdflib / row.servanda:.0f}",
        )
    console.print(table)


if __name__ == "__main__":
    main()
