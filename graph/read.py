"""Builds the model from the triples of a graph; it judges nothing and decides nothing.

What a shape would refuse (a condition without operands, evidence without a time) is reported
with the IRI it concerns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from graph import model as m
from graph.errors import UnreadableInput
from graph.timeline import BEGINNING, Span
from graph.trees import KINDS, STAGES, Trees
from graph.triples import Triples

_GATES: Final = {
    "establishedWhen": m.Gate.ESTABLISHED,
    "activatedWhen": m.Gate.ACTIVATED,
    "dischargedWhen": m.Gate.DISCHARGED,
    "suspendedWhen": m.Gate.SUSPENDED,
    "endsWhen": m.Gate.ENDS,
    "dueBy": m.Gate.DUE,
}
_STRUCTURES: Final = {
    "IndividualDebtor": m.Structure.INDIVIDUAL,
    "SeveralDebtors": m.Structure.SEVERAL,
    "JointDebtors": m.Structure.JOINT,
    "JointAndSeveralDebtors": m.Structure.JOINT_AND_SEVERAL,
    "LeadDebtor": m.Structure.LEAD,
    "BodyDebtor": m.Structure.BODY,
}
_MATTERS: Final = {
    "Event": m.MatterKind.EVENT,
    "Act": m.MatterKind.EVENT,
    "StateOfAffairs": m.MatterKind.STATE,
    "Approval": m.MatterKind.APPROVAL,
}
_EFFECTS: Final = {
    "ReleaseEffect": m.Effect.RELEASE,
    "WithdrawalEffect": m.Effect.WITHDRAW,
    "SuspensionEffect": m.Effect.SUSPEND,
    "ResumptionEffect": m.Effect.RESUME,
    "TerminationEffect": m.Effect.TERMINATE,
}
_CROWDS: Final = frozenset({"Coalition", "Group"})


def read(quads: Iterable[ox.Quad | ox.Triple]) -> m.Model:
    """Build the model of everything the quads say."""
    return Reader(Triples.of(quads)).model()


@dataclass
class Reader:
    """Builds each thing once, so that a condition that two gates share is one value."""

    triples: Triples

    @cached_property
    def trees(self) -> Trees:
        """Give the builder of condition trees."""
        return Trees(self.triples)

    @cached_property
    def _groups(self) -> Mapping[str, frozenset[str]]:
        """Give what each actor is a member of, directly or through another group."""
        direct = {a: self.triples.ids(a, "memberOf") for a in self.triples.types}
        return {actor: frozenset(_reachable(actor, direct)) for actor, g in direct.items() if g}

    @cached_property
    def _named_members(self) -> Mapping[str, frozenset[str]]:
        """Give the members of each coalition and group that are actors of their own.

        They are found through coalitions and groups only: the members of an organisation that is
        a member of a coalition are not members of that.
        """
        crowds = {a for a, types in self.triples.types.items() if types & _CROWDS}
        direct = {
            actor: tuple(group for group in self.triples.ids(actor, "memberOf") if group in crowds)
            for actor in self.triples.types
        }
        found: dict[str, set[str]] = {}
        for actor in direct.keys() - crowds:
            for crowd in _reachable(actor, direct):
                found.setdefault(crowd, set()).add(actor)
        return {crowd: frozenset(actors) for crowd, actors in found.items()}

    def model(self) -> m.Model:
        """Build the whole."""
        t = self.triples
        return m.Model(
            undertakings={u: self._undertaking(u) for u in t.a(*KINDS)},
            matters={matter: self._matter(matter) for matter in t.a(*_MATTERS)},
            evidence=tuple(self._evidence(e) for e in t.a("Evidence")),
            members=self._groups,
            ranks={s: t.number(s, "rank") or 0 for s in t.a("Source")},
            powers=tuple(self._power(p) for p in t.a("Power")),
            acts=tuple(self._act(a) for a in t.a("Act")),
            provisions=tuple(self._provision(p) for p in t.a("Provision")),
            consents=self.trees.consents(),
            incompatible=frozenset(
                (one, other) for one in t.a(*_MATTERS) for other in t.ids(one, "incompatibleWith")
            ),
            readings={r: self._reading(r) for r in t.a("Reading")},
        )

    # Undertakings

    def _undertaking(self, iri: str) -> m.Undertaking:
        t = self.triples
        named, unnamed = self._debtors(iri)
        kind = next(kind for name, kind in KINDS.items() if name in t.types[iri])
        gates = {
            gate: self.trees.condition(condition)
            for name, gate in _GATES.items()
            if (condition := t.id(iri, name)) is not None
        }
        return m.Undertaking(
            id=iri,
            kind=kind,
            debtors=named,
            made=t.span(iri, "madeOn") or Span(BEGINNING, BEGINNING),
            gates=gates,
            creditors=t.ids(iri, "creditor"),
            structure=t.chosen(iri, "debtorStructure", _STRUCTURES) or m.Structure.SEVERAL,
            repeatable=t.true(iri, "repeatable"),
            obligations_lapse=t.true(iri, "obligationsLapse"),
            unnamed=unnamed,
            remedies=t.ids(iri, "remedy"),
            brings_about=tuple(
                matter
                for action in t.ids(iri, "content")
                for matter in t.ids(action, "bringsAbout")
            ),
            reservations=tuple(self._reservations.get(iri, ())),
        )

    @cached_property
    def _reservations(self) -> Mapping[str, list[m.Reservation]]:
        """Give the reservations to each undertaking, by the parties that adhere to its text."""
        t = self.triples
        found: dict[str, list[m.Reservation]] = {}
        for adherence in t.a("Adherence"):
            for reservation in t.ids(adherence, "hasReservation"):
                permits = t.text(t.needed(adherence, "adheresTo"), "permitsReservations")
                made = m.Reservation(
                    id=reservation,
                    debtor=t.needed(adherence, "party"),
                    only_when=self.trees.maybe(reservation, "appliesOnlyWhen"),
                    permitted=permits not in {"false", "0"},
                )
                for undertaking in t.ids(reservation, "reserves"):
                    found.setdefault(undertaking, []).append(made)
        return found

    def _debtors(self, iri: str) -> tuple[tuple[str, ...], int | None]:
        """Give the named debtors and the number of unnamed ones, None where no source says.

        A coalition or a group stands for its named members; it is no debtor of its own, unless
        the text says that it owes as a body.
        """
        t = self.triples
        debtors = t.ids(iri, "debtor")
        if t.word(iri, "debtorStructure") == "BodyDebtor":
            return debtors, 0
        crowds = [d for d in debtors if t.types.get(d, frozenset()) & _CROWDS]
        named = set(debtors) - set(crowds)
        for crowd in crowds:
            named |= self._named_members.get(crowd, frozenset())
        stated = t.number(iri, "statedDebtorCount")
        if stated is None and not crowds:
            stated = len(named)
        return tuple(sorted(named)), None if stated is None else max(0, stated - len(named))

    # Matters, evidence and acts

    def _matter(self, iri: str) -> m.Matter:
        t = self.triples
        return m.Matter(
            id=iri,
            kind=next(kind for name, kind in _MATTERS.items() if name in t.types[iri]),
            monitored=t.true(iri, "monitored"),
            body=t.id(iri, "approvalBy"),
            measure=t.id(iri, "approvalOf"),
            debtor=t.id(iri, "approvalFor"),
            occurrence_of=t.id(iri, "occurrenceOf"),
            enabled_when=tuple(self.trees.condition(c) for c in t.ids(iri, "enabledWhen")),
        )

    def _evidence(self, iri: str) -> m.Evidence:
        t = self.triples
        since = t.span(iri, "validFrom")
        if since is None:
            raise UnreadableInput(f"`{iri}` has no `sv:validFrom`", hint="say from when it holds")
        if t.text(iri, "polarity") is None:
            raise UnreadableInput(f"`{iri}` has no `sv:polarity`", hint="say true or false")
        return m.Evidence(
            id=iri,
            matter=t.needed(iri, "evidenceFor"),
            holds=t.true(iri, "polarity"),
            since=since,
            until=t.span(iri, "validUntil", "no precision: an end is the day itself"),
            published=self._published(iri),
            sources=t.some(iri, "source"),
            speakers=t.ids(iri, "speaker"),
        )

    def _published(self, iri: str) -> Span:
        """Give when a record became public: its own time, or else that of its first source."""
        t = self.triples
        own = t.span(iri, "publishedOn", "publicationPrecision")
        if own is not None:
            return own
        return min(map(self._appeared, t.some(iri, "source")), key=lambda days: days.latest)

    def _appeared(self, source: str) -> Span:
        """Give when a source was published; without a date, when it was retrieved, or always."""
        t = self.triples
        return (
            t.span(source, "publishedOn", "publicationPrecision")
            or t.span(source, "retrievedOn", "no precision: a retrieval has a day")
            or Span(BEGINNING, BEGINNING)
        )

    def _power(self, iri: str) -> m.Power:
        t = self.triples
        return m.Power(
            holder=t.needed(iri, "powerHolder"),
            undertaking=t.needed(iri, "powerOver"),
            effect=t.needs(iri, "effect", _EFFECTS),
            notice=t.number(iri, "noticeDays") or 0,
        )

    def _act(self, iri: str) -> m.Act:
        t = self.triples
        return m.Act(
            event=iri,
            actor=t.needed(iri, "actBy"),
            undertaking=t.needed(iri, "actOn"),
            effect=t.needs(iri, "effect", _EFFECTS),
        )

    def _reading(self, iri: str) -> m.Reading:
        t = self.triples
        term, read_as = t.id(iri, "readingOf"), t.id(iri, "readAs")
        return m.Reading(
            id=iri,
            matter=t.id(term, "denotes") if term is not None else None,
            taken_as=t.id(iri, "takenAs"),
            presupposes=tuple(self.trees.condition(c) for c in t.ids(iri, "presupposes")),
            replaces=t.id(iri, "replacesCondition"),
            read_as=None if read_as is None else self.trees.condition(read_as),
        )

    def _provision(self, iri: str) -> m.Provision:
        t = self.triples
        amount = t.needed(iri, "provided")
        on = t.span(iri, "providedOn")
        if on is None:
            raise UnreadableInput(
                f"`{iri}` has no `sv:providedOn`", hint="say when it was provided"
            )
        return m.Provision(
            undertaking=t.needed(iri, "providedUnder"),
            debtor=t.needed(iri, "providedBy"),
            stage=t.needs(iri, "quantityStage", STAGES),
            quantity=t.decimal(amount, "quantity"),
            unit=t.text(amount, "unit") or "",
            price_basis=t.text(amount, "priceBasis"),
            on=on,
            published=self._published(iri),
            sources=t.some(iri, "source"),
        )


def _reachable(start: str, steps: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = list(steps.get(start, ()))
    while waiting:
        reached = waiting.pop()
        if reached not in found:
            found.add(reached)
            waiting.extend(steps.get(reached, ()))
    return found
