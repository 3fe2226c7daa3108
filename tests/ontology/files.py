"""The Turtle files an editor opens, and what a test with Java in it needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.owl import hermit, owlapi
from graph.resources import resource

CHECKOUT = resource("ontology").parent
ONTOLOGY = sorted((CHECKOUT / "ontology").rglob("*.ttl"))
DATA = sorted((CHECKOUT / "data").rglob("*.ttl"))
CORE = CHECKOUT / "ontology" / "core.ttl"
ALIGNMENTS = sorted((CHECKOUT / "ontology" / "alignments").glob("*.ttl"))

needs_owl_api = pytest.mark.skipif(
    owlapi.available() is not None, reason=f"the OWL API cannot run: {owlapi.available()}"
)
needs_hermit = pytest.mark.skipif(
    hermit.available() is not None, reason=f"HermiT cannot run: {hermit.available()}"
)


def name(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()
