"""Builds the model from the triples of a graph; it judges nothing and decides nothing.

What a shape would refuse (a condition without operands, evidence without a time) is reported
with the IRI it concerns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
MATTERS: Final = {
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
CROWDS: Final = frozenset({"Coalition", "Group"})


def read(quads: Iterable[ox.Quad | ox.Triple]) -> m.Model:
    """Build the model of everything the quads say."""
    return Reader(Triples.of(quads)).model()


@dataclass
class Reader:
    """Builds each thing by itself, so that it does not matter what else was built before."""

    triples: Triples

    @property
    def trees(self) -> Trees:
        """Give a builder of condition trees.

        Each thing has one of its own: where consents wait for each other, what a tree looks like
        depends on where one enters it.
        """
        return Trees(self.triples)

    @cached_property
    def groups(self) -> Mapping[str, frozenset[str]]:
        """Give what each actor is a member of, directly or through another group."""
        direct = {a: self.triples.ids(a, "memberOf") for a in self.triples.types}
        return {actor: frozenset(_reachable(actor, direct)) for actor, g in direct.items() if g}

    @cached_property
    def named_members(self) -> Mapping[str, frozenset[str]]:
        """Give the members of each coalition and group that are actors of their own.

        They are found through coalitions and groups only: the members of an organisation that is
        a member of a coalition are not members of that.
        """
        crowds = {a for a, types in self.triples.types.items() if types & CROWDS}
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
        reserved: dict[str, list[m.Reservation]] = {}
        for adherence in t.a("Adherence"):
            for undertaking, reservation in self.reservations(adherence):
                reserved.setdefault(undertaking, []).append(reservation)
        return m.Model(
            undertakings={
                u: replace(self.undertaking(u), reservations=tuple(reserved.get(u, ())))
                for u in t.a(*KINDS)
            },
            matters={matter: self.matter(matter) for matter in t.a(*MATTERS)},
            evidence=tuple(self.evidence(e) for e in t.a("Evidence")),
            members=self.groups,
            ranks={source: self.rank(source) for source in t.a("Source")},
            powers=tuple(self.power(p) for p in t.a("Power")),
            acts=tuple(self.act(a) for a in t.a("Act")),
            provisions=tuple(self.provision(p) for p in t.a("Provision")),
            consents={
                consent: tree
                for consent in t.a("Consents")
                if (tree := self.consents_when(consent)) is not None
            },
            incompatible=frozenset(
                (one, other) for one in t.a(*MATTERS) for other in t.ids(one, "incompatibleWith")
            ),
            readings={r: self.reading(r) for r in t.a("Reading")},
        )

    # Undertakings

    def undertaking(self, iri: str) -> m.Undertaking:
        """Build an undertaking with the trees of its gates, without reservations to it."""
        t = self.triples
        trees = self.trees
        named, unnamed = self._debtors(iri)
        kind = next(kind for name, kind in KINDS.items() if name in t.classes(iri))
        gates = {
            gate: trees.condition(condition)
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
        )

    def reservations(self, adherence: str) -> tuple[tuple[str, m.Reservation], ...]:
        """Build what a party reserves as it adheres to a text, each with an undertaking of that."""
        t, trees = self.triples, self.trees
        found = []
        for iri in t.ids(adherence, "hasReservation"):
            permits = t.text(t.needed(adherence, "adheresTo"), "permitsReservations")
            made = m.Reservation(
                id=iri,
                debtor=t.needed(adherence, "party"),
                only_when=trees.maybe(iri, "appliesOnlyWhen"),
                permitted=permits not in {"false", "0"},
            )
            found += [(undertaking, made) for undertaking in t.ids(iri, "reserves")]
        return tuple(found)

    def _debtors(self, iri: str) -> tuple[tuple[str, ...], int | None]:
        """Give the named debtors and the number of unnamed ones, None where no source says.

        A coalition or a group stands for its named members; it is no debtor of its own, unless
        the text says that it owes as a body.
        """
        t = self.triples
        debtors = t.ids(iri, "debtor")
        if t.word(iri, "debtorStructure") == "BodyDebtor":
            return debtors, 0
        crowds = [d for d in debtors if t.classes(d) & CROWDS]
        named = set(debtors) - set(crowds)
        for crowd in crowds:
            t.seen.add(members_of(crowd))
            named |= self.named_members.get(crowd, frozenset())
        stated = t.number(iri, "statedDebtorCount")
        if stated is None and not crowds:
            stated = len(named)
        return tuple(sorted(named)), None if stated is None else max(0, stated - len(named))

    # Matters, evidence and acts

    def matter(self, iri: str) -> m.Matter:
        """Build a matter."""
        t, trees = self.triples, self.trees
        return m.Matter(
            id=iri,
            kind=next(kind for name, kind in MATTERS.items() if name in t.classes(iri)),
            monitored=t.true(iri, "monitored"),
            body=t.id(iri, "approvalBy"),
            measure=t.id(iri, "approvalOf"),
            debtor=t.id(iri, "approvalFor"),
            occurrence_of=t.id(iri, "occurrenceOf"),
            enabled_when=tuple(trees.condition(c) for c in t.ids(iri, "enabledWhen")),
        )

    def evidence(self, iri: str) -> m.Evidence:
        """Build one claim."""
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

    def rank(self, iri: str) -> int:
        """Give the weight of a source."""
        return self.triples.number(iri, "rank") or 0

    def consents_when(self, iri: str) -> m.Condition | None:
        """Build the tree that a consent hangs on, if it hangs on any."""
        tree = self.triples.id(iri, "consentsWhen")
        return None if tree is None else self.trees.condition(tree)

    def power(self, iri: str) -> m.Power:
        """Build a power."""
        t = self.triples
        return m.Power(
            holder=t.needed(iri, "powerHolder"),
            undertaking=t.needed(iri, "powerOver"),
            effect=t.needs(iri, "effect", _EFFECTS),
            notice=t.number(iri, "noticeDays") or 0,
        )

    def act(self, iri: str) -> m.Act:
        """Build an act."""
        t = self.triples
        return m.Act(
            event=iri,
            actor=t.needed(iri, "actBy"),
            undertaking=t.needed(iri, "actOn"),
            effect=t.needs(iri, "effect", _EFFECTS),
        )

    def reading(self, iri: str) -> m.Reading:
        """Build a reading of a contested term."""
        t, trees = self.triples, self.trees
        term, read_as = t.id(iri, "readingOf"), t.id(iri, "readAs")
        return m.Reading(
            id=iri,
            matter=t.id(term, "denotes") if term is not None else None,
            taken_as=t.id(iri, "takenAs"),
            presupposes=tuple(trees.condition(c) for c in t.ids(iri, "presupposes")),
            replaces=t.id(iri, "replacesCondition"),
            read_as=None if read_as is None else trees.condition(read_as),
        )

    def provision(self, iri: str) -> m.Provision:
        """Build what was provided under an undertaking."""
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


def members_of(crowd: str) -> str:
    """Name the list of a crowd's members among what `Triples.seen` collects."""
    return f"members of {crowd}"


def _reachable(start: str, steps: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = list(steps.get(start, ()))
    while waiting:
        reached = waiting.pop()
        if reached not in found:
            found.add(reached)
            waiting.extend(steps.get(reached, ()))
    return found
