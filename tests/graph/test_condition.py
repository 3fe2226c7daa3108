from __future__ import annotations

from decimal import Decimal

from graph.condition import Evaluation
from graph.model import (
    After,
    AllOf,
    Condition,
    Consents,
    DateReached,
    Elapsed,
    Evidence,
    Holds,
    InState,
    Matter,
    MatterKind,
    Model,
    Provision,
    QuantityReached,
    Stage,
    State,
    Structure,
    Undertaking,
    UndertakingKind,
)
from graph.questions import ConsentTo, Owed, Question, StateOf, questions
from graph.timeline import Span, constant
from graph.truth import HOLDING, MET, WAITING
from graph.world import World

DAY = Span(5, 5)
PROMISE = Undertaking("promise", UndertakingKind.COMMITMENT, ("a", "b"), made=Span(0, 0))
OTHER = Undertaking("other", UndertakingKind.COMMITMENT, ("b", "c"), made=Span(0, 0))
IN_FORCE = InState(id="in-force", commitment="other", states=frozenset({State.IN_FORCE}))


def model(**parts: object) -> Model:
    return Model({"promise": PROMISE, "other": OTHER}, **parts)  # type: ignore[arg-type]


def evaluation(of: Model) -> Evaluation:
    return Evaluation(World(of, known_at=100), lambda _: constant(WAITING))


def asked(node: Condition, debtor: str) -> list[Question]:
    return list(questions(node, Owed(debtor, PROMISE), model()))


def test_a_tree_asks_about_the_same_debtor_where_it_owes_both() -> None:
    assert asked(IN_FORCE, "b") == [StateOf("other", "b", IN_FORCE.states)]


def test_a_tree_asks_about_every_debtor_of_what_another_owes() -> None:
    assert asked(IN_FORCE, "a") == [
        StateOf("other", "b", IN_FORCE.states),
        StateOf("other", "c", IN_FORCE.states),
    ]


def test_a_tree_asks_at_whatever_depth_but_not_below_a_consent() -> None:
    consent = Consents(id="consent", actor="x", matter="y", when=IN_FORCE)
    anchor = Elapsed(id="elapsed", anchor=IN_FORCE, days=3)
    tree = After(id="after", operand=AllOf(id="all", operands=(consent,)), anchor=anchor)
    assert asked(tree, "b") == [
        ConsentTo("consent", "promise", "b"),
        StateOf("other", "b", IN_FORCE.states),
    ]


def test_an_answer_may_change_once_what_was_kept_is_forgotten() -> None:
    answers = [constant(WAITING), constant(HOLDING)]
    judged = Evaluation(World(model(), known_at=100), lambda _: answers[0])
    owed = Owed("b", PROMISE)
    assert judged.timeline(IN_FORCE, owed).at(5) == WAITING
    del answers[0]
    assert judged.timeline(IN_FORCE, owed).at(5) == WAITING
    judged.forget("promise", "b")
    assert judged.timeline(IN_FORCE, owed).at(5) == HOLDING


def test_a_state_of_another_commitment_with_no_named_debtor_is_unknown() -> None:
    nobody = Undertaking("other", UndertakingKind.COMMITMENT, (), made=Span(0, 0))
    of = Model({"promise": PROMISE, "other": nobody})
    assert evaluation(of).timeline(IN_FORCE, Owed("a", PROMISE)).at(5).truth.value == "unknown"


def test_a_reading_of_what_holds_after_a_date_needs_a_later_claim() -> None:
    truce = Matter("truce", MatterKind.STATE, monitored=True)
    claim = Evidence("claim", "truce", True, since=DAY, published=DAY, sources=("s",))
    of = model(matters={"truce": truce}, evidence=(claim,))
    holds = Holds(id="holds", state_of_affairs="truce")
    earlier, same = DateReached(id="earlier", day=4), DateReached(id="same", day=5)
    judged, owed = evaluation(of), Owed("a", PROMISE)
    assert judged.timeline(After(id="1", operand=holds, anchor=earlier), owed).at(9) == HOLDING
    assert judged.timeline(After(id="2", operand=holds, anchor=same), owed).at(9) == WAITING


def test_only_provisions_of_the_undertaking_itself_count() -> None:
    def given(undertaking: str) -> Provision:
        amount = Decimal(1)
        return Provision(undertaking, "a", Stage.PLEDGED, amount, "EUR", DAY, DAY, ("s",))

    node = QuantityReached(id="q", stage=Stage.PLEDGED, quantity=Decimal(1), unit="EUR")
    of = model(provisions=(given("promise"), given("other")))
    assert evaluation(of).counted(node, Owed("a", PROMISE)) == [given("promise")]
    assert evaluation(of).timeline(node, Owed("a", PROMISE)).at(5) == MET
    assert evaluation(of).counted(node, Owed("b", PROMISE)) == []
    joint = Undertaking(
        "promise", PROMISE.kind, PROMISE.debtors, PROMISE.made, structure=Structure.JOINT
    )
    assert evaluation(of).counted(node, Owed("b", joint)) == [given("promise")]
