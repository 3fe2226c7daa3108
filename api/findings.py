"""Findings as clients get them: in JSON, or as a SHACL report in RDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final, Self

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field

from api.formats import RDF, RdfOffer
from api.negotiation import Offer
from graph import rdf
from graph.report import report
from graph.rules import Severity
from graph.validate import Finding

JSON: Final = Offer("json", "application/json")
REPORT: Final = tuple(offer for offer in RDF if offer.media_type != JSON.media_type)


class Found(BaseModel):
    """One way in which the graph breaks a rule, or would."""

    model_config = ConfigDict(populate_by_name=True)

    severity: Severity
    rule: str = Field(description="The id of the rule")
    message: str = Field(description="What is wrong and how to mend it")
    focus: str = Field(description="The thing that was judged, an IRI")
    focus_label: str | None = Field(default=None, alias="focusLabel")
    path: str | None = Field(default=None, description="The property, as a SPARQL path")
    value: str | None = Field(default=None, description="An IRI or a lexical form")
    graph: str | None = Field(default=None, description="The graph it stands in")

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """Show a finding."""
        return cls(**asdict(finding))


def listed(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Give findings as JSON."""
    return [Found.of(each).model_dump(by_alias=True, exclude_none=True) for each in findings]


def in_rdf(findings: Sequence[Finding], offer: RdfOffer, *, status: int) -> Response:
    """Answer with the SHACL report of findings."""
    return Response(
        rdf.write(report(findings), offer.format),
        status,
        media_type=offer.media_type,
        headers={"Vary": "Accept"},
    )
