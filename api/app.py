"""Wires the application together; it does nothing else."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from api import (
    context,
    dereference,
    descriptions,
    graphs,
    monitoring,
    openapi,
    queries,
    service,
    sparql,
    updates,
    v1,
    vocabulary,
)
from api.access import Access
from api.cache import Cache
from api.edits import prepare_judge
from api.imports import routes as imports
from api.imports.job import prepare_tables
from api.imports.register import Register
from api.in_process import InProcess
from api.metrics import Metrics
from api.middleware import CommonHeaders, Faults, HeadAsGet, ProblemPages
from api.pages import load_templates
from api.pool import Pool, Runner
from api.problems import handle_problems
from api.reply import Limits
from api.request_limits import RequestLimits
from api.settings import Settings
from api.snapshot import particulars_query
from api.v1.tables import as_xlsx
from graph.accounts import Accounts
from graph.database import Database
from graph.resources import resource

_LOG = logging.getLogger("servanda")


def create_app(database: Database, settings: Settings) -> FastAPI:
    """Build the application that serves an open database; whoever opened it closes it."""
    app = FastAPI(
        lifespan=_running,
        title="Servanda",
        description="A knowledge graph of international actors, commitments and obligations.",
        version=version("servanda"),
        docs_url=None,
        redoc_url=None,
    )
    app.state.database = database
    app.state.store = database.store
    app.state.settings = settings
    app.state.accounts = Accounts(settings.data_dir)
    app.state.runner = _runner(database, settings)
    app.state.cache = Cache(settings.cache_mb * 2**20)
    app.state.imports = Register()
    app.state.metrics = Metrics(database, app.state.runner, app.state.cache)
    database.tell(app.state.runner.follow)
    app.openapi = partial(openapi.openapi, app)  # type: ignore[method-assign]
    handle_problems(app)
    app.add_middleware(RequestLimits, seconds=settings.request_seconds)
    for middleware in (Faults, ProblemPages, HeadAsGet, CommonHeaders):
        app.add_middleware(middleware)
    app.add_middleware(Access, metrics=app.state.metrics)
    for module in (
        service,
        monitoring,
        sparql,
        updates,
        graphs,
        queries,
        imports,
        v1,
        dereference,
        descriptions,
        vocabulary,
        context,
        openapi,
    ):
        app.include_router(module.router)
    # Only the files of that package are used; its application class brings pages of its own.
    swagger_ui = str(files("fastapi_offline") / "static")
    app.mount("/static/swagger-ui", StaticFiles(directory=swagger_ui))
    app.mount("/static", StaticFiles(directory=resource("web", "static")))
    return app


def prepare() -> None:
    """Load what an endpoint needs that runs where no file can be opened."""
    load_templates()
    particulars_query()
    prepare_judge()
    prepare_tables()
    import_module("oxidd.bdd")
    as_xlsx([])


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    await app.state.runner.start(app.state.database.version)
    yield
    await app.state.imports.stop()
    await app.state.runner.stop()


def _runner(database: Database, settings: Settings) -> Runner:
    limits = Limits(
        seconds=settings.query_seconds,
        memory=settings.query_memory_mb * 2**20,
        bytes=settings.query_mb * 2**20,
        workers=settings.workers,
        derives=settings.derive,
    )
    if settings.workers and hasattr(os, "pidfd_open"):
        return Pool(database.directory, limits, f"{__name__}:{prepare.__name__}")
    _LOG.warning("queries run in the server's own process: one that does not end cannot be stopped")
    return InProcess(database.store, limits)
