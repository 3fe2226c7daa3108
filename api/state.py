"""What `create_app` gave the application, found again in each request."""

from __future__ import annotations

from fastapi import Request

from api.settings import Settings
from api.snapshot import Latest, Snapshot
from graph.database import Database
from graph.store import Store


def database(request: Request) -> Database:
    """Give the open database that is being served; a worker has none."""
    found: Database = request.app.state.database
    return found


def store(request: Request) -> Store:
    """Give the index of that database; in a worker, its snapshot."""
    found: Store = request.app.state.store
    return found


def settings(request: Request) -> Settings:
    """Give what the operator decided."""
    found: Settings = request.app.state.settings
    return found


def snapshot(request: Request) -> Snapshot:
    """Give the graph's latest version, read for judging."""
    latest: Latest = request.app.state.latest
    return latest.snapshot()


def base(request: Request) -> str:
    """Give the server's public address, ending in a slash; past versions have no other."""
    return settings(request).base or str(request.base_url.replace(path="/"))
