"""The OpenAPI document and the page that draws it, with assets of this host alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from api.formats import DOCUMENT, SOLUTIONS
from api.links import add_links
from api.memento import ACCEPT_DATETIME, answers_in_any_version
from api.negotiation import format_schema
from api.parameters import Parameters
from api.problems import Problem, documented
from api.rendering import page
from api.v1 import tables
from graph.parameters import Parameter, ParameterType
from graph.query import queries

_ROUTE: Final = "/queries/{name}"
_OFFERS: Final = (*tables.OFFERS, *SOLUTIONS, *DOCUMENT)
_SCHEMAS: Final[Mapping[ParameterType, Mapping[str, Any]]] = {
    "iri": {"type": "string", "examples": ["actor/ukraine", "sv:Land"]},
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "examples": ["2026-01-06"]},
}

router = APIRouter(include_in_schema=False, dependencies=[Depends(Parameters())])


@router.get("/docs")
def docs(request: Request) -> Response:
    """Draw the OpenAPI document."""
    return page(request, "docs.html")


def openapi(app: FastAPI) -> dict[str, Any]:
    """Describe every operation, with the problem documents FastAPI does not know of."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
        )
        _tell_of_past(app, document["paths"])
        add_links(document["paths"])
        _tell_apart(document["paths"])
        for operation in _operations(document["paths"]):
            _entitle(operation)
            _name_formats(operation)
            _flatten_streams(operation)
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas |= problem.pop("$defs") | {"Problem": problem}
        app.openapi_schema = document
    return app.openapi_schema


def _tell_of_past(app: FastAPI, paths: Mapping[str, Any]) -> None:
    """Let operations that answer from any version take the header that names one.

    All of them can also find no such version, or no worker that is free.
    """
    for route in iter_route_contexts(app.routes):
        if not answers_in_any_version(route.endpoint) or not route.include_in_schema:
            continue
        for method in route.methods or ():
            operation = paths[str(route.path_format)][method.lower()]
            operation.setdefault("parameters", []).insert(0, ACCEPT_DATETIME)
            for status, problem in documented(400, 403, 404, 503).items():
                operation["responses"].setdefault(str(status), problem)


def _operations(paths: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [operation for methods in paths.values() for operation in methods.values()]


def _entitle(operation: dict[str, Any]) -> None:
    """Take the sentence a description begins with for the summary: FastAPI's is a Python name."""
    first, _, rest = operation.pop("description").partition("\n")
    operation["summary"] = first.rstrip(".")
    if rest.strip():
        operation["description"] = rest.strip()


def _name_formats(operation: dict[str, Any]) -> None:
    """Let `format` be what names one of the representations that an operation describes."""
    described = operation["responses"].get("200", {}).get("content", {})
    offers = [offer for offer in _OFFERS if offer.media_type in described]
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "format" and offers:
            parameter["schema"] = format_schema(offers)


def _flatten_streams(operation: Mapping[str, Any]) -> None:
    """Describe a stream as text: FastAPI describes its items, for which OpenAPI 3.1 has no word."""
    for response in operation["responses"].values():
        for content in response.get("content", {}).values():
            if content.pop("itemSchema", None) is not None:
                content["schema"] = {"type": "string"}


def _tell_apart(paths: dict[str, Any]) -> None:
    """Put an operation for each named query in the place of the one route that answers them all."""
    route = paths.pop(_ROUTE)["get"]
    shared = [one for one in route["parameters"] if one["in"] == "query"]
    headers = [one for one in route["parameters"] if one["in"] == "header"]
    responses = {code: one for code, one in route["responses"].items() if code != "404"}
    for query in queries():
        operation = {
            "tags": route["tags"],
            "operationId": f"query_{query.name.replace('-', '_')}",
            "description": f"{query.summary}\n\n{query.description}",
            "parameters": [*headers, *map(_parameter, query.parameters), *shared],
            "responses": responses,
        }
        paths[_ROUTE.replace("{name}", query.name)] = {"get": operation}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_SCHEMAS[parameter.type])
    if parameter.default is not None:
        is_text = schema["type"] == "string"
        schema["default"] = parameter.default if is_text else json.loads(parameter.default)
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": schema,
    }
