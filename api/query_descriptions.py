"""Describes the named queries: what each answers, and what it wants to know."""

from __future__ import annotations

from typing import Self
from urllib.parse import quote

from pydantic import BaseModel, Field

from graph.query import NamedQuery


class ParameterDescription(BaseModel):
    """A parameter of a named query."""

    name: str
    type: str = Field(description="iri, string, integer, decimal, boolean or date")
    required: bool
    default: str | None
    description: str


class QueryDescription(BaseModel):
    """A named query: what it answers and what it wants to know."""

    name: str
    path: str
    summary: str
    description: str
    parameters: list[ParameterDescription]

    @classmethod
    def of(cls, query: NamedQuery) -> Self:
        """Describe a query."""
        return cls(
            name=query.name,
            path=f"/queries/{quote(query.name)}",
            summary=query.summary,
            description=query.description,
            parameters=[
                ParameterDescription(
                    name=one.name,
                    type=one.type,
                    required=one.required,
                    default=one.default,
                    description=one.description,
                )
                for one in query.parameters
            ],
        )
