"""Prints every table of measurements, with the machine they were made on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench import journal, queries, states, writes
from bench.machine import describe
from graph.rules import read_rules
from graph.slices.reads import reads_of


def main() -> None:
    """Measure and print."""
    console = Console()
    console.print(describe(("numpy", "pyoxigraph", "pyshacl", "rdflib")), soft_wrap=True)
    console.print(query_times())
    console.print(state_times())
    console.print(
        journal_times("commits of one quad, median in milliseconds", journal.measure_commits())
    )
    console.print(
        journal_times(
            f"{journal.TRANSACTIONS} transactions of {journal.QUADS} quads, median in milliseconds",
            journal.measure_questions(),
        )
    )
    console.print(write_times())


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


def journal_times(title: str, measured: Sequence[journal.Measured]) -> Table:
    """Show what was measured of the journal, each also in relation to the first."""
    table = Table(title=title)
    for heading in ("what", "time", "to the first"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for each in measured:
        ratio = each.milliseconds / measured[0].milliseconds
        table.add_row(each.name, f"{each.milliseconds:.2f}", f"{ratio:.1f}")
    return table


def write_times() -> Table:
    """Measure small writes on generated graphs, against judging the same graph as a whole."""
    reads = reads_of(read_rules())
    table = Table(
        title=f"a write of 5 triples, judged, durable and acknowledged ({writes.WRITES - 1} of "
        "them), and pySHACL on the whole graph",
        caption=f"rules judged by slices: {len(reads.shapes)}; "
        f"rules that need the whole graph: {len(reads.unsupported)}",
    )
    for heading in ("triples", "median ms", "9 in 10 below ms", "pySHACL s", "ratio", "peak MiB"):
        table.add_column(heading, justify="right")
    for size, full in ((100_000, True), (1_000_000, False)):
        row = writes.measure(size, full=full)
        table.add_row(
            f"{row.triples:,}",
            f"{row.median:.0f}",
            f"{row.slowest_tenth:.0f}",
            "-" if row.full is None else f"{row.full:.1f}",
            "-" if row.full is None else f"{row.full * 1000 / row.median:.0f}",
            f"{row.memory:.0f}",
        )
    return table


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
