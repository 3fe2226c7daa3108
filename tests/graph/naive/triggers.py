"""What sets a repeatable commitment off, and its conditions as they are for one occurrence."""

from __future__ import annotations

from dataclasses import replace

from graph import model as m


def seen(node: m.Condition) -> list[m.Occurs]:
    """Give the leaves that look for one occurrence of an event and whose coming is wanted."""
    if isinstance(node, m.Occurs):
        return [node] if node.count == 1 else []
    if isinstance(node, m.Not | m.Consents):
        return []
    single = (getattr(node, name, None) for name in ("operand", "anchor"))
    below = [*getattr(node, "operands", ()), *(one for one in single if one is not None)]
    return [leaf for one in below for leaf in seen(one)]


def kinds(subject: m.Undertaking) -> set[str]:
    gate = subject.gates.get(m.Gate.ACTIVATED)
    owed = subject.kind is m.UndertakingKind.COMMITMENT and subject.repeatable
    return {leaf.event for leaf in seen(gate)} if owed and gate is not None else set()


def narrow(node: m.Condition, kind: str, case: str, begins: bool) -> m.Condition:
    if isinstance(node, m.Occurs):
        meant = node.count == 1 and node.event == kind
        return replace(node, event=case, alone=case == kind) if meant else node
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
