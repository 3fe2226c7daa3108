"""Writes gates and amounts as constraints of ODRL 2.2, and notes what they leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import PREFIXES, SV
from graph.triples import Triples

ODRL: Final = "http://www.w3.org/ns/odrl/2/"
Notes: TypeAlias = list[str]
_Node: TypeAlias = ox.NamedNode | ox.Literal
_RDF: Final = PREFIXES["rdf"]
_TYPE: Final = ox.NamedNode(_RDF + "type")
_VALUE: Final = ox.NamedNode(_RDF + "value")
_NIL: Final = ox.NamedNode(_RDF + "nil")
_LABEL: Final = PREFIXES["rdfs"] + "label"
_DATE_TIME: Final = ox.NamedNode(PREFIXES["xsd"] + "dateTime")
_DECIMAL: Final = ox.NamedNode(PREFIXES["xsd"] + "decimal")
_BOUNDS: Final = {"ExactAmount": "eq", "AtLeastAmount": "gteq", "AtMostAmount": "lteq"}
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
# Each of the alternatives is written out; what has more of them is named instead.
_MOST_ALTERNATIVES: Final = 20


def odrl(name: str) -> ox.NamedNode:
    """Give a term of ODRL."""
    return ox.NamedNode(ODRL + name)


@dataclass
class Constraints:
    """The constraints of one rule, named after it; what they cannot say goes to `notes`."""

    t: Triples
    rule: str
    notes: Notes
    _count: int = 0

    def action(self, deed: str, due: Sequence[str]) -> Iterator[ox.Triple]:
        """State the action and target of the rule, refined by amounts, places and a due day."""
        rule, target = ox.NamedNode(self.rule), self._target(deed)
        yield ox.Triple(rule, odrl("target"), target)
        yield ox.Triple(target, _TYPE, odrl("Asset"))
        kinds = self.t.ids(deed, "actionType")
        # One action to a rule: a deed of several kinds is an action of its own.
        kind = ox.NamedNode(kinds[0] if len(kinds) == 1 else f"{deed}#action")
        yield ox.Triple(kind, _TYPE, odrl("Action"))
        # The information model has no action but `use` and `transfer` that is in no other.
        yield ox.Triple(kind, odrl("includedIn"), odrl("use"))
        for each in kinds if len(kinds) > 1 else ():
            yield ox.Triple(kind, ox.NamedNode(SV + "actionType"), ox.NamedNode(each))
        made = [*self._refinements(deed, due)]
        refined = [each for each, _ in made if each is not None]
        yield from (triple for _, triples in made for triple in triples)
        if not refined:
            yield ox.Triple(rule, odrl("action"), kind)
            return
        action = ox.NamedNode(f"{self.rule}-action")
        yield ox.Triple(rule, odrl("action"), action)
        yield ox.Triple(action, _TYPE, odrl("Action"))
        yield ox.Triple(action, _VALUE, kind)
        yield from (ox.Triple(action, odrl("refinement"), each) for each in refined)

    def activation(self, gates: Sequence[str]) -> Iterator[ox.Triple]:
        """State what activates the commitment as constraints of the rule."""
        for gate in gates:
            node, triples = self._condition(gate)
            yield ox.Triple(ox.NamedNode(self.rule), odrl("constraint"), node)
            yield from triples

    def _target(self, deed: str) -> ox.NamedNode:
        brought = self.t.ids(deed, "bringsAbout")
        return ox.NamedNode(brought[0] if len(brought) == 1 else deed)

    def _refinements(
        self, deed: str, due: Sequence[str]
    ) -> Iterator[tuple[ox.NamedNode | None, list[ox.Triple]]]:
        for amount in self.t.ids(deed, "amount"):
            yield self._amount(amount)
        for place in self.t.ids(deed, "location"):
            yield self._leaf("spatial", "eq", ox.NamedNode(place))
        for domain in self.t.ids(deed, "domain"):
            self.notes.append(f"ODRL has no word for: it takes place in {self._called(domain)}")
        for text in self.t.texts(deed, "purpose"):
            yield self._leaf("purpose", "eq", ox.Literal(text))
        for gate in due:
            if self._is(gate, "DateReached"):
                yield self._leaf("dateTime", "lteq", self._date(gate))
            else:
                self.notes.append(f"ODRL has no word for: it is due by {self._called(gate)}")

    def _amount(self, amount: str) -> tuple[ox.NamedNode | None, list[ox.Triple]]:
        bound = _BOUNDS.get(self.t.word(amount, "amountBound") or "")
        unit = self.t.text(amount, "unit") or ""
        called = self._called(amount)
        if bound is None or "%" in unit:
            self.notes.append(f"ODRL has no word for this amount: {called}")
            return None, []
        if set(self.t.about(amount)) & {SV + name for name in ("yearly", "coversFrom")}:
            self.notes.append(f"ODRL has no word for the time that an amount is for: {called}")
        value = ox.Literal(f"{self.t.decimal(amount, 'quantity'):f}", datatype=_DECIMAL)
        is_money = _CURRENCY.fullmatch(unit) is not None
        node, triples = self._leaf("payAmount" if is_money else "count", bound, value)
        code = f"urn:iso:std:iso:4217:{unit}" if is_money else amount
        return node, [*triples, ox.Triple(node, odrl("unit"), ox.NamedNode(code))]

    def _condition(self, iri: str) -> tuple[ox.NamedNode, list[ox.Triple]]:
        for kind, write in self._writers().items():
            if self._is(iri, kind):
                return write(iri)
        return self._named(iri)

    def _writers(
        self,
    ) -> Mapping[str, Callable[[str], tuple[ox.NamedNode, list[ox.Triple]]]]:
        return {
            "AllOf": lambda iri: self._combined("and", self._operands(iri)),
            "AnyOf": lambda iri: self._combined("or", self._operands(iri)),
            "AtLeast": self._at_least,
            "DateReached": lambda iri: self._leaf("dateTime", "gteq", self._date(iri)),
            "Occurs": self._occurs,
            "Holds": lambda iri: self._leaf("event", "eq", self._matter(iri)),
            "Not": self._not,
        }

    def _occurs(self, iri: str) -> tuple[ox.NamedNode, list[ox.Triple]]:
        if self._is_bounded(iri):
            return self._named(iri)
        return self._leaf("event", "gteq", self._matter(iri))

    def _is_bounded(self, iri: str) -> bool:
        """Tell whether an event has to come within a window, or more than once."""
        bounds = {SV + name for name in ("windowFrom", "windowUntil", "minimumCount")}
        return bool(bounds & self.t.about(iri).keys())

    def _not(self, iri: str) -> tuple[ox.NamedNode, list[ox.Triple]]:
        (operand,) = self._operands(iri)
        if self._is(operand, "Occurs") and not self._is_bounded(operand):
            return self._leaf("event", "lt", self._matter(operand))
        return self._named(iri)

    def _at_least(self, iri: str) -> tuple[ox.NamedNode, list[ox.Triple]]:
        operands, least = self._operands(iri), self.t.number(iri, "minimum") or 1
        ways = list(combinations(operands, least))
        if len(ways) > _MOST_ALTERNATIVES:
            return self._named(iri)
        return self._joined("or", [self._combined("and", way) for way in ways])

    def _combined(self, word: str, operands: Sequence[str]) -> tuple[ox.NamedNode, list[ox.Triple]]:
        return self._joined(word, [self._condition(each) for each in operands])

    def _joined(
        self, word: str, parts: Sequence[tuple[ox.NamedNode, list[ox.Triple]]]
    ) -> tuple[ox.NamedNode, list[ox.Triple]]:
        """Combine constraints; one alone needs no combination."""
        if len(parts) == 1:
            return parts[0]
        node = self._next()
        triples = [triple for _, each in parts for triple in each]
        triples.append(ox.Triple(node, _TYPE, odrl("LogicalConstraint")))
        triples += _list(node, odrl(word), [part for part, _ in parts])
        return node, triples

    def _named(self, iri: str) -> tuple[ox.NamedNode, list[ox.Triple]]:
        """Name a condition that ODRL has no operand for as the event of its being met."""
        self.notes.append(f"ODRL has no word for this condition: {self._called(iri)}")
        return self._leaf("event", "gteq", ox.NamedNode(iri))

    def _leaf(self, left: str, operator: str, right: _Node) -> tuple[ox.NamedNode, list[ox.Triple]]:
        node = self._next()
        is_thing = isinstance(right, ox.NamedNode)
        relation = odrl("rightOperandReference" if is_thing else "rightOperand")
        return node, [
            ox.Triple(node, _TYPE, odrl("Constraint")),
            ox.Triple(node, odrl("leftOperand"), odrl(left)),
            ox.Triple(node, odrl("operator"), odrl(operator)),
            ox.Triple(node, relation, right),
        ]

    def _next(self) -> ox.NamedNode:
        self._count += 1
        return ox.NamedNode(f"{self.rule}-constraint-{self._count}")

    def _is(self, iri: str, kind: str) -> bool:
        return kind in self.t.classes(iri)

    def _operands(self, iri: str) -> tuple[str, ...]:
        return self.t.some(iri, "operand")

    def _matter(self, iri: str) -> ox.NamedNode:
        return ox.NamedNode(self.t.needed(iri, "matter"))

    def _date(self, iri: str) -> ox.Literal:
        return ox.Literal(self.t.text(iri, "date") or "", datatype=_DATE_TIME)

    def _called(self, iri: str) -> str:
        return label_of(self.t, iri)


def label_of(t: Triples, iri: str) -> str:
    """Give the English label of a thing, or its IRI."""
    texts = [term for term in t.about(iri).get(_LABEL, ()) if isinstance(term, ox.Literal)]
    ranked = sorted(texts, key=lambda text: (text.language != "en", text.value))
    return ranked[0].value if ranked else iri


def _list(
    subject: ox.NamedNode, predicate: ox.NamedNode, parts: Sequence[ox.NamedNode]
) -> Iterator[ox.Triple]:
    """Write the operands as a list, as ODRL's own JSON-LD context does."""
    # The names of its cells are the same each time.
    digest = sha256(subject.value.encode()).hexdigest()[:16]
    cells = [ox.BlankNode(f"{digest}x{number}") for number in range(len(parts))]
    yield ox.Triple(subject, predicate, cells[0])
    after: list[ox.BlankNode | ox.NamedNode] = [*cells[1:], _NIL]
    for cell, part, rest in zip(cells, parts, after, strict=True):
        yield ox.Triple(cell, ox.NamedNode(_RDF + "first"), part)
        yield ox.Triple(cell, ox.NamedNode(_RDF + "rest"), rest)
