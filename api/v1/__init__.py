"""The engine's answers under /api/v1: each path reads parameters, puts a question and answers."""

from __future__ import annotations

from fastapi import APIRouter

from api.v1 import changes, commitments, overviews, things

router = APIRouter(prefix="/api/v1")
for module in (commitments, overviews, things, changes):
    router.include_router(module.router)
