"""What the record says about a thing, statement by statement, for the foot of each page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pyoxigraph as ox

from api.pages.frame import Frame
from api.rendering import Shown, shown
from graph.model import Id
from graph.namespaces import PREFIXES, SV
from graph.sentences import spelled
from graph.store import Term
from graph.timeline import Span

_FACTS: Final = (
    *("recordedIn", "component", "content", "actionType", "domain", "location", "amount"),
    *("debtor", "debtorStructure", "creditor", "beneficiary", "performer", "lead"),
    *("madeOn", "bindingForce", "remedy", "restates", "partOf", "memberOf", "publishedOn"),
    *(
        "publisher",
        "address",
        "retrievedOn",
        "licence",
        "measure",
        "appliesTo",
        "body",
        "occurrenceOf",
    ),
    *("about", "modality", "matter", "polarity", "validFrom", "validUntil", "speaker", "source"),
    *("certainty", "paragraph", "proposition"),
)
"""What is told of a thing before anything else, by the local part of the property, in order."""
_COMMENTS: Final = (PREFIXES["rdfs"] + "comment", PREFIXES["skos"] + "definition")

_DAYS: Final = {
    "madeOn": "precision",
    "validFrom": "precision",
    "validUntil": "precision",
    "stageDate": "precision",
    "publishedOn": "publicationPrecision",
    "retrievedOn": "precision",
}
"""The properties that are days, each with what says how exactly it is known."""

Labels = Mapping[str, str]


def labelled(frame: Frame) -> Labels:
    """Give the labels of things in the language asked for."""
    return frame.situation.snapshot.names(frame.language)


def term_shown(frame: Frame, term: Term | ox.DefaultGraph) -> Shown:
    """Show a term with a link that keeps what is asked."""
    found = shown(term, labelled(frame))
    if isinstance(term, ox.NamedNode):
        language = frame.language_of(term.value, found.text)
        return replace(found, href=frame.to(term.value), language=language)
    return found


def facts(frame: Frame, iri: Id) -> list[tuple[str, list[Shown]]]:
    """Give the properties of a thing that people ask for first, those that it has."""
    said = frame.situation.triples.about(iri)
    return [
        (_words(frame, SV + name), _values(frame, iri, name, said[SV + name]))
        for name in _FACTS
        if SV + name in said
    ]


def _values(frame: Frame, iri: Id, name: str, terms: Sequence[Term]) -> list[Shown]:
    """Show values; a day is spelled out no more exactly than it is known."""
    if name not in _DAYS:
        return [term_shown(frame, term) for term in terms]
    words = spelled_day(frame, iri, name)
    return [] if words is None else [Shown(words)]


def spelled_day(frame: Frame, iri: Id, name: str) -> str | None:
    """Spell a day out, no more exactly than it is known: a day, a month or a year."""
    span = frame.situation.triples.span(iri, name, _DAYS[name])
    return None if span is None else _spelled(span)


def _spelled(span: Span) -> str:
    first, last = date.fromordinal(span.earliest), date.fromordinal(span.latest)
    words = spelled(first)
    if (first.day, first.month, last.day, last.month) == (1, 1, 31, 12):
        return words.rpartition(" ")[2]
    return words if first == last else words.partition(" ")[2]


def comments(frame: Frame, iri: Id) -> list[Shown]:
    """Give what editors remark on a thing."""
    said = frame.situation.triples.about(iri)
    return [term_shown(frame, term) for name in _COMMENTS for term in said.get(name, ())]


def quotations(frame: Frame, iri: Id) -> list[str]:
    """Give the words of the source that a thing was drawn from."""
    return frame.situation.triples.texts(iri, "quotation")


def _words(frame: Frame, iri: str) -> str:
    """Name a property in words; where the ontology is not in the graph, by its local part."""
    label = labelled(frame).get(iri)
    return label or "".join(f" {c.lower()}" if c.isupper() else c for c in iri.removeprefix(SV))


def rows(frame: Frame | None, labels: Labels, quads: Sequence[ox.Quad], node: ox.NamedNode) -> Any:
    """Give what is stated about a thing, and what refers to it, with where it is stated."""

    def show(term: Term | ox.DefaultGraph) -> Shown:
        return shown(term, labels) if frame is None else term_shown(frame, term)

    stated = [
        {"property": show(q.predicate), "value": show(q.object), "graph": show(q.graph_name)}
        for q in quads
        if q.subject == node
    ]
    referring = [
        {"subject": show(q.subject), "property": show(q.predicate), "graph": show(q.graph_name)}
        for q in quads
        if q.subject != node
    ]
    return {"stated": stated, "referring": referring}


def speeches(frame: Frame, statements: Iterable[Id]) -> Iterator[dict[str, Any]]:
    """Give what speakers said, or sources claim: who, in which manner, in which words, where."""
    situation = frame.situation
    of = situation.triples

    for each in statements:
        modality = of.word(each, "modality")
        yield {
            "id": each,
            "label": situation.name(each),
            "classes": sorted(of.classes(each)),
            "modality": modality and modality.lower(),
            "holds": None if not of.terms(each, "polarity") else of.true(each, "polarity"),
            "speakers": [situation.thing(one) for one in of.ids(each, "speaker")],
            "sources": [situation.thing(one) for one in of.ids(each, "source")],
            "quotations": of.texts(each, "quotation"),
            "propositions": of.texts(each, "proposition"),
            "paragraphs": of.texts(each, "paragraph"),
        }
