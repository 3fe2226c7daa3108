"""What sets a repeatable commitment off, and its gates narrowed to one occurrence.

Rules: docs/semantics.md, "Obligations". It rewrites gates and judges nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from graph.model import (
    After,
    AllOf,
    AnyOf,
    AtLeast,
    Before,
    Condition,
    Consents,
    Elapsed,
    Gate,
    Id,
    Not,
    Occurs,
    Undertaking,
    UndertakingKind,
    Within,
    operands,
)


def triggers(undertaking: Undertaking, debtor: Id) -> tuple[Id, ...]:
    """Give the kinds of event whose occurrences make obligations of their own for a debtor.

    None for what is not repeatable, or names no event that could set it off again.
    """
    if not undertaking.repeatable or undertaking.kind is not UndertakingKind.COMMITMENT:
        return ()
    return tuple(
        dict.fromkeys(leaf.event for leaf in awaited(undertaking, debtor) if leaf.count == 1)
    )


def awaited(undertaking: Undertaking, debtor: Id) -> Iterator[Occurs]:
    """Give the leaves that look for an event in what activates it, reservations included."""
    for one in undertaking.owing_with(debtor):
        gate = undertaking.gates_for(one).get(Gate.ACTIVATED)
        if gate is not None:
            yield from _looked_for(gate)


def _looked_for(node: Condition) -> Iterator[Occurs]:
    """Give the leaves that look for an event whose coming does good."""
    match node:
        case Occurs():
            yield node
        case Not() | Consents():
            return
        case Before():
            yield from _looked_for(node.operand)
        case _:
            for operand in operands(node):
                yield from _looked_for(operand)


def narrowed(
    undertaking: Undertaking, kind: Id, occurrence: Id, joined: Mapping[Id, tuple[Id, ...]]
) -> Undertaking:
    """Give the undertaking as it is owed for one occurrence of a kind of event.

    The occurrence takes the place of its kind in every gate. An *any of* that looks for it has no
    other way left where it sets the commitment off or times are counted from it. For the kind
    itself no case of it counts. `joined` gives the occurrences of other kinds that count where the
    activation looks for them; all do of a kind it leaves out.
    """
    beginnings = set(_beginnings(undertaking))
    activating = {leaf.id for gate in _activations(undertaking) for leaf in _looked_for(gate)}

    def narrow(node: Condition) -> Condition:
        match node:
            case Occurs(event=event, count=1) if event == kind:
                only = (occurrence,) if occurrence == kind else None
                return replace(node, event=occurrence, only=only)
            case Occurs(event=event, count=1) if event in joined and node.id in activating:
                return replace(node, only=joined[event])
            case AnyOf() if node.id in beginnings:
                chosen = tuple(each for each in node.operands if _looks_for(each, kind))
                return _below(replace(node, operands=chosen or node.operands), narrow)
        return _below(node, narrow)

    gates = {gate: narrow(node) for gate, node in undertaking.gates.items()}
    reservations = tuple(
        each if each.only_when is None else replace(each, only_when=narrow(each.only_when))
        for each in undertaking.reservations
    )
    return replace(undertaking, gates=gates, reservations=reservations, repeatable=False)


def _activations(undertaking: Undertaking) -> Iterator[Condition]:
    """Give what activates a commitment, and the further conditions of reservations."""
    if Gate.ACTIVATED in undertaking.gates:
        yield undertaking.gates[Gate.ACTIVATED]
    yield from (each.only_when for each in undertaking.reservations if each.only_when is not None)


def _beginnings(undertaking: Undertaking) -> Iterator[Id]:
    """Give each *any of* that sets a commitment off, or from which a gate counts times."""
    for node in _activations(undertaking):
        yield from _choices(node, begins=True)
    for gate, node in undertaking.gates.items():
        if gate is not Gate.ACTIVATED:
            yield from _choices(node, begins=False)


def _choices(node: Condition, *, begins: bool) -> Iterator[Id]:
    """Give each *any of* in a tree that begins something; none that is to be unmet, but anchors."""
    if begins and isinstance(node, AnyOf):
        yield node.id
    if isinstance(node, Consents):
        return
    anchor = getattr(node, "anchor", None)
    for below in operands(node):
        begun = below is anchor or (begins and not isinstance(node, Not))
        yield from _choices(below, begins=begun)


def _looks_for(node: Condition, kind: Id) -> bool:
    return any(leaf.event == kind and leaf.count == 1 for leaf in _looked_for(node))


def _below(node: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """Change what is directly below a condition; what a consent hangs on is its holder's own."""
    match node:
        case AllOf() | AnyOf() | AtLeast():
            return replace(node, operands=tuple(map(change, node.operands)))
        case Not():
            return replace(node, operand=change(node.operand))
        case After() | Before():
            return replace(node, operand=change(node.operand), anchor=change(node.anchor))
        case Within():
            anchor = None if node.anchor is None else change(node.anchor)
            return replace(node, operand=change(node.operand), anchor=anchor)
        case Elapsed():
            return replace(node, anchor=change(node.anchor))
    return node
