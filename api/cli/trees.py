"""Shows the condition tree behind an explanation: as indented lines, or as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from api.cli.situation import Json, Situation
from graph.explain import Explained
from graph.model import (
    After,
    AtLeast,
    Before,
    Condition,
    Elapsed,
    Evidence,
    Id,
    Within,
    operands,
)

_DECIDES = "*"
# How the second condition of a comparison stands to the first; `Elapsed` has it alone.
_ANCHORED = {After: "later than", Before: "earlier than", Within: "within days of"}


def lines(situation: Situation, node: Explained, debtor: Id, depth: int = 1) -> Iterator[str]:
    """Write a node and all below it, one to a line; `*` marks those on which the value rests."""
    mark = _DECIDES if node.contributes else " "
    indent = "  " * depth
    yield f"{indent}{mark} {node.value.verdict.value}: {_named(situation, node, debtor)}"
    for word, claims in (("for", node.supporting), ("against", node.opposing)):
        for claim in claims:
            yield f"{indent}      {word}: {_claim(situation, claim)}"
    for place, operand in enumerate(node.operands):
        if place == 1 and type(node.condition) in _ANCHORED:
            yield f"{indent}    {_ANCHORED[type(node.condition)]}"
        yield from lines(situation, operand, debtor, depth + 1)


def tree_json(situation: Situation, node: Explained, debtor: Id) -> Json:
    """Give a node and all below it as JSON; `kind` is its class in the ontology."""
    return {
        "condition": node.condition.id,
        "kind": type(node.condition).__name__,
        "label": situation.sentences.condition(node.condition, debtor, exact=True),
        "verdict": node.value.verdict.value,
        "open": node.open,
        "contributes": node.contributes,
        "for": [_claim_json(situation, claim) for claim in node.supporting],
        "against": [_claim_json(situation, claim) for claim in node.opposing],
        "operands": [tree_json(situation, each, debtor) for each in node.operands],
    }


def _named(situation: Situation, node: Explained, debtor: Id) -> str:
    label = situation.sentences.condition(node.condition, debtor, exact=True)
    return f"{label} ({_kind(node.condition)})" if operands(node.condition) else label


def _kind(node: Condition) -> str:
    if isinstance(node, AtLeast):
        return f"at least {node.minimum} of"
    if isinstance(node, Elapsed):
        return f"{node.days} days after"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).lower()


def _claim(situation: Situation, claim: Evidence) -> str:
    told = _claim_json(situation, claim)
    said = " … ".join(f"“{each}”" for each in told["quotations"]) or told["label"]
    paragraphs = told["paragraphs"]
    where = f"paragraph{'s' * (len(paragraphs) > 1)} {', '.join(paragraphs)}" if paragraphs else ""
    return ", ".join(filter(None, (said, told["speaker_label"], told["source_label"], where)))


def _claim_json(situation: Situation, claim: Evidence) -> Json:
    def texts(name: str) -> list[str]:
        terms = situation.triples.terms(claim.id, name)
        return [term.value for term in terms if isinstance(term, ox.Literal)]

    return {
        "evidence": claim.id,
        "label": situation.name(claim.id),
        "holds": claim.holds,
        "speaker": claim.speaker,
        "speaker_label": claim.speaker and situation.name(claim.speaker),
        "source": claim.source,
        "source_label": situation.name(claim.source),
        "paragraphs": texts("paragraph"),
        "quotations": texts("quotation"),
    }
