"""The engine's answers under /api/v1: each path reads parameters, puts a question and answers."""

from __future__ import annotations

from fastapi import APIRouter

from api.v1 import (
    changes,
    commitments,
    differences,
    overviews,
    single_things,
    terms,
    things,
    whatif,
)

router = APIRouter(prefix="/api/v1")
for module in (commitments, overviews, differences, whatif, things, single_things, terms, changes):
    router.include_router(module.router)
