"""Wires the application together; it does nothing else."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from typing import Final

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from api import (
    context,
    dereference,
    descriptions,
    feeds,
    graphs,
    monitoring,
    openapi,
    pages,
    queries,
    service,
    sparql,
    timemaps,
    updates,
    v1,
    vocabulary,
)
from api.access import Access
from api.cache import Cache
from api.declared import declarations
from api.edits import prepare_judge
from api.examples import examples
from api.imports import routes as imports
from api.imports.job import prepare_tables
from api.imports.register import Register
from api.in_process import InProcess
from api.judging import Judging
from api.kept import KeptAnswers
from api.metrics import Metrics
from api.middleware import CommonHeaders, Faults, HeadAsGet, ProblemPages, Versions
from api.pages.answers import prepare as prepare_questions
from api.past import Past
from api.pool import Pool, Runner
from api.problems import handle_problems
from api.rendering import load_templates
from api.reply import Limits
from api.request_limits import RequestLimits
from api.settings import Settings
from api.snapshot import particulars_query
from api.threads import in_thread
from api.v1.tables import as_xlsx
from graph.accounts import Accounts
from graph.database import Database
from graph.glossary.glossary import shipped
from graph.history import store_at
from graph.resources import resource

_LOG = logging.getLogger("servanda")
# In this order they are tried until one knows the path.
_ROUTED: Final = (
    sparql,
    pages,
    service,
    monitoring,
    updates,
    graphs,
    queries,
    imports,
    v1,
    dereference,
    descriptions,
    vocabulary,
    context,
    feeds,
    timemaps,
    openapi,
)


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
    app.state.judging = Judging(app.state.runner, settings.judge_seconds)
    app.state.past = Past(partial(_past, database, settings), settings.past_versions)
    app.state.cache = Cache(settings.cache_mb * 2**20)
    app.state.imports = Register()
    app.state.metrics = Metrics(database, app.state.runner, app.state.cache)
    database.tell(app.state.runner.follow)
    app.openapi = partial(openapi.openapi, app)  # type: ignore[method-assign]
    handle_problems(app)
    app.add_middleware(KeptAnswers)
    app.add_middleware(RequestLimits, seconds=settings.request_seconds)
    for middleware in (Versions, Faults, ProblemPages, HeadAsGet, CommonHeaders):
        app.add_middleware(middleware)
    app.add_middleware(Access, metrics=app.state.metrics)
    _mount(app)
    return app


def _mount(app: FastAPI) -> None:
    """Put every path and file in its place."""
    for module in _ROUTED:
        app.include_router(module.router)
    # Only the files of that package are used; its application class brings pages of its own.
    swagger_ui = str(files("fastapi_offline") / "static")
    app.mount("/static/swagger-ui", StaticFiles(directory=swagger_ui))
    app.mount("/static", StaticFiles(directory=resource("web", "static")))


def prepare() -> None:
    """Load what an endpoint needs that runs where no file can be opened."""
    load_templates()
    particulars_query()
    declarations()
    examples()
    prepare_questions()
    prepare_judge(Settings.from_environment(os.environ).shapes)
    prepare_tables()
    for loaded_late in ("oxidd.bdd", "numpy.ma"):
        import_module(loaded_late)
    as_xlsx([])


_PREPARE: Final = f"{__name__}:{prepare.__name__}"


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    await app.state.runner.start(app.state.database.version)
    # The replica takes longer to begin than this to be read, and who comes first need not wait.
    await in_thread(shipped)
    # What was made until now stays; to look through it for garbage stops every answer for 0.1 s.
    gc.collect()
    gc.freeze()
    yield
    await app.state.imports.stop()
    await app.state.past.stop()
    await app.state.runner.stop()


def _runner(database: Database, settings: Settings) -> Runner:
    limits = _limits(settings, settings.workers)
    if _has_workers(settings):
        return Pool(database.directory, limits, _PREPARE)
    _LOG.warning("queries run in the server's own process: one that does not end cannot be stopped")
    return InProcess(database.store, limits)


async def _past(database: Database, settings: Settings, version: int) -> Runner:
    limits = _limits(settings, workers=1)
    if _has_workers(settings):
        return Pool(database.directory, limits, _PREPARE, version=version)
    return InProcess(await in_thread(partial(store_at, database.journal, version)), limits)


def _has_workers(settings: Settings) -> bool:
    return settings.workers > 0 and hasattr(os, "pidfd_open")


def _limits(settings: Settings, workers: int) -> Limits:
    return Limits(
        seconds=settings.query_seconds,
        memory=settings.query_memory_mb * 2**20,
        bytes=settings.query_mb * 2**20,
        workers=workers,
        derives=settings.derive,
        fresh_seconds=settings.fresh_seconds,
    )
