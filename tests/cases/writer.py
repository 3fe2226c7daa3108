"""Turtle in the making: collects what is said of each subject; knows nothing of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from graph.namespaces import DATA, ID, PREFIXES
from tests.cases.cases import name

DATASET: Final = DATA + "case"


@dataclass
class Turtle:
    """Turtle in the making: what is said of each subject, by prefixed or full name."""

    said: dict[str, dict[str, None]] = field(default_factory=dict)

    def say(self, subject: str, predicate: str, *values: str) -> None:
        """Say something of a subject; saying it twice says it once."""
        for value in values:
            self.said.setdefault(subject, {})[f"{predicate} {value}"] = None

    def thing(self, kind: str, thing: object, *classes: str) -> str:
        """Give the IRI of a named thing, and say what it is."""
        iri = f"<{ID}{kind}/{name(thing)}>"
        self.say(iri, "a", "owl:NamedIndividual", *classes)
        self.say(iri, "rdfs:label", f'"{str(thing).replace("-", " ")}"@en')
        return iri

    def actor(self, actor: object) -> str:
        """Give the IRI of an actor; one that is nothing else is a state."""
        return self.thing("actor", actor)

    def text(self) -> str:
        """Give the whole, with prefixes and the header that a dataset has."""
        prefixes = "".join(f"@prefix {short}: <{iri}> .\n" for short, iri in PREFIXES.items())
        blocks = [f"{s} {' ; '.join(said)} ." for s, said in self.said.items()]
        return prefixes + f"<{DATASET}> a owl:Ontology .\n" + "\n".join(blocks) + "\n"


def amount(out: Turtle, label: str, about: Mapping[str, Any]) -> str:
    """Say a figure with its unit and price basis."""
    iri = out.thing("amount", label, "sv:Amount")
    out.say(iri, "sv:quantity", f'"{about["quantity"]}"^^xsd:decimal')
    out.say(iri, "sv:unit", f'"{about["unit"]}"')
    if "price basis" in about:
        out.say(iri, "sv:priceBasis", f'"{about["price basis"]}"')
    return iri


def date_time(on: date) -> str:
    """Give a day as the ontology writes it."""
    return f'"{on.isoformat()}T00:00:00Z"^^xsd:dateTime'
