"""Wires the application together; it does nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from importlib.resources import files

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from api import dereference, openapi, queries, service, sparql, v1, vocabulary
from api.middleware import CommonHeaders, Faults, HeadAsGet, ProblemPages
from api.problems import handle_problems
from api.settings import Settings
from api.snapshot import Latest
from graph.accounts import Accounts
from graph.database import Database
from graph.derivation import Derivation
from graph.resources import resource


def create_app(database: Database, settings: Settings) -> FastAPI:
    """Build the application that serves an open database; whoever opened it closes it."""
    app = FastAPI(
        title="Servanda",
        description="A knowledge graph of international actors, commitments and obligations.",
        version=version("servanda"),
        docs_url=None,
        redoc_url=None,
    )
    app.state.database = database
    app.state.settings = settings
    app.state.accounts = Accounts(settings.data_dir)
    app.state.latest = Latest(database)
    app.state.derivation = Derivation(database.store, datetime.now(UTC).date().toordinal())
    database.followers.append(app.state.derivation.follow)
    app.openapi = partial(openapi.openapi, app)  # type: ignore[method-assign]
    handle_problems(app)
    for middleware in (Faults, ProblemPages, HeadAsGet, CommonHeaders):
        app.add_middleware(middleware)
    for module in (service, sparql, queries, v1, dereference, vocabulary, openapi):
        app.include_router(module.router)
    # Only the files of that package are used; its application class brings pages of its own.
    swagger_ui = str(files("fastapi_offline") / "static")
    app.mount("/static/swagger-ui", StaticFiles(directory=swagger_ui))
    app.mount("/static", StaticFiles(directory=resource("web", "static")))
    return app
