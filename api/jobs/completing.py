"""Completes a word somebody types: with terms of the ontology and things of the graph."""

from __future__ import annotations

from dataclasses import dataclass

from api.situation import Json
from api.snapshot import Snapshot
from api.terms import Kind, Term, definitions, found, terms


@dataclass(frozen=True)
class Complete:
    """Which terms and things have `q` in their name or label, at most `limit` of them.

    It is asked of no day: what a query can name is the same on each.
    """

    q: str
    kinds: tuple[str, ...]
    limit: int
    language: str

    def run(self, snapshot: Snapshot) -> Json:
        """Answer, best first, with how many there are in all."""
        kinds = [Kind(each) for each in self.kinds] or list(Kind)
        fitting = found(self.q, terms(snapshot, kinds, self.language))
        return {
            "items": [_json(term, snapshot) for term in fitting[: self.limit]],
            "total": len(fitting),
            "version": snapshot.version,
        }


def _json(term: Term, snapshot: Snapshot) -> Json:
    is_thing = term.kind is Kind.thing
    return {
        "id": term.id,
        "label": term.label,
        "name": term.name,
        "kind": term.kind.value,
        "types": sorted(snapshot.triples.classes(term.id)) if is_thing else [],
        "definition": definitions().get(term.id),
    }
