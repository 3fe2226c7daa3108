"""Hypothesis strategies for whole models: small ones, with everything that can go wrong in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from graph import model as m
from graph.claims import Policy, Rule
from graph.timeline import Span
from graph.truth import Truth
from graph.world import Assumption, World

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]

DEBTORS = ("debtor-a", "debtor-b")
UNDERTAKINGS = ("promise-1", "promise-2", "promise-3")
CONSENTS = ("consent-1", "consent-2")
EVENTS = ("event", "kind", "case-of-kind", "other-case")
STATES = ("state",)
APPROVALS = ("approval-a", "approval-b")
ACTS = ("act-1", "act-2", "act-3")
SOURCES = ("source-1", "source-2", "source-3")
SPEAKERS = ("authority", "debtor-a")
LAST = 20
"""The last day that evidence speaks of."""


def days() -> st.SearchStrategy[int]:
    return st.integers(1, LAST)


@st.composite
def spans(draw: Draw) -> Span:
    """Make a span that is a day in half of the cases."""
    first = draw(days())
    return Span(first, first + draw(st.sampled_from([0, 0, 0, 1, 4])))


def some_of(names: tuple[str, ...], fewest: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw one or two names, each once; none, if so few will do."""
    return st.lists(st.sampled_from(names), min_size=fewest, max_size=2, unique=True).map(tuple)


@dataclass
class Trees:
    """Draws condition trees; every node gets an id of its own.

    What stands alone looks at no other undertaking and no consent.
    """

    draw: Draw
    alone: bool = False
    ids: list[str] = field(default_factory=list)

    def tree(self, depth: int) -> m.Condition:
        kinds = self.leaves() if depth == 0 else [*self.leaves(), *self.operators(depth - 1)]
        return self.draw(st.sampled_from(kinds))()  # type: ignore[no-any-return]

    def head(self) -> dict[str, Any]:
        self.ids.append(f"condition-{len(self.ids)}")
        mode = self.draw(st.sampled_from([None, None, m.Mode.ONCE, m.Mode.THROUGHOUT]))
        return {"id": self.ids[-1], "mode": mode}

    def some(self, depth: int) -> tuple[m.Condition, ...]:
        return tuple(self.tree(depth) for _ in range(self.draw(st.integers(1, 3))))

    def one(self, *values: T) -> T:
        return self.draw(st.sampled_from(values))  # type: ignore[no-any-return]

    def window(self) -> dict[str, Any]:
        since = self.one(None, None, 3, 8)
        return {"since": since, "until": self.one(None, (since or 0) + 6)}

    def leaves(self) -> list[Callable[[], m.Condition]]:
        return [
            lambda: m.Occurs(
                **self.head(), event=self.one(*EVENTS), count=self.one(1, 1, 2, 3), **self.window()
            ),
            lambda: m.Holds(**self.head(), state_of_affairs=self.one(*STATES)),
            lambda: m.Approved(
                **self.head(),
                measure="measure",
                body=self.one(None, "body-a"),
                each_debtor=self.one(True, False),
                applies_to=self.one(None, None, "group", "debtor-b"),
            ),
            lambda: m.Determined(
                **self.head(),
                matter=self.one(*EVENTS, *STATES),
                authority=self.one(None, "authority"),
            ),
            lambda: m.DateReached(**self.head(), day=self.draw(days())),
            lambda: m.QuantityReached(
                **self.head(), stage=m.Stage.DELIVERED, quantity=Decimal("1.5"), unit="EUR"
            ),
            *([] if self.alone else self.looks()),
        ]

    def looks(self) -> list[Callable[[], m.Condition]]:
        return [
            lambda: m.InState(
                **self.head(),
                commitment=self.one(*UNDERTAKINGS),
                states=self.draw(
                    st.frozensets(st.sampled_from(m.State), min_size=1, max_size=3)
                    | st.just(frozenset({m.State.IN_FORCE}))
                ),
            ),
            lambda: m.Consents(id=self.one(*CONSENTS), actor="x", matter="y"),
        ]

    def operators(self, depth: int) -> list[Callable[[], m.Condition]]:
        def pair() -> dict[str, Any]:
            return {"operand": self.tree(depth), "anchor": self.tree(depth)}

        return [
            lambda: m.AllOf(**self.head(), operands=self.some(depth)),
            lambda: m.AnyOf(**self.head(), operands=self.some(depth)),
            lambda: m.AtLeast(**self.head(), minimum=self.one(1, 2), operands=self.some(depth)),
            lambda: m.Not(**self.head(), operand=self.tree(depth)),
            lambda: m.After(**self.head(), **pair(), days=self.one(0, 0, 2)),
            lambda: m.Before(**self.head(), **pair()),
            lambda: m.Within(**self.head(), **pair(), days=self.one(0, 3)),
            lambda: m.Within(**self.head(), operand=self.tree(depth), **self.window()),
            lambda: m.Elapsed(**self.head(), anchor=self.tree(depth), days=self.one(0, 2, 5)),
        ]


@st.composite
def claims(draw: Draw, about: tuple[str, ...], fewest: int, most: int) -> tuple[m.Evidence, ...]:
    """Make claims about matters, for and against, some of imprecise times."""
    found = []
    name = "-".join(about[:1])
    for place in range(draw(st.integers(fewest, most))):
        since = draw(spans())
        length = draw(st.sampled_from([None, None, 1, 5]))
        public = since.latest + draw(st.sampled_from([0, 0, 8]))
        found.append(
            m.Evidence(
                id=f"{name}-claim-{place}",
                matter=draw(st.sampled_from(about)),
                holds=draw(st.sampled_from([True, True, False])),
                since=since,
                until=None if length is None else Span(*[since.latest + length] * 2),
                published=Span(public, public),
                sources=draw(some_of(SOURCES, fewest=1)),
                speakers=draw(some_of(SPEAKERS, fewest=0)),
            )
        )
    return tuple(found)


def matters(draw: Draw) -> dict[str, m.Matter]:
    watched = {
        one: draw(st.sampled_from([True, True, False])) for one in (*EVENTS, *STATES, *APPROVALS)
    }
    kinds = {
        **dict.fromkeys(EVENTS, m.MatterKind.EVENT),
        **dict.fromkeys(STATES, m.MatterKind.STATE),
    }
    found = {one: m.Matter(one, kind, watched[one]) for one, kind in kinds.items()}
    for case in ("case-of-kind", "other-case"):
        found[case] = replace(found[case], occurrence_of="kind")
    for one, letter in zip(APPROVALS, "ab", strict=True):
        found[one] = m.Matter(
            one,
            m.MatterKind.APPROVAL,
            watched[one],
            body=f"body-{letter}",
            measure="measure",
            debtor=f"debtor-{letter}",
        )
    return found | {act: m.Matter(act, m.MatterKind.EVENT) for act in ACTS}


def undertaking(draw: Draw, trees: Trees, name: str, depth: int) -> m.Undertaking:
    commitment, plan = m.UndertakingKind.COMMITMENT, m.UndertakingKind.INTENTION
    gates = draw(st.sets(st.sampled_from(m.Gate), max_size=3))
    debtors = draw(st.sampled_from([DEBTORS, DEBTORS[:1], DEBTORS[1:]]))
    repeatable = draw(st.booleans())
    found = {gate: trees.tree(depth) for gate in m.Gate if gate in gates}
    if repeatable and draw(st.booleans()):
        attacked = m.Occurs(**trees.head(), event="kind")
        asked = m.Occurs(**trees.head(), event="event")
        both = m.AllOf(**trees.head(), operands=(asked, attacked))
        found[m.Gate.ACTIVATED] = draw(st.sampled_from([attacked, both]))
        found[m.Gate.DUE] = m.Elapsed(**trees.head(), anchor=attacked, days=2)
    reservations = [
        m.Reservation(
            id=f"{name}-reservation-{place}",
            debtor=draw(st.sampled_from(DEBTORS)),
            only_when=trees.tree(0) if draw(st.booleans()) else None,
            permitted=draw(st.sampled_from([True, True, False])),
        )
        for place in range(draw(st.sampled_from([0, 0, 0, 1, 2])))
    ]
    return m.Undertaking(
        id=name,
        kind=draw(st.sampled_from([commitment] * 9 + [plan])),
        debtors=debtors,
        made=draw(st.sampled_from([Span(0, 0), Span(0, 0), Span(2, 4)])),
        gates=found,
        creditors=("creditor",),
        structure=draw(st.sampled_from(m.Structure)),
        repeatable=repeatable,
        obligations_lapse=draw(st.sampled_from([False, False, True])),
        reservations=tuple(reservations),
    )


@st.composite
def models(draw: Draw, depth: int = 2, *, alone: bool = False) -> m.Model:
    """Make a model whose undertakings look at all kinds of things, and at each other."""
    trees = Trees(draw, alone)
    actors, over = st.sampled_from([*DEBTORS, "creditor"]), st.sampled_from(UNDERTAKINGS)
    effects = st.sampled_from(m.Effect)
    notices = st.sampled_from([0, 3])
    consents = {c: trees.tree(1) for c in CONSENTS if draw(st.booleans())}
    return m.Model(
        undertakings={name: undertaking(draw, trees, name, depth) for name in UNDERTAKINGS},
        matters=matters(draw),
        evidence=draw(claims((*EVENTS, *STATES, *APPROVALS), fewest=5, most=14))
        + draw(claims(ACTS, fewest=0, most=4)),
        members={"debtor-a": frozenset({"group"})},
        ranks={"source-1": 1, "source-2": 2, "source-3": 2},
        powers=tuple(
            draw(st.lists(st.builds(m.Power, actors, over, effects, notices), max_size=3))
        ),
        acts=tuple(m.Act(act, draw(actors), draw(over), draw(effects)) for act in ACTS),
        provisions=tuple(
            m.Provision(
                undertaking=draw(over),
                debtor=draw(st.sampled_from(DEBTORS)),
                stage=m.Stage.DELIVERED,
                quantity=Decimal(draw(st.sampled_from(["0.5", "1.0"]))),
                unit=draw(st.sampled_from(["EUR", "EUR", "USD"])),
                on=(on := draw(spans())),
                published=on,
                sources=draw(some_of(SOURCES, fewest=1)),
            )
            for _ in range(draw(st.integers(0, 4)))
        ),
        consents=consents,
    )


@st.composite
def worlds(draw: Draw, depth: int = 2, *, alone: bool = False, actual: bool = False) -> World:
    """Make a world: a model with a day of knowledge, a policy and, unless actual, a scenario."""
    model = draw(models(depth, alone=alone))
    sources = draw(st.sampled_from([None, None, None, frozenset(SOURCES[:2])]))
    about = st.sampled_from([*EVENTS, *STATES, *APPROVALS, *ACTS, *nodes(model)])
    assumptions = st.builds(Assumption, about, st.sampled_from(Truth), days())
    return World(
        model,
        known_at=draw(st.sampled_from([10, 30])),
        policy=Policy(draw(st.sampled_from(Rule)), sources),
        scenario=() if actual else tuple(draw(st.lists(assumptions, max_size=2))),
    )


def nodes(model: m.Model) -> list[str]:
    """Give the ids of the conditions at gates."""
    return [node.id for one in model.undertakings.values() for node in one.gates.values()]
