"""What completes a word somebody types: terms of the ontology and things of the graph."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from api.calls import in_worker
from api.parameters import Parameters
from api.problems import documented
from api.situation import Json
from api.snapshot import Snapshot
from api.state import snapshot
from api.terms import Kind, Term, definitions, found
from api.terms import terms as all_terms
from api.v1 import schemas
from api.v1.parameters import Language, primary

_MOST: Final = 100

router = APIRouter(tags=["things"])


@router.get(
    "/terms",
    response_model=schemas.FoundTerms,
    responses=documented(400),
    dependencies=[Depends(Parameters(once=("q", "limit", "lang"), repeated=("kind",)))],
)
@in_worker
def terms(
    request: Request,
    q: Annotated[str, Query(description="The beginning, or a part, of its name or label")] = "",
    kind: Annotated[list[Kind] | None, Query(description="Only these; all without any")] = None,
    limit: Annotated[int, Query(description="The most that are given", ge=1, le=_MOST)] = 20,
    lang: Language = "en",
) -> Response:
    """Find terms of the ontology and things of the graph by a part of their names."""
    latest = snapshot(request)
    fitting = found(q, all_terms(latest, kind or list(Kind), primary(lang)))
    return JSONResponse(
        {
            "items": [_json(term, latest) for term in fitting[:limit]],
            "total": len(fitting),
            "version": latest.version,
        }
    )


def _json(term: Term, latest: Snapshot) -> Json:
    is_thing = term.kind is Kind.thing
    return {
        "id": term.id,
        "label": term.label,
        "name": term.name,
        "kind": term.kind.value,
        "types": sorted(latest.triples.classes(term.id)) if is_thing else [],
        "definition": definitions().get(term.id),
    }
