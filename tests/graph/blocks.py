"""Writes models as quads, one block for each thing, from which graphs can be put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pyoxigraph as ox

from graph import model as m
from graph.namespaces import DATA, PREFIXES, SV
from graph.timeline import Span
from graph.trees import KINDS, STATES
from tests.graph.conftest import typed

GRAPH = ox.NamedNode(DATA + "drawn")
BASE = "https://example.org/"
Block = frozenset[ox.Quad]
Said = Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]

_GATES = {
    m.Gate.ESTABLISHED: "establishedWhen",
    m.Gate.ACTIVATED: "activatedWhen",
    m.Gate.DISCHARGED: "dischargedWhen",
    m.Gate.SUSPENDED: "suspendedWhen",
    m.Gate.ENDS: "endsWhen",
    m.Gate.DUE: "dueBy",
}
_STRUCTURES = {
    m.Structure.INDIVIDUAL: "IndividualDebtor",
    m.Structure.SEVERAL: "SeveralDebtors",
    m.Structure.JOINT: "JointDebtors",
    m.Structure.JOINT_AND_SEVERAL: "JointAndSeveralDebtors",
    m.Structure.LEAD: "LeadDebtor",
    m.Structure.BODY: "BodyDebtor",
}
_MATTERS = {
    m.MatterKind.EVENT: "Event",
    m.MatterKind.STATE: "StateOfAffairs",
    m.MatterKind.APPROVAL: "Approval",
}
_EFFECTS = {
    m.Effect.RELEASE: "ReleaseEffect",
    m.Effect.WITHDRAW: "WithdrawalEffect",
    m.Effect.SUSPEND: "SuspensionEffect",
    m.Effect.RESUME: "ResumptionEffect",
    m.Effect.TERMINATE: "TerminationEffect",
}
_MODES = {m.Mode.ONCE: "Once", m.Mode.THROUGHOUT: "Throughout"}
_STATE_NAMES = {state: name for name, state in STATES.items()}
_KIND_NAMES = {kind: name for name, kind in KINDS.items()}


def iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(BASE + name)


def blocks(model: m.Model) -> dict[str, Block]:
    """Give each thing of a model as quads, by its name; no two share a condition."""
    acts = {act.event: act for act in model.acts}
    found: dict[str, Iterable[tuple[str, str, ox.NamedNode | ox.Literal]]] = {
        **{one.id: _undertaking(one) for one in model.undertakings.values()},
        **{one.id: _matter(one, acts.get(one.id)) for one in model.matters.values()},
        **{claim.id: _evidence(claim) for claim in model.evidence},
        **{source: _source(source, rank) for source, rank in model.ranks.items()},
        **{f"power-{n}": _power(f"power-{n}", one) for n, one in enumerate(model.powers)},
        **{f"given-{n}": _provision(f"given-{n}", one) for n, one in enumerate(model.provisions)},
        **{consent: _consent(consent, tree) for consent, tree in model.consents.items()},
        **{reading.id: _reading(reading) for reading in model.readings.values()},
        **{actor: _member(actor, groups) for actor, groups in model.members.items()},
    }
    return {name: frozenset(_quads(said)) for name, said in found.items()}


def _quads(
    said: Iterable[tuple[str, str, ox.NamedNode | ox.Literal]],
) -> Iterator[ox.Quad]:
    for subject, name, value in said:
        predicate = PREFIXES["rdf"] + "type" if name == "a" else SV + name
        yield ox.Quad(iri(subject), ox.NamedNode(predicate), value, GRAPH)


def _word(name: str) -> ox.NamedNode:
    return ox.NamedNode(SV + name)


def _moment(day: int) -> ox.Literal:
    return typed(f"{date.fromordinal(day).isoformat()}T00:00:00Z", "dateTime")


def _truth(value: bool) -> ox.Literal:
    return typed(str(value).lower(), "boolean")


def _number(value: int) -> ox.Literal:
    return typed(str(value), "integer")


def _time(subject: str, name: str, span: Span, precision: str = "precision") -> Said:
    yield subject, name, _moment(max(span.earliest, 1))
    if span.earliest != span.latest:
        yield subject, precision, _word("MonthPrecision")


def _undertaking(one: m.Undertaking) -> Said:
    yield one.id, "a", _word(_KIND_NAMES[one.kind])
    yield one.id, "debtorStructure", _word(_STRUCTURES[one.structure])
    yield one.id, "repeatable", _truth(one.repeatable)
    yield one.id, "obligationsLapse", _truth(one.obligations_lapse)
    for debtor in one.debtors:
        yield one.id, "debtor", iri(debtor)
    for creditor in one.creditors:
        yield one.id, "creditor", iri(creditor)
    if one.made.latest > 0:
        yield from _time(one.id, "madeOn", one.made)
    for gate, node in one.gates.items():
        yield from _under(one.id, _GATES[gate], node)
    for made in one.reservations:
        yield from _reservation(one.id, made)


def _reservation(undertaking: str, made: m.Reservation) -> Said:
    """Give each reservation an adherence and a text of its own, which permits it or not."""
    yield f"{made.id}-adherence", "a", _word("Adherence")
    yield f"{made.id}-adherence", "party", iri(made.debtor)
    yield f"{made.id}-adherence", "hasReservation", iri(made.id)
    yield f"{made.id}-adherence", "adheresTo", iri(f"{made.id}-text")
    yield f"{made.id}-text", "permitsReservations", _truth(made.permitted)
    yield made.id, "reserves", iri(undertaking)
    if made.only_when is not None:
        yield from _under(made.id, "appliesOnlyWhen", made.only_when)


def _matter(one: m.Matter, act: m.Act | None) -> Said:
    yield one.id, "a", _word(_MATTERS[one.kind])
    yield one.id, "monitored", _truth(one.monitored)
    links = {"approvalBy": one.body, "approvalOf": one.measure, "approvalFor": one.debtor}
    for name, other in {**links, "occurrenceOf": one.occurrence_of}.items():
        if other is not None:
            yield one.id, name, iri(other)
    for node in one.enabled_when:
        yield from _under(one.id, "enabledWhen", node)
    if act is not None:
        yield one.id, "a", _word("Act")
        yield one.id, "actBy", iri(act.actor)
        yield one.id, "actOn", iri(act.undertaking)
        yield one.id, "effect", _word(_EFFECTS[act.effect])


def _evidence(claim: m.Evidence) -> Said:
    yield claim.id, "a", _word("Evidence")
    yield claim.id, "evidenceFor", iri(claim.matter)
    yield claim.id, "polarity", _truth(claim.holds)
    for source in claim.sources:
        yield claim.id, "source", iri(source)
    for speaker in claim.speakers:
        yield claim.id, "speaker", iri(speaker)
    yield from _time(claim.id, "validFrom", claim.since)
    yield from _time(claim.id, "publishedOn", claim.published, "publicationPrecision")
    if claim.until is not None:
        yield from _time(claim.id, "validUntil", claim.until)


def _source(source: str, rank: int) -> Said:
    yield source, "a", _word("Source")
    yield source, "rank", _number(rank)


def _power(name: str, power: m.Power) -> Said:
    yield name, "a", _word("Power")
    yield name, "powerHolder", iri(power.holder)
    yield name, "powerOver", iri(power.undertaking)
    yield name, "effect", _word(_EFFECTS[power.effect])
    yield name, "noticeDays", _number(power.notice)


def _provision(name: str, one: m.Provision) -> Said:
    yield name, "a", _word("Provision")
    yield name, "providedUnder", iri(one.undertaking)
    yield name, "providedBy", iri(one.debtor)
    yield name, "quantityStage", _word("Delivered")
    for source in one.sources:
        yield name, "source", iri(source)
    yield name, "provided", iri(f"{name}-amount")
    yield f"{name}-amount", "quantity", typed(str(one.quantity), "decimal")
    yield f"{name}-amount", "unit", ox.Literal(one.unit)
    yield from _time(name, "providedOn", one.on)
    yield from _time(name, "publishedOn", one.published, "publicationPrecision")


def _member(actor: str, groups: Iterable[str]) -> Said:
    yield actor, "a", _word("State")
    for group in groups:
        yield actor, "memberOf", iri(group)
        yield group, "a", _word("Group")


def _reading(reading: m.Reading) -> Said:
    yield reading.id, "a", _word("Reading")
    yield reading.id, "readingOf", iri(f"{reading.id}-term")
    if reading.matter is not None:
        yield f"{reading.id}-term", "denotes", iri(reading.matter)
    if reading.taken_as is not None:
        yield reading.id, "takenAs", iri(reading.taken_as)
    for node in reading.presupposes:
        yield from _under(reading.id, "presupposes", node)


def _consent(name: str, tree: m.Condition) -> Said:
    yield from _under(name, "consentsWhen", tree)


# Conditions: each is named after the thing it belongs to; a consent is the same for all


def _under(owner: str, name: str, node: m.Condition) -> Said:
    yield owner, name, iri(_node_name(owner, node))
    yield from _node(owner, node)


def _node_name(owner: str, node: m.Condition) -> str:
    return node.id if isinstance(node, m.Consents) else f"{owner.partition('/')[0]}/{node.id}"


def _node(owner: str, node: m.Condition) -> Said:
    name = _node_name(owner, node)
    yield name, "a", _word(type(node).__name__)
    yield from _fields(name, node)
    anchor = getattr(node, "anchor", None)
    for operand in m.operands(node):
        prop = "anchor" if operand is anchor else "operand"
        yield name, prop, iri(_node_name(owner, operand))
        yield from _node(owner, operand)


_FIELDS: dict[str, tuple[str, Callable[[Any], ox.NamedNode | ox.Literal]]] = {
    "minimum": ("minimum", _number),
    "days": ("days", _number),
    "count": ("minimumCount", _number),
    "event": ("matter", iri),
    "state_of_affairs": ("matter", iri),
    "matter": ("matter", iri),
    "authority": ("determinedBy", iri),
    "measure": ("measure", iri),
    "each_debtor": ("eachDebtor", _truth),
    "body": ("approver", iri),
    "applies_to": ("appliesTo", iri),
    "actor": ("consentOf", iri),
    "commitment": ("inStateOf", iri),
    "since": ("windowFrom", _moment),
    "until": ("windowUntil", _moment),
    "day": ("date", _moment),
    "mode": ("gateMode", lambda mode: _word(_MODES[mode])),
}


def _fields(name: str, node: m.Condition) -> Said:
    for field, (prop, write) in _FIELDS.items():
        if (value := getattr(node, field, None)) is not None:
            yield name, prop, write(value)
    if isinstance(node, m.InState):
        for state in node.states:
            yield name, "requiredState", _word(_STATE_NAMES[state])
    if isinstance(node, m.QuantityReached):
        yield name, "quantityStage", _word("Delivered")
        yield name, "threshold", iri(f"{name}-amount")
        yield f"{name}-amount", "quantity", typed(str(node.quantity), "decimal")
        yield f"{name}-amount", "unit", ox.Literal(node.unit)
