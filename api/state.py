"""What `create_app` gave the application, found again in each request."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Request

from api.settings import Settings
from api.snapshot import Latest, Snapshot
from graph.database import Database
from graph.derivation import Derivation
from graph.store import Store


def database(request: Request) -> Database:
    """Give the open database that is being served."""
    found: Database = request.app.state.database
    return found


def store(request: Request) -> Store:
    """Give the index of that database, its derived graphs brought to this day (UTC)."""
    derivation: Derivation = request.app.state.derivation
    derivation.at_day(datetime.now(UTC).date().toordinal())
    return database(request).store


def snapshot(request: Request) -> Snapshot:
    """Give the graph's latest version, read for judging."""
    latest: Latest = request.app.state.latest
    return latest.snapshot()


def base(request: Request) -> str:
    """Give the server's public address, ending in a slash."""
    settings: Settings = request.app.state.settings
    return settings.base or str(request.base_url)
