"""What `create_app` gave the application, found again in each request."""

from __future__ import annotations

from fastapi import Request
from starlette.types import Scope

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


def route_of(scope: Scope) -> object:
    """Give the route that a request took; its `path_format` is the template of its path."""
    # The route itself does not know the prefix that it was included with.
    return scope.get("fastapi", {}).get("effective_route_context", scope.get("route"))


def base(request: Request) -> str:
    """Give the server's public address, ending in a slash; past versions have no other."""
    return settings(request).base or str(request.base_url.replace(path="/"))
