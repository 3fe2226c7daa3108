"""Judges the state a change leads to: a slice of it where that is enough, else all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.candidate import Candidate
from graph.jury import findings_of
from graph.namespaces import PREFIXES
from graph.rules import Rules
from graph.slices.affected import MOST_FOCI, Affected, TooMany
from graph.slices.reads import SUBCLASS, Reads, reads_of
from graph.validate import Finding, judge_by

_HIERARCHY: Final = frozenset((SUBCLASS, PREFIXES["rdfs"] + "subPropertyOf"))


@dataclass(frozen=True)
class Verdict:
    """What was found of the things judged, most severe first.

    `foci` are the IRIs of the things a slice was made for; None: everything was judged, and
    `reason` says why.
    """

    findings: tuple[Finding, ...]
    foci: frozenset[str] | None = None
    reason: str | None = None


Judge: TypeAlias = Callable[[Candidate, Rules, str | None], Verdict]
"""What does as `judge_change` does, here or elsewhere."""


def judge_change(state: Candidate, rules: Rules, all_because: str | None = None) -> Verdict:
    """Find what is wrong with the things that a change can touch; `all_because` has all judged.

    The findings are those that `validate` of the whole new state has for these things, with pySHACL
    as the judge of both. Raises UnreadableInput as `validate` does.
    """
    if all_because is not None:
        return _judge_all(state, all_because, rules)
    reads = reads_of(rules)
    reason = _too_wide(state, reads)
    if reason is None:
        affected = Affected(reads, state)
        try:
            foci = affected.foci()
        except TooMany:
            reason = f"more than {MOST_FOCI:,} things hang on what it changes"
        else:
            found = judge_by(rules, affected.slice(foci)).findings
            names = frozenset(each.value for each in foci if not isinstance(each, ox.Triple))
            return Verdict(tuple(each for each in found if each.focus in names), names)
    return _judge_all(state, reason, rules)


def _judge_all(state: Candidate, reason: str, rules: Rules) -> Verdict:
    return Verdict(tuple(findings_of(rules, list(state.quads()))), reason=reason)


def _too_wide(state: Candidate, reads: Reads) -> str | None:
    """Say why a change cannot be judged by a slice, if the change itself tells."""
    for rule, why in reads.unsupported.items():
        return f"the rule {rule} cannot be followed: {why}"
    changed = [*state.change.adds, *state.change.removes]
    if len({quad.subject for quad in changed}) > MOST_FOCI:
        return f"it touches more than {MOST_FOCI:,} things"
    if any(quad.predicate.value in _HIERARCHY for quad in changed):
        return "it changes what is a kind of what"
    return None
