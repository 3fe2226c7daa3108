"""Writes as JSON the condition tree behind an explanation, down to the words of sources."""

from __future__ import annotations

import re

import pyoxigraph as ox

from api.situation import Json, Situation
from graph.explain import Explained
from graph.model import Approved, AtLeast, Condition, Elapsed, Evidence, Id, operands


def tree_json(situation: Situation, node: Explained, debtor: Id) -> Json:
    """Give a node and all below it.

    `kind` is its class in the ontology; `operator` says how it combines its operands, if it does.
    `appliesTo` is who needs it, if not all do; where it does not apply, it counts as met.
    """
    return {
        "condition": node.condition.id,
        "kind": type(node.condition).__name__,
        "label": situation.sentences.condition(node.condition, debtor, exact=True),
        "operator": _operator(node.condition),
        "verdict": node.value.verdict.value,
        "open": node.open,
        "contributes": node.contributes,
        "applies": node.applies,
        "appliesTo": _applies_to(situation, node.condition),
        "for": [_claim_json(situation, claim) for claim in node.supporting],
        "against": [_claim_json(situation, claim) for claim in node.opposing],
        "assumed": [situation.assumption(each) for each in node.assumed],
        "operands": [tree_json(situation, each, debtor) for each in node.operands],
    }


def _applies_to(situation: Situation, node: Condition) -> Json | None:
    if not isinstance(node, Approved) or node.applies_to is None:
        return None
    return situation.thing(node.applies_to)


def _operator(node: Condition) -> str | None:
    if not operands(node):
        return None
    if isinstance(node, AtLeast):
        return f"at least {node.minimum} of"
    if isinstance(node, Elapsed):
        return f"{node.days} days after"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).lower()


def _claim_json(situation: Situation, claim: Evidence) -> Json:
    def texts(name: str) -> list[str]:
        terms = situation.triples.terms(claim.id, name)
        return [term.value for term in terms if isinstance(term, ox.Literal)]

    return {
        "evidence": claim.id,
        "label": situation.name(claim.id),
        "holds": claim.holds,
        "speakers": [{"id": each, "label": situation.name(each)} for each in claim.speakers],
        "sources": [{"id": each, "label": situation.name(each)} for each in claim.sources],
        "paragraphs": texts("paragraph"),
        "quotations": texts("quotation"),
    }
