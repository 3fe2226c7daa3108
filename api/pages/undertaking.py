"""The page of an undertaking: where it stands, why, who must act, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from fastapi import Request

from api.asked import Asked
from api.identifiers import short
from api.jobs.circles import Unlock
from api.jobs.undertakings import Explain, Phases, Show
from api.pages.frame import Frame
from api.pages.record import speeches
from api.pages.timeline import chart
from api.pages.undertaking_drawing import gates, undertaking_drawing
from api.situation import Json
from api.v1.answering import answered
from graph.model import Id, State, Undertaking, UndertakingKind

_RULED_AT_MOST: Final = 2_000
"""In a graph of more undertakings, what would bring one in force is asked for apart."""

_NOT_YET: Final = (State.CONDITIONAL, State.UNDETERMINED, State.PROPOSED)
_UNBOUND: Final = frozenset(
    {
        *(State.NOT_MADE, State.DECLARED, State.PROPOSED, State.UNDETERMINED),
        *(State.WITHDRAWN, State.RELEASED, State.LAPSED, State.EXPIRED),
    }
)


def undertaking(
    request: Request, frame: Frame, asked: Asked, iri: Id, debtor: str | None
) -> dict[str, Any]:
    """Answer what the page asks: the state, the reasons, the course and what would change it."""
    plain, name = replace(asked, readings=()), short(iri)
    of = frame.situation.model.undertakings[iri]
    standing = answered(request, Show(plain, name))
    course = answered(request, Phases(plain, name))
    chosen = _chosen(request, plain, name, standing["debtors"], debtor)
    return {
        "of": of,
        "standing": standing,
        "groups": _groups(standing["debtors"]),
        "chosen": chosen,
        "gates": gates(chosen) if chosen else [],
        "drawing": undertaking_drawing(frame, standing, chosen) if chosen else None,
        "chart": chart(course["debtors"], asked.as_of),
        "opening": _opening(request, frame, asked, of, chosen),
        "speeches": list(speeches(frame, _about(frame, of))),
        "same": [
            {"name": title, "href": frame.api(f"commitments/{name}{path}")}
            for title, path in (
                ("Where it stands", ""),
                ("Why", "/explanation"),
                ("Its phases", "/timeline"),
            )
        ],
    }


def _chosen(
    request: Request, asked: Asked, name: str, debtors: Sequence[Json], debtor: str | None
) -> Json | None:
    """Explain it for the debtor asked for, else a typical one; the others are a link away."""
    if not debtors:
        return None
    which = debtor or short(_typical(debtors)["debtor"])
    found: Json = answered(request, Explain(asked, name, which))["debtors"][0]
    return found


def _typical(debtors: Sequence[Json]) -> Json:
    """Give the first in the state that most are in of those who are bound; of all if none is."""
    bound = [each for each in debtors if State(each["state"]) not in _UNBOUND] or debtors
    ((commonest, _),) = Counter(each["state"] for each in bound).most_common(1)
    return next(each for each in bound if each["state"] == commonest)


def _groups(debtors: Sequence[Json]) -> list[dict[str, Any]]:
    """Put together the debtors for whom it stands alike, most first."""
    found: dict[tuple[str, ...], list[Json]] = {}
    for each in debtors:
        found.setdefault((each["state"], *each["remarks"]), []).append(each)
    groups = [
        {"state": key[0], "remarks": key[1:], "debtors": these} for key, these in found.items()
    ]
    return sorted(groups, key=lambda group: -len(group["debtors"]))


def _opening(
    request: Request, frame: Frame, asked: Asked, of: Undertaking, chosen: Json | None
) -> dict[str, Any] | None:
    """Say which acts would bring it in force for a debtor; None where it is or never is."""
    if of.kind is not UndertakingKind.COMMITMENT or chosen is None:
        return None
    if State(chosen["state"]) not in _NOT_YET:
        return None
    path, who = f"commitments/{short(of.id)}/unlock", short(chosen["debtor"])
    same = frame.api(path, debtor=who, reading=list(asked.readings))
    if len(frame.situation.model.undertakings) > _RULED_AT_MOST:
        return {"same": same, "sets": None}
    found = answered(request, Unlock(asked, short(of.id), debtor=who))
    return {**found, "same": same, "actors": _actors(found["sets"])}


def _actors(sets: Sequence[Json]) -> list[dict[str, Any]]:
    """Give the actors who hold an act in any of the sets, and whether one of theirs is in all."""
    found: dict[Id, dict[str, Any]] = {}
    for each in sets:
        for holder, name in {act["holder"]: act["heldBy"] for act in each["acts"]}.items():
            if holder is not None:
                found.setdefault(holder, {"id": holder, "label": name, "sets": 0})["sets"] += 1
    actors = [{**each, "always": each["sets"] == len(sets)} for each in found.values()]
    return sorted(actors, key=lambda each: -each["sets"])


def _about(frame: Frame, of: Undertaking) -> list[Id]:
    """Give the statements about it, its component or its content, those about itself first."""
    triples = frame.situation.triples
    near = {of.id: 0}
    for name in ("component", "content"):
        near |= {each: len(near) for each in triples.ids(of.id, name)}
    found = [
        (min(near[one] for one in about), each)
        for each in triples.a("Statement", "Silence", "Obstacle")
        if (about := [one for one in triples.ids(each, "about") if one in near])
    ]
    return [each for _, each in sorted(found)]
