"""Warns of data that use a term the ontology has deprecated, naming the term to use instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from graph.candidate import Candidate
from graph.namespaces import PREFIXES, SV
from graph.validate import Finding

RULE: Final = "term-deprecated"
_DEPRECATED: Final = ox.NamedNode(PREFIXES["owl"] + "deprecated")
_REPLACED: Final = ox.NamedNode(PREFIXES["dcterms"] + "isReplacedBy")


def check_deprecated(quads: Iterable[ox.Quad], declared: Iterable[ox.Quad]) -> list[Finding]:
    """Find where `quads` use a term that is deprecated in `declared`, once a thing and term.

    What the ontology says of its own terms is left out: `servanda check-ontology` judges that.
    """
    heirs = _heirs(declared)
    found = {
        _finding(quad, term.value, heirs[term])
        for quad in quads
        for term in (quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode) and term in heirs
        if not str(quad.subject).startswith(f"<{SV}")
    }
    return sorted(found, key=lambda finding: (finding.graph or "", finding.focus, finding.message))


def check_deprecated_after(state: Candidate) -> list[Finding]:
    """Find the same of what a change adds."""
    declared = [*state.match(predicate=_DEPRECATED), *state.match(predicate=_REPLACED)]
    return check_deprecated(state.change.adds, declared)


def _heirs(declared: Iterable[ox.Quad]) -> dict[object, str | None]:
    """Give what replaces each deprecated term, None where nothing is named."""
    old: set[object] = set()
    heirs: dict[object, str] = {}
    for quad in declared:
        if quad.predicate == _DEPRECATED and str(quad.object).startswith('"true"'):
            old.add(quad.subject)
        elif quad.predicate == _REPLACED and isinstance(quad.object, ox.NamedNode):
            heirs[quad.subject] = quad.object.value
    return {term: heirs.get(term) for term in old}


def _finding(quad: ox.Quad, term: str, heir: str | None) -> Finding:
    advice = f"use `{_short(heir)}`" if heir else "see the ontology for what to use"
    return Finding(
        severity="warning",
        rule=RULE,
        message=f"`{_short(term)}` is deprecated and goes with the next major version: {advice}.",
        focus=str(quad.subject).strip("<>"),
        graph=quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None,
    )


def _short(iri: str) -> str:
    return iri.replace(SV, "sv:")
