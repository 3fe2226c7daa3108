"""Claims come to the same for many matters at once as for one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Policy
from graph.model import Evidence, Matter, MatterKind, Model
from graph.timeline import Span, Timeline
from graph.vectorised.evidence import Heard
from graph.vectorised.groups import Grouping, Spans
from graph.vectorised.program import FAR
from graph.world import World
from tests.graph.models import APPROVALS, EVENTS, STATES, spans, worlds

MATTERS = (*EVENTS, *STATES, *APPROVALS, "never heard of")
NO_FLOOR = Span(-FAR, -FAR)


def learnt(model: Model) -> Grouping:
    grouping = Grouping()
    grouping.learn(model.matters.values(), model.evidence)
    return grouping


@settings(max_examples=300)
@given(
    worlds(depth=0, actual=True),
    st.lists(st.none() | spans(), min_size=len(MATTERS), max_size=len(MATTERS)),
    st.sampled_from([None, "authority", "nobody"]),
)
def test_matters_have_the_courses_of_the_scalar_evaluator(
    world: World, floors: list[Span | None], authority: str | None
) -> None:
    grouping = learnt(world.model)
    groups = np.array(
        [
            grouping.of(matter) if authority is None else grouping.word(matter, authority)
            for matter in MATTERS
        ]
    )
    heard = Heard(
        grouping.evidence(world.model.ranks), grouping.groups(), world.known_at, world.policy
    )
    found: dict[int, Timeline] = {}
    for places, courses in heard.courses(groups, Spans.of([one or NO_FLOOR for one in floors])):
        found |= {place: courses.timeline(row) for row, place in enumerate(places.tolist())}
    for place, (matter, floor) in enumerate(zip(MATTERS, floors, strict=True)):
        claims = world.claims(matter) if authority is None else world.findings(matter, authority)
        assert found[place] == claims.timeline(floor)


def test_a_matter_may_have_very_many_claims() -> None:
    claims = tuple(
        Evidence(
            id=f"claim-{place}",
            matter="state",
            holds=place % 3 > 0,
            since=Span(1 + place // 2, 1 + place // 2 + place % 2),
            published=Span(1, 1),
            sources=("source",),
        )
        for place in range(300)
    )
    model = Model({}, {"state": Matter("state", MatterKind.STATE)}, claims)
    grouping = learnt(model)
    group = np.array([grouping.of("state")] * 7)
    heard = Heard(grouping.evidence({}), grouping.groups(), 400, Policy())
    expected = World(model, 400).claims("state").timeline()
    parts = list(heard.courses(group, Spans.of([NO_FLOOR] * 7)))
    assert len(parts) > 1
    for places, courses in parts:
        assert [courses.timeline(row) for row in range(len(places))] == [expected] * len(places)
