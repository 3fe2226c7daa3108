"""The pages about things: what each sort of thing is asked first, and then the record itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import Request, Response

from api.asked import Asked
from api.documents import alternates
from api.errors import UnreadableGraph
from api.identifiers import short
from api.jobs.linked import decided_by, hanging_on, members
from api.jobs.listings import Filters, Undertakings
from api.jobs.pages import Page
from api.jobs.things import ACTORS, INSTRUMENTS, verdict
from api.labels import labels, readable
from api.pages.frame import Frame, framed
from api.pages.lists import force, spread
from api.pages.record import comments, facts, labelled, quotations, rows, speeches, spelled_day
from api.pages.undertaking import undertaking
from api.rendering import page
from api.situation import Json
from api.state import store
from api.v1.answering import answered
from graph.model import Id
from graph.namespaces import SV

_MOST_LISTED: Final = 200
_SAID: Final = ("Evidence", "Statement", "Silence", "Obstacle", "Mention")


@dataclass(frozen=True)
class Entity:
    """A thing with everything that is stated about it, and the question its page asks."""

    request: Request
    asked: Asked
    node: ox.NamedNode
    path: str
    quads: Sequence[ox.Quad]
    debtor: str | None = None

    @property
    def iri(self) -> Id:
        """Give the identifier of the thing."""
        return self.node.value

    def respond(self) -> Response:
        """Write the page; where what is recorded cannot be judged, the record alone."""
        try:
            frame = framed(self.request, self.asked)
        except UnreadableGraph as fault:
            return self._page("thing.html", None, {"fault": fault})
        template, answer = self._answer(frame)
        return self._page(template, frame, {"fault": None, **answer})

    def _page(self, template: str, frame: Frame | None, answer: Mapping[str, Any]) -> Response:
        terms = (term for quad in self.quads for term in quad)
        names = labels(store(self.request), terms) if frame is None else labelled(frame)
        return page(
            self.request,
            template,
            frame=frame,
            iri=self.iri,
            label=readable(self.node, names),
            formats=alternates(self.path),
            facts=[] if frame is None else facts(frame, self.iri),
            comments=[] if frame is None else comments(frame, self.iri),
            quotations=[] if frame is None else quotations(frame, self.iri),
            **rows(frame, names, self.quads, self.node),
            **answer,
        )

    def _answer(self, frame: Frame) -> tuple[str, Mapping[str, Any]]:
        """Choose the page by what the thing is."""
        situation = frame.situation
        if self.iri in situation.model.undertakings:
            answer = undertaking(self.request, frame, self.asked, self.iri, self.debtor)
            return "undertaking.html", {
                **answer,
                "force": force(frame, self.iri),
                "restated": _Sort(self, frame).restated(),
            }
        classes = situation.triples.classes(self.iri)
        about = _Sort(self, frame)
        if classes & set(ACTORS):
            return "actor.html", about.actor()
        if classes & set(INSTRUMENTS):
            return "instrument.html", about.instrument()
        if self.iri in situation.model.matters:
            return "matter.html", about.matter()
        if "Source" in classes:
            return "source.html", about.source()
        return "thing.html", about.other()


@dataclass(frozen=True)
class _Sort:
    """What the page of one sort of thing asks beside the record."""

    entity: Entity
    frame: Frame

    @cached_property
    def _name(self) -> str:
        return short(self.entity.iri)

    @cached_property
    def _classes(self) -> list[str]:
        return sorted(self.frame.situation.triples.classes(self.entity.iri))

    def _listed(self, filters: Filters, debtor: Id | None = None) -> dict[str, Any]:
        plain = replace(self.entity.asked, readings=())
        job = Undertakings(plain, filters, Page(_MOST_LISTED))
        found = answered(self.entity.request, job)
        items = spread(self.frame, found["items"], debtor)
        forces = Counter(each["force"] for each in items)
        return {"total": found["total"], "items": items, "forces": sorted(forces.items())}

    def _feed(self, kind: str) -> str:
        return f"/feeds/{kind}/{quote(self._name.removeprefix(f'{kind}/'))}.atom"

    def _with(self, name: str, *classes: str) -> list[Id]:
        """Give the things of some classes that point to this one by a property."""
        of = self.frame.situation.triples
        named = {
            quad.subject.value
            for quad in self.entity.quads
            if quad.predicate.value == SV + name and isinstance(quad.subject, ox.NamedNode)
        }
        return [each for each in sorted(named) if of.classes(each) & set(classes)]

    def _said(self, name: str) -> list[dict[str, Any]]:
        return list(speeches(self.frame, self._with(name, *_SAID)))

    def actor(self) -> dict[str, Any]:
        """Give what an actor owes and is owed, what it decides, and what it said."""
        situation = self.frame.situation
        return {
            "classes": self._classes,
            "same": self.frame.downloads(debtor=self._name),
            "follow": self._feed("actor"),
            "owes": self._listed(Filters(debtor=(self._name,)), self.entity.iri),
            "owed": self._listed(Filters(creditor=(self._name,))),
            "decides": [
                {**situation.thing(each), "verdict": verdict(situation, each)}
                for each in decided_by(situation, self.entity.iri)
            ],
            "members": [situation.thing(each) for each in members(situation, self.entity.iri)],
            "said_by": self._said("speaker"),
            "about": self._said("about"),
        }

    def instrument(self) -> dict[str, Any]:
        """Give what a text records, who adheres to it, and what is said about it."""
        return {
            "classes": self._classes,
            "same": self.frame.downloads(instrument=self._name),
            "follow": self._feed("instrument"),
            "records": self._listed(Filters(instrument=(self._name,))),
            "adherences": list(self._adherences()),
            "about": self._said("about"),
        }

    def _adherences(self) -> Iterator[Json]:
        situation = self.frame.situation
        of = situation.triples
        for each in self._with("adheresTo", "Adherence"):
            stage, force = of.id(each, "stage"), of.id(each, "bindingForce")
            yield {
                **situation.thing(each),
                "parties": [situation.thing(one) for one in of.ids(each, "party")],
                "stage": stage and situation.name(stage),
                "force": force and situation.name(force),
                "day": spelled_day(self.frame, each, "stageDate"),
            }

    def restated(self) -> list[Json]:
        """Give the undertakings that put this one in other words, each with its texts."""
        situation = self.frame.situation
        return [
            {
                **situation.thing(each),
                "texts": [
                    situation.thing(text) for text in situation.triples.ids(each, "recordedIn")
                ],
            }
            for each in self._with("restates", "Commitment", "Intention", "Possibility")
        ]

    def matter(self) -> dict[str, Any]:
        """Give whether a matter is so, who claims what of it, and what hangs on it."""
        situation = self.frame.situation
        world, matter = situation.world, situation.model.matters[self.entity.iri]
        claims = [each for each in world.model.evidence if each.matter == self.entity.iri]
        heard = [each.id for each in claims if world.heard(each)]
        unheard = [each.id for each in claims if each.id not in heard]
        return {
            "kind": matter.kind.value,
            "verdict": verdict(situation, self.entity.iri),
            "claims": list(speeches(self.frame, heard)),
            "unheard": list(speeches(self.frame, unheard)),
            "hangs": [situation.thing(each.id) for each in hanging_on(situation, matter)],
            "about": self._said("about"),
        }

    def source(self) -> dict[str, Any]:
        """Give what a source says, and what was drawn from it."""
        return {"said_in": self._said("source"), "records": self._drawn()}

    def _drawn(self) -> list[Json]:
        situation = self.frame.situation
        found = self._with("source", *INSTRUMENTS)
        return [situation.thing(each) for each in found]

    def other(self) -> dict[str, Any]:
        """Give the classes of a thing that has no page of its own sort."""
        return {"classes": self._classes}
