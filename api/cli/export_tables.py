"""`servanda export --format csv|xlsx`: what is recorded as tables that can be imported again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.cli.chosen import Chosen
from api.cli.template import TableName
from api.cli.terminal import say, write_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.store import Store
    from graph.tables.left_out import LeftOut
    from graph.tables.listing import Listing

_MOST_TOLD: Final = 20


def write_tables(store: Store, chosen: Chosen, table: TableName | None, *, as_csv: bool) -> None:
    """Write one table as CSV, or all or one as a workbook, and tell what no row holds."""
    from graph.tables.known_tables import TABLES
    from graph.tables.listing import listings

    wanted = table or (TableName.undertakings if as_csv else None)
    tables = [each for each in TABLES if wanted in (None, each.name)]
    found = listings(store, tables, chosen.quads(store), chosen.named(store))
    left_out = sorted({left_out for each in found for left_out in each.left_out})
    write_all([_csv(found[0]) if as_csv else _workbook(store, found, left_out)])
    for each in found:
        say(f"{each.table.name}: {len(each.rows)}")
    _tell(left_out, in_sheet=not as_csv)


def _csv(listing: Listing) -> bytes:
    from api.v1.tables import as_csv

    return as_csv(listing.cells(), raw=False)


def _workbook(store: Store, found: Sequence[Listing], left_out: Sequence[LeftOut]) -> bytes:
    from graph.tables.names import Names
    from graph.tables.rows import LEFT_OUT
    from graph.tables.template import xlsx_template

    unsaid = [(each.thing, each.property, each.why) for each in left_out]
    filled = {each.table.name: each.rows for each in found}
    return xlsx_template(
        Names(store),
        [each.table for each in found],
        {**filled, LEFT_OUT: (("thing", "property", "why"), *unsaid)},
    )


def _tell(left_out: Sequence[LeftOut], *, in_sheet: bool) -> None:
    from graph.tables.listing import told
    from graph.tables.rows import LEFT_OUT

    if left_out and in_sheet:
        say(f"left out: {len(left_out)}, told one by one on the sheet “{LEFT_OUT}”")
        return
    lines = list(told(left_out))
    for line in lines[:_MOST_TOLD]:
        say(f"left out: {line}")
    if more := len(lines[_MOST_TOLD:]):
        say(f"left out: {more} more; --format xlsx has all of them, on the sheet “{LEFT_OUT}”")
