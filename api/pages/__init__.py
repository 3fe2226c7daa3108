"""The pages people read: each puts a question of `api.jobs` and shows the answer."""

from __future__ import annotations

from fastapi import APIRouter

from api.pages import changes, circles, gaps, home, lists, matrix, pattern, questions, search

router = APIRouter()
for _module in (home, matrix, lists, changes, circles, gaps, search, pattern, questions):
    router.include_router(_module.router)
