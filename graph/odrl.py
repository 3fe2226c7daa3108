"""Writes commitments as policies of ODRL 2.2; docs/export.md has the mapping and its limits.

What ODRL cannot say stands in a note of the policy. States are not part of it: nothing is judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from graph.namespaces import ONTOLOGY, PREFIXES, SV
from graph.odrl_constraints import Constraints, Notes, label_of, odrl
from graph.triples import Triples

PROFILE: Final = ox.NamedNode(ONTOLOGY + "alignments/odrl")
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_LABEL: Final = ox.NamedNode(PREFIXES["rdfs"] + "label")
_NOTE: Final = ox.NamedNode(PREFIXES["skos"] + "note")
_SOURCE: Final = ox.NamedNode(PREFIXES["dcterms"] + "source")
_FORCE: Final = ox.NamedNode(SV + "bindingForce")
_EACH_FOR_ITSELF: Final = frozenset({"IndividualDebtor", "SeveralDebtors"})
# What has no counterpart in ODRL, with the words of the note.
_UNSAID: Final = {
    "establishedWhen": "binds when",
    "dischargedWhen": "is kept when",
    "suspendedWhen": "is put on hold when",
    "endsWhen": "ends when",
    "lead": "is led by",
    "beneficiary": "benefits",
    "restates": "restates",
    "elementOf": "is an element of",
}
_UNSAID_FLAGS: Final = {
    "repeatable": "each new trigger makes a new obligation",
    "obligationsLapse": "what was owed ends with it",
}


def policies(chosen: Triples, whole: Triples) -> list[ox.Triple]:
    """Give each chosen commitment as one policy, sorted by what the statements are about.

    `whole` is the graph that they stand in, which has what is said of other things.
    """
    adherences = defaultdict[str, list[str]](list)
    for adherence in whole.a("Adherence"):
        for party in whole.ids(adherence, "party"):
            adherences[party].append(adherence)
    made: dict[ox.Triple, None] = {}
    for commitment in chosen.a("Commitment"):
        made |= dict.fromkeys(_Policy(whole, adherences, commitment).triples())
    return sorted(made, key=lambda triple: str(triple.subject))


def policy_of(commitment: str) -> ox.NamedNode:
    """Name the policy that a commitment is written as."""
    return ox.NamedNode(f"{commitment}#policy")


@dataclass
class _Policy:
    """The policy of one commitment while it is written; `adherences` are those of each party."""

    t: Triples
    adherences: Mapping[str, Sequence[str]]
    commitment: str
    notes: Notes = field(default_factory=list)

    def triples(self) -> Iterator[ox.Triple]:
        """Give the policy, its rules, and a note on what they leave out."""
        policy = policy_of(self.commitment)
        yield from self._head(policy)
        relation = odrl("prohibition" if self._is_restraint() else "obligation")
        for rule, debtors, deed in rules_of(self.t, self.commitment):
            yield ox.Triple(policy, relation, rule)
            yield from self._rule(rule, debtors, deed)
        self._note_what_is_unsaid()
        for note in dict.fromkeys(self.notes):
            yield ox.Triple(policy, _NOTE, ox.Literal(note, language="en"))

    def _head(self, policy: ox.NamedNode) -> Iterator[ox.Triple]:
        both = self._ids("debtor") and self._ids("creditor")
        yield ox.Triple(policy, _TYPE, odrl("Agreement" if both else "Set"))
        yield ox.Triple(policy, odrl("uid"), policy)
        yield ox.Triple(policy, odrl("profile"), PROFILE)
        yield ox.Triple(policy, _SOURCE, ox.NamedNode(self.commitment))
        for instrument in self._ids("recordedIn"):
            yield ox.Triple(policy, _SOURCE, ox.NamedNode(instrument))
        yield ox.Triple(policy, _LABEL, ox.Literal(self._label(self.commitment), language="en"))

    def _rule(self, rule: ox.NamedNode, debtors: tuple[str, ...], deed: str) -> Iterator[ox.Triple]:
        is_restraint = self._is_restraint()
        yield ox.Triple(rule, _TYPE, odrl("Prohibition" if is_restraint else "Duty"))
        yield ox.Triple(rule, odrl("uid"), rule)
        yield from self._parties(rule, "assignee", debtors)
        yield from self._parties(rule, "assigner", self._ids("creditor"))
        for performer in self._ids("performer"):
            yield ox.Triple(rule, odrl("contractedParty"), ox.NamedNode(performer))
        for force in sorted({each for debtor in debtors for each in self._forces(debtor)}):
            yield ox.Triple(rule, _FORCE, ox.NamedNode(force))
        constraints = Constraints(self.t, rule.value, self.notes)
        yield from constraints.action(deed, self._ids("dueBy"))
        yield from constraints.activation(self._ids("activatedWhen"))
        relation = odrl("remedy" if is_restraint else "consequence")
        for other in self._ids("remedy"):
            for remedy, _, _ in rules_of(self.t, other):
                yield ox.Triple(rule, relation, remedy)

    def _parties(
        self, rule: ox.NamedNode, role: str, parties: tuple[str, ...]
    ) -> Iterator[ox.Triple]:
        """Give the one party of a role; several are a collection, else each had a rule."""
        nodes = [ox.NamedNode(party) for party in parties]
        for node in nodes:
            is_crowd = self.t.classes(node.value) & {"Coalition", "Group"}
            yield ox.Triple(node, _TYPE, odrl("PartyCollection" if is_crowd else "Party"))
            yield ox.Triple(node, _LABEL, ox.Literal(self._label(node.value), language="en"))
        if len(nodes) == 1:
            yield ox.Triple(rule, odrl(role), nodes[0])
        elif nodes:
            together = ox.NamedNode(f"{self.commitment}#{role}s")
            yield ox.Triple(rule, odrl(role), together)
            yield ox.Triple(together, _TYPE, odrl("PartyCollection"))
            yield from (ox.Triple(node, odrl("partOf"), together) for node in nodes)

    def _forces(self, debtor: str) -> tuple[str, ...]:
        """Give the binding force for a debtor: its own adherence goes before the text."""
        texts = self._ids("recordedIn")
        own = [
            force
            for adherence in self.adherences.get(debtor, ())
            if set(texts) & set(self.t.ids(adherence, "adheresTo"))
            for force in self.t.ids(adherence, "bindingForce")
        ]
        general = [force for text in texts for force in self.t.ids(text, "bindingForce")]
        return tuple(own or general)

    def _note_what_is_unsaid(self) -> None:
        for name, words in _UNSAID.items():
            for value in self._ids(name):
                self.notes.append(f"ODRL has no word for: it {words} {self._label(value)}")
        for name, words in _UNSAID_FLAGS.items():
            if self.t.true(self.commitment, name):
                self.notes.append(f"ODRL has no word for: {words}")
        count = self.t.number(self.commitment, "statedDebtorCount")
        if count is not None:
            self.notes.append(f"{count} debtors are stated; only those named have a rule")
        structure = self.t.word(self.commitment, "debtorStructure")
        if structure is not None and structure not in _EACH_FOR_ITSELF:
            self.notes.append(f"ODRL has no word for how debtors share it: {structure}")

    def _is_restraint(self) -> bool:
        """Tell whether it promises to refrain, and nothing else."""
        types = [kind for deed in self._ids("content") for kind in self.t.ids(deed, "actionType")]
        return bool(types) and set(types) == {SV + "Restraint"}

    def _ids(self, name: str) -> tuple[str, ...]:
        return self.t.ids(self.commitment, name)

    def _label(self, iri: str) -> str:
        return label_of(self.t, iri)


def rules_of(t: Triples, commitment: str) -> Iterator[tuple[ox.NamedNode, tuple[str, ...], str]]:
    """Name each rule of a commitment, with who owes it together and its deed.

    ODRL has one action to a rule.
    """
    debtors = t.ids(commitment, "debtor")
    alone = t.word(commitment, "debtorStructure") in _EACH_FOR_ITSELF
    sharing = [(each,) for each in debtors] if alone else [debtors]
    pairs = [(who, deed) for who in sharing for deed in t.ids(commitment, "content")]
    for number, (who, deed) in enumerate(pairs, start=1):
        yield ox.NamedNode(f"{commitment}#rule-{number}"), who, deed


def left_out(t: Triples) -> int:
    """Count what no policy is written of: ODRL has nothing for a plan or a possibility."""
    return len(t.a("Intention", "Possibility"))
