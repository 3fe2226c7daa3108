"""Prints every table of measurements, with the machine they were made on."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from bench import odds, queries, states
from bench.machine import describe


def main() -> None:
    """Measure and print."""
    console = Console()
    console.print(describe(("numpy", "oxidd", "pyoxigraph", "rdflib")), soft_wrap=True)
    console.print(query_times())
    console.print(state_times())
    console.print(odds_times())


def query_times() -> Table:
    """Measure the named queries."""
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
    return table


def state_times() -> Table:
    """Measure the states of generated commitments."""
    table = Table(
        title="states of generated commitments, in microseconds for each; the scalar evaluator on "
        f"the first {states.SAMPLE:,} of them"
    )
    many = f"{len(states.SERIES)} days"
    for heading in (
        "commitments",
        "scalar, 1 day",
        f"scalar, {many}",
        "compiled once",
        "vectorised, 1 day",
        f"vectorised, {many}",
        "scalar : vectorised",
        "the same with compiling",
        "peak MiB",
    ):
        table.add_column(heading, justify="right")
    for size in (10_000, 100_000):
        table.add_row(*_cells(states.measure(size)))
    table.add_row(*_cells(states.measure(1_000_000, scalar=False)))
    return table


def odds_times() -> Table:
    """Measure the odds of a generated commitment, and the power of each act over it."""
    table = Table(title="odds and power over a generated commitment, in milliseconds")
    for heading in ("acts", "nodes", "odds", "power", "both by enumeration", "ratio"):
        table.add_column(heading, justify="right")
    for row in map(odds.measure, odds.SIZES):
        counted = row.odds + row.power
        enumerated = ("-", "-") if row.enumerated is None else _beside(row.enumerated, counted)
        table.add_row(
            str(row.acts), str(row.nodes), f"{row.odds:.0f}", f"{row.power:.0f}", *enumerated
        )
    return table


def _beside(enumerated: float, counted: float) -> tuple[str, str]:
    return f"{enumerated:,.0f}", f"{enumerated / counted:.0f}"


def _cells(row: states.Row) -> list[str]:
    def ratio(vectorised: float) -> str:
        return "-" if row.scalar is None else f"{row.scalar / vectorised:.0f}"

    scalar = (row.scalar, row.scalar_series)
    return [
        f"{row.commitments:,}",
        *("-" if one is None else f"{one:.0f}" for one in scalar),
        *(f"{one:.1f}" for one in (row.compiling, row.one_day, row.series)),
        ratio(row.one_day),
        ratio(row.compiling + row.one_day),
        f"{row.memory:.0f}",
    ]


if __name__ == "__main__":
    main()
