"""Serves the metrics of the server."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from api.metrics import Metrics
from api.parameters import Parameters
from api.problems import documented

router = APIRouter(tags=["service"], dependencies=[Depends(Parameters())])


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}, **documented()},
)
def metrics(request: Request) -> Response:
    """Give the server's metrics to Prometheus.

    Requests and their seconds by route, workers, the cache, the version of the graph and the size
    of the journal.
    """
    kept: Metrics = request.app.state.metrics
    return Response(generate_latest(kept.registry), media_type=CONTENT_TYPE_LATEST)
