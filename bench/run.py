"""Prints the tables of measurements, with the machine they were made on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Final

from rich.console import Console
from rich.table import Table

from bench import queries, scenarios, states
from bench.machine import describe


def main() -> None:
    """Measure and print the tables asked for, or all of them."""
    parser = ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("tables", nargs="*", choices=[*TABLES, []], metavar="TABLE")
    asked = parser.parse_args().tables or TABLES
    console = Console(width=160)
    console.print(describe(("numpy", "pyoxigraph", "rdflib")), soft_wrap=True)
    for name in asked:
        console.print(TABLES[name]())


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
    rows = [states.measure(size) for size in (10_000, 100_000, 1_000_000)]
    many = f"{len(states.SERIES)} days"
    table = Table(
        title=f"states of generated commitments ({rows[0].nodes:.1f} condition nodes each), in "
        "microseconds for each; one day: median of "
        f"{states.ROUNDS}; the scalar evaluator on the first {states.SAMPLE:,} of each model"
    )
    for heading in (
        "commitments in one model",
        "scalar, 1 day",
        "vectorised, 1 day",
        "to the first row",
        "scalar : vectorised",
        "compiling, once",
        "scalar : with compiling",
        f"scalar, {many}",
        f"vectorised, {many}",
        "scalar : vectorised",
        "peak MiB",
    ):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(*_cells(row, rows[0]))
    return table


def _cells(row: states.Row, smallest: states.Row) -> list[str]:
    return [
        f"{row.commitments:,}",
        f"{row.scalar:.0f}",
        f"{row.one_day:.1f}",
        f"{row.one_day / smallest.one_day:.2f}",
        f"{row.scalar / row.one_day:.0f}",
        f"{row.compiling:.1f}",
        f"{row.scalar / (row.compiling + row.one_day):.1f}",
        f"{row.scalar_series:.0f}",
        f"{row.series:.1f}",
        f"{row.scalar_series / row.series:.0f}",
        f"{row.memory:,.0f}",
    ]


def scenario_times() -> Table:
    """Measure many scenarios at once."""
    table = Table(
        title=f"{scenarios.SCENARIOS:,} scenarios on {scenarios.COMMITMENTS:,} generated "
        "commitments, one day, all compiling included; microseconds for each pair of scenario "
        "and commitment; found equal to the scalar evaluator on the sample"
    )
    for heading in (
        "assumptions in each",
        "pairs",
        "reached by one",
        "changed",
        "vectorised, all, s",
        "vectorised",
        "scalar",
        "scalar : vectorised",
        "vectorised, reached",
        "scalar : vectorised, reached",
        "sample",
    ):
        table.add_column(heading, justify="right")
    for shared in (2, 20):
        table.add_row(*_scenario_cells(scenarios.measure(shared)))
    return table


def _scenario_cells(row: scenarios.Row) -> list[str]:
    each = row.vectorised / row.pairs * 1e6
    return [
        f"{row.assumptions}",
        f"{row.pairs:,}",
        f"{row.reached:.2%}",
        f"{row.changed:.2%}",
        f"{row.vectorised:.1f}",
        f"{each:.2f}",
        f"{row.scalar:.0f}",
        f"{row.scalar / each:,.0f}",
        f"{each / row.reached:.0f}",
        f"{row.scalar * row.reached / each:.1f}",
        f"{row.sample:,}",
    ]


TABLES: Final = {"queries": query_times, "states": state_times, "scenarios": scenario_times}


if __name__ == "__main__":
    main()
