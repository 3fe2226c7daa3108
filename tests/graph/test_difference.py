from __future__ import annotations

from hypothesis import given, settings

from graph import model as m
from graph.difference import Cause, Turn, View, causes, differences
from graph.lifecycle import Lifecycle
from graph.timeline import Span
from graph.truth import HOLDING, MET, RULED_OUT, WAITING
from graph.world import World
from tests.graph.models import LAST, worlds

TRUCE = m.Occurs(id="on-truce", event="truce")
VOTE = m.Occurs(id="on-vote", event="vote")


def claim(matter: str, since: int) -> m.Evidence:
    on = Span(since, since)
    return m.Evidence(f"{matter}-{since}", matter, True, on, published=on, sources=("s",))


def promise(gates: dict[m.Gate, m.Condition], **parts: object) -> m.Undertaking:
    given: dict[str, object] = {"debtors": ("d",), "made": Span(1, 1), **parts}
    kind = m.UndertakingKind.COMMITMENT
    return m.Undertaking("p", kind, gates=gates, **given)  # type: ignore[arg-type]


def lifecycle(subject: m.Undertaking, *evidence: m.Evidence, **parts: object) -> Lifecycle:
    matters = {
        name: m.Matter(name, m.MatterKind.EVENT, monitored=True)
        for name in ("truce", "vote", "leave")
    }
    model = m.Model({"p": subject}, matters, evidence, **parts)  # type: ignore[arg-type]
    return Lifecycle(World(model, known_at=100))


def why(lives: Lifecycle, before: int, after: int) -> tuple[Cause, ...]:
    subject = lives.world.model.undertakings["p"]
    return causes(subject, "d", View(lives, before), View(lives, after))


def came_about(node: m.Condition) -> Cause:
    return Cause(Turn.CONDITION, node.id, node, WAITING, MET)


def test_the_lowest_condition_that_changed_is_the_cause() -> None:
    both = m.AllOf(id="both", operands=(TRUCE, VOTE))
    lives = lifecycle(promise({m.Gate.ACTIVATED: both}), claim("truce", 3), claim("vote", 5))
    assert why(lives, 4, 5) == (came_about(VOTE),)
    assert why(lives, 2, 5) == (came_about(TRUCE), came_about(VOTE))


def test_a_window_that_closes_is_itself_the_cause() -> None:
    window = m.Within(id="window", operand=TRUCE, until=5)
    lives = lifecycle(promise({m.Gate.ACTIVATED: window}))
    assert why(lives, 4, 5) == (Cause(Turn.CONDITION, "window", window, WAITING, RULED_OUT),)


def test_of_several_gates_those_that_turned_are_looked_at() -> None:
    leave = m.Occurs(id="on-leave", event="leave")
    end = m.AllOf(id="end", operands=(VOTE, leave))
    gates: dict[m.Gate, m.Condition] = {m.Gate.ACTIVATED: TRUCE, m.Gate.ENDS: end}
    lives = lifecycle(promise(gates), claim("truce", 3), claim("vote", 3), claim("leave", 4))
    assert why(lives, 2, 3) == (came_about(TRUCE),)
    assert why(lives, 3, 4) == (came_about(leave),)


def test_the_days_on_which_it_is_made_and_falls_due_are_causes() -> None:
    due = m.DateReached(id="due", day=9)
    lives = lifecycle(promise({m.Gate.DUE: due}, made=Span(2, 4)))
    assert why(lives, 1, 2) == why(lives, 3, 4) == (Cause(Turn.MADE, "p"),)
    assert why(lives, 2, 3) == ()
    assert why(lives, 9, 10) == (Cause(Turn.DUE, "p"),)


def test_an_act_that_takes_effect_is_a_cause() -> None:
    lives = lifecycle(
        promise({}),
        claim("leave", 3),
        acts=(
            m.Act("leave", "d", "p", m.Effect.WITHDRAW),
            m.Act("truce", "d", "p", m.Effect.TERMINATE),
        ),
        powers=(m.Power("d", "p", m.Effect.WITHDRAW, notice=4),),
    )
    assert why(lives, 6, 7) == (Cause(Turn.ACT, "leave"),)
    assert why(lives, 2, 6) == ()


def test_joint_debtors_see_what_changed_for_any_of_them() -> None:
    approvals = {
        f"vote-{debtor}": m.Matter(
            f"vote-{debtor}", m.MatterKind.APPROVAL, True, measure="law", debtor=debtor
        )
        for debtor in "de"
    }
    node = m.Approved(id="approved", measure="law", each_debtor=True)
    subject = promise({m.Gate.ACTIVATED: node}, debtors=("d", "e"), structure=m.Structure.JOINT)
    model = m.Model({"p": subject}, approvals, (claim("vote-e", 5),))
    assert why(Lifecycle(World(model, known_at=100)), 4, 5) == (came_about(node),)


def test_a_change_of_what_is_waited_for_is_no_change_of_state() -> None:
    both = m.AllOf(id="both", operands=(TRUCE, VOTE))
    lives = lifecycle(promise({m.Gate.ACTIVATED: both}), claim("truce", 3), claim("vote", 5))
    (waits,) = differences(View(lives, 2), View(lives, 3))
    (stands,) = differences(View(lives, 3), View(lives, 5))
    assert (waits.of_state, stands.of_state) == (False, True)
    assert (stands.undertaking, stands.debtor) == ("p", "d")


def test_a_state_of_affairs_that_begins_to_hold_is_named_with_its_verdicts() -> None:
    matters = {"calm": m.Matter("calm", m.MatterKind.STATE, monitored=True)}
    node = m.Holds(id="holds", state_of_affairs="calm")
    model = m.Model({"p": promise({m.Gate.ACTIVATED: node})}, matters, (claim("calm", 5),))
    found = why(Lifecycle(World(model, known_at=100)), 4, 5)
    assert found == (Cause(Turn.CONDITION, "holds", node, WAITING, HOLDING),)


@settings(max_examples=50)
@given(worlds())
def test_no_phase_begins_without_a_cause(world: World) -> None:
    lives = Lifecycle(world)
    for subject in world.model.undertakings.values():
        for debtor in subject.debtors:
            for phase in lives.phases(subject.id, debtor)[1:]:
                before, after = View(lives, phase.start - 1), View(lives, phase.start)
                assert causes(subject, debtor, before, after)


@settings(max_examples=25)
@given(worlds())
def test_a_view_does_not_differ_from_itself(world: World) -> None:
    view = View(Lifecycle(world), LAST // 2)
    assert list(differences(view, View(Lifecycle(world), LAST // 2))) == []
