"""The client's questions about things that are no undertakings, and its searches."""

from __future__ import annotations

from typing import Unpack

from api.client import answers_of_things
from api.client.asking import Asking, page
from api.client.listings import Item, Listing, Spread, of_found
from api.client.questions import Question, Several, asked, one_of, several
from api.jobs.about import About
from api.jobs.completing import Complete
from api.jobs.searching import Search
from api.jobs.things import Kind, Things
from api.situation import Json
from api.terms import Kind as TermKind
from api.v1 import schemas_of_lists as lists
from api.v1.parameters import primary
from api.v1.tables import of_claim, of_thing


class AsksOfThings(Asking):
    """Asks which things there are, and about each."""

    def actors(self, *, q: str = "", **question: Unpack[Question]) -> Listing[lists.ListedThing]:
        """List states, organisations, coalitions, bodies, forces, groups and persons."""
        return self._listed(Kind.actors, q, lists.ListedThing, of_thing, **question)

    def actor(self, id: str, **question: Unpack[Question]) -> answers_of_things.Actor:  # noqa: A002
        """Say what an actor owes, is owed and decides, and whose member it is."""
        return answers_of_things.Actor.read(self._about(Kind.actors, id, **question))

    def instruments(
        self, *, q: str = "", **question: Unpack[Question]
    ) -> Listing[lists.ListedThing]:
        """List the texts that record undertakings."""
        return self._listed(Kind.instruments, q, lists.ListedThing, of_thing, **question)

    def instrument(self, id: str, **question: Unpack[Question]) -> answers_of_things.Instrument:  # noqa: A002
        """Say what a text records, and who adheres to it."""
        return answers_of_things.Instrument.read(self._about(Kind.instruments, id, **question))

    def events(self, *, q: str = "", **question: Unpack[Question]) -> Listing[lists.ListedEvent]:
        """List events and acts, with whether each has happened."""
        return self._listed(Kind.events, q, lists.ListedEvent, of_thing, **question)

    def event(self, id: str, **question: Unpack[Question]) -> answers_of_things.Event:  # noqa: A002
        """Say whether an event has happened, who claims it, and what hangs on it."""
        return answers_of_things.Event.read(self._about(Kind.events, id, **question))

    def conditions(
        self, *, q: str = "", **question: Unpack[Question]
    ) -> Listing[lists.ListedThing]:
        """List the conditions that undertakings hang on."""
        return self._listed(Kind.conditions, q, lists.ListedThing, of_thing, **question)

    def domains(self, *, q: str = "", **question: Unpack[Question]) -> Listing[lists.ListedThing]:
        """List the domains of what is undertaken."""
        return self._listed(Kind.domains, q, lists.ListedThing, of_thing, **question)

    def domain(self, id: str, **question: Unpack[Question]) -> answers_of_things.Domain:  # noqa: A002
        """Say what is undertaken in a domain."""
        return answers_of_things.Domain.read(self._about(Kind.domains, id, **question))

    def evidence(
        self, *, q: str = "", **question: Unpack[Question]
    ) -> Listing[lists.ListedEvidence]:
        """List the claims that a matter is so or not."""
        return self._listed(Kind.evidence, q, lists.ListedEvidence, of_claim, **question)

    def claim(self, id: str, **question: Unpack[Question]) -> answers_of_things.Claim:  # noqa: A002
        """Say what a claim says, who makes it, and whether it counts."""
        return answers_of_things.Claim.read(self._about(Kind.evidence, id, **question))

    def statements(
        self, *, q: str = "", **question: Unpack[Question]
    ) -> Listing[lists.ListedStatement]:
        """List what speakers said."""
        return self._listed(Kind.statements, q, lists.ListedStatement, of_claim, **question)

    def statement(self, id: str, **question: Unpack[Question]) -> answers_of_things.Statement:  # noqa: A002
        """Say who said something, how, where and in which words."""
        return answers_of_things.Statement.read(self._about(Kind.statements, id, **question))

    def sources(self, *, q: str = "", **question: Unpack[Question]) -> Listing[lists.ListedSource]:
        """List the texts in which claims and statements stand."""
        return self._listed(Kind.sources, q, lists.ListedSource, of_thing, **question)

    def source(self, id: str, **question: Unpack[Question]) -> answers_of_things.Source:  # noqa: A002
        """Say which claims and statements stand in a source."""
        return answers_of_things.Source.read(self._about(Kind.sources, id, **question))

    def _listed(
        self, kind: Kind, q: str, item: type[Item], spread: Spread, **question: Unpack[Question]
    ) -> Listing[Item]:
        of = asked(**question)

        def fetch(cursor: str | None) -> Json:
            return self._source.answer(Things(of, kind, q, page(cursor)))

        return Listing(fetch, item, spread)

    def _about(self, kind: Kind, thing: str, **question: Unpack[Question]) -> Json:
        return self._source.answer(About(asked(**question), kind, thing))

    def search(
        self,
        q: str,
        *,
        kind: Several = (),
        label_language: str | None = None,
        **question: Unpack[Question],
    ) -> Listing[lists.FoundThing]:
        """Find whatever has a label with words that begin like those of `q`, the best first.

        `kind` is what stands before the name in an identifier, such as `actor`; only labels in
        `label_language` count, if it is given.
        """
        of, kinds = asked(**question), several(kind)

        def fetch(cursor: str | None) -> Json:
            return self._source.answer(Search(of, q, kinds, label_language, page(cursor)))

        return Listing(fetch, lists.FoundThing, of_found)

    def terms(
        self, q: str, *, kind: Several = (), limit: int = 20, language: str = "en"
    ) -> answers_of_things.Terms:
        """Complete a word: terms of the ontology and things that have it in their name or label.

        `kind` is `class`, `property`, `individual` or `thing`. It is asked of no day.
        """
        kinds = tuple(one_of(TermKind, each, "kind").value for each in several(kind))
        job = Complete(q, kinds, limit, primary(language))
        return answers_of_things.Terms.read(self._source.answer(job))
