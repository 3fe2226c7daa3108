"""The OpenAPI document and the page that draws it, with assets of this host alone."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi

from api.pages import page
from api.parameters import Parameters
from api.problems import Problem

router = APIRouter(include_in_schema=False, dependencies=[Depends(Parameters())])


@router.get("/docs")
def docs(request: Request) -> Response:
    """Draw the OpenAPI document."""
    return page(request, "docs.html")


def openapi(app: FastAPI) -> dict[str, Any]:
    """Describe every path, with the problem documents FastAPI does not know of."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
        )
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas |= problem.pop("$defs") | {"Problem": problem}
        app.openapi_schema = document
    return app.openapi_schema
