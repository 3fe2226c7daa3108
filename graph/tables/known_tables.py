"""The tables that can be imported and exported, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph.tables.adherences import ADHERENCES
from graph.tables.amounts import AMOUNTS
from graph.tables.columns import Table
from graph.tables.evidence import EVIDENCE
from graph.tables.undertakings import UNDERTAKINGS

TABLES: Final = (UNDERTAKINGS, EVIDENCE, ADHERENCES, AMOUNTS)
TABLE_OF_NAME: Final[Mapping[str, Table]] = {table.name: table for table in TABLES}
