"""What sets a repeatable commitment off, and its conditions as they are for one occurrence."""

from __future__ import annotations

from dataclasses import replace

from graph import model as m
from tests.graph.naive.states import conditions, reserved


def seen(node: m.Condition) -> list[m.Occurs]:
    """Give the leaves that look for one occurrence of an event and whose coming is wanted."""
    if isinstance(node, m.Occurs):
        return [node] if node.count == 1 else []
    if isinstance(node, m.Not | m.Consents):
        return []
    names = ("operand",) if isinstance(node, m.Before) else ("operand", "anchor")
    single = (getattr(node, name, None) for name in names)
    below = [*getattr(node, "operands", ()), *(one for one in single if one is not None)]
    return [leaf for one in below for leaf in seen(one)]


def kinds(subject: m.Undertaking, debtor: str) -> list[str]:
    if subject.kind is not m.UndertakingKind.COMMITMENT or not subject.repeatable:
        return []
    joint = subject.structure is m.Structure.JOINT
    owing = [one for one in subject.debtors if not reserved(subject, one)] if joint else [debtor]
    gates = [node for one in owing for node in conditions(subject, one, m.Gate.ACTIVATED)]
    return list(dict.fromkeys(leaf.event for gate in gates for leaf in seen(gate)))


def joined(subject: m.Undertaking, earlier: dict[str, tuple[str, ...]]) -> m.Undertaking:
    """Count of each kind that is given no more than what came earlier, in what sets it off."""
    reserved_for = [one.only_when for one in subject.reservations if one.only_when]
    setting_off = [subject.gates.get(m.Gate.ACTIVATED), *reserved_for]
    leaves = {leaf.id for node in setting_off if node is not None for leaf in seen(node)}

    def lessened(node: m.Condition) -> m.Condition:
        if isinstance(node, m.Occurs) and node.id in leaves and node.event in earlier:
            return replace(node, only=earlier[node.event])
        if isinstance(node, m.AllOf | m.AnyOf | m.AtLeast):
            return replace(node, operands=tuple(map(lessened, node.operands)))
        if isinstance(node, m.Consents):
            return node
        below = {name: getattr(node, name, None) for name in ("operand", "anchor")}
        changed = {name: lessened(one) for name, one in below.items() if one is not None}
        return replace(node, **changed)  # type: ignore[arg-type]

    return replace(
        subject,
        gates={gate: lessened(node) for gate, node in subject.gates.items()},
        reservations=tuple(
            replace(one, only_when=lessened(one.only_when)) if one.only_when else one
            for one in subject.reservations
        ),
    )


def narrow(node: m.Condition, kind: str, case: str, begins: bool) -> m.Condition:
    if isinstance(node, m.Occurs):
        meant = node.count == 1 and node.event == kind
        return replace(node, event=case, only=(case,) if case == kind else None) if meant else node
    if isinstance(node, m.AllOf | m.AnyOf | m.AtLeast):
        ways = node.operands
        if isinstance(node, m.AnyOf) and begins:
            ways = tuple(o for o in ways if any(leaf.event == kind for leaf in seen(o))) or ways
        return replace(node, operands=tuple(narrow(one, kind, case, begins) for one in ways))
    if isinstance(node, m.Consents):
        return node
    if isinstance(node, m.Not):
        return replace(node, operand=narrow(node.operand, kind, case, False))
    changed = {
        name: narrow(one, kind, case, begins or name == "anchor")
        for name in ("operand", "anchor")
        if (one := getattr(node, name, None)) is not None
    }
    return replace(node, **changed)  # type: ignore[arg-type]
