"""Says which axioms make an ontology inconsistent or a class impossible, and where they stand.

HermiT finds the contradiction, the OWL API's explanation library the fewest axioms that make it;
both run in this process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from graph.owl import jvm, owlapi
from graph.owl.jvm import java_class

MOST_EXPLAINED: Final = 5
"""So many impossible classes are explained; the others mostly follow from these."""
_HERMIT: Final = "org.semanticweb.HermiT.ReasonerFactory"
_EXPLANATION: Final = "org.semanticweb.owl.explanation"
_RENDERER: Final = (
    "org.semanticweb.owlapi.manchestersyntax.renderer.ManchesterOWLSyntaxOWLObjectRendererImpl"
)
_MILLISECONDS: Final = 20_000
_LIST: Final = 4
_PREFIX: Final = re.compile(r"^@prefix (\S*): <([^>]*)> \.", re.MULTILINE)
_STATEMENT: Final = re.compile(r"^[^\s#@].*(?:\n(?![^\s#@]).*)*", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """One axiom in Manchester syntax, and the line of the file that holds it; lines count from 1.

    `line` is None where the file holds the axiom in a form that was not found.
    """

    axiom: str
    file: Path
    line: int | None


@dataclass(frozen=True)
class Fault:
    """The axioms that together make a class impossible, or with None all of the ontology."""

    impossible: str | None
    because: tuple[Place, ...]


def faults(paths: Sequence[Path]) -> list[Fault]:
    """Explain what is wrong in files and their imports, taken as one; nothing wrong, no faults."""
    ontology = owlapi.union(paths)
    with jvm.explained("HermiT cannot judge the files together"):
        reasoner = java_class(_HERMIT)().createReasoner(ontology)
        make = ontology.getOWLOntologyManager().getOWLDataFactory()
        if not reasoner.isConsistent():
            return [Fault(None, _because(ontology, make.getOWLThing(), _inconsistency()))]
        nothing = list(reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom())
        named = sorted((str(cls.getIRI()), cls) for cls in nothing)
        return [
            Fault(iri, _because(ontology, cls, _entailment()) if n < MOST_EXPLAINED else ())
            for n, (iri, cls) in enumerate(named)
        ]


def _entailment() -> Any:
    manager = java_class(f"{_EXPLANATION}.api.ExplanationManager")
    return manager.createExplanationGeneratorFactory(java_class(_HERMIT)())


def _inconsistency() -> Any:
    factory = java_class(
        f"{_EXPLANATION}.impl.blackbox.checker.InconsistentOntologyExplanationGeneratorFactory"
    )
    return factory(java_class(_HERMIT)(), _MILLISECONDS)


def _because(ontology: Any, cls: Any, factory: Any) -> tuple[Place, ...]:
    make = ontology.getOWLOntologyManager().getOWLDataFactory()
    empty = make.getOWLSubClassOfAxiom(cls, make.getOWLNothing())
    (explanation,) = factory.createExplanationGenerator(ontology).getExplanations(empty, 1)
    axioms = list(explanation.getAxioms())
    places = [
        place
        for axiom in axioms
        for place in _places(ontology, axiom, {n for a in axioms if a != axiom for n in _iris(a)})
    ]
    return tuple(sorted(places, key=lambda each: (str(each.file), each.line or 0, each.axiom)))


def _places(ontology: Any, axiom: Any, others: set[str]) -> Iterable[Place]:
    """Place an axiom; `others` are the IRIs in the other axioms of the explanation."""
    said = _shortened(" ".join(str(java_class(_RENDERER)().render(axiom)).split()), others)
    names = _iris(axiom)
    for module in ontology.getImportsClosure():
        if module.containsAxiom(axiom):
            document = module.getOWLOntologyManager().getOntologyDocumentIRI(module)
            file = Path(unquote(urlsplit(str(document)).path))
            yield Place(said, file, line_of(file.read_text(encoding="utf-8"), names))


def _iris(axiom: Any) -> set[str]:
    return {str(entity.getIRI()) for entity in axiom.getSignature() if not entity.isBuiltIn()}


def _shortened(said: str, others: set[str]) -> str:
    """Name, of a long list of disjoint things, those that the explanation is about."""
    kind, _, members = said.partition(": ")
    items = members.split(", ")
    kept = [item for item in items if any(iri.endswith((f"#{item}", f"/{item}")) for iri in others)]
    if len(items) <= _LIST or not kept:
        return said
    return f"{kind}: {', '.join(kept)} and {len(items) - len(kept)} more"


def line_of(text: str, names: Iterable[str]) -> int | None:
    """Find the line of a Turtle file that ends the shortest statement with all of these IRIs.

    A statement that begins with one of them comes before one that does not.
    """
    spellings = [_spellings(iri, dict(_PREFIX.findall(text))) for iri in names]
    found = []
    for statement in _STATEMENT.finditer(text):
        ends = [spelling.search(statement[0]) for spelling in spellings]
        if all(ends):
            ahead = any(end.start() == 0 for end in ends if end)
            last = max((end.start() for end in ends if end), default=0)
            found.append((not ahead, len(statement[0]), statement.start() + last))
    return text.count("\n", 0, min(found)[2]) + 1 if found else None


def _spellings(iri: str, prefixes: Mapping[str, str]) -> re.Pattern[str]:
    """Match an IRI in full or by one of the prefixes, and not as the beginning of another name."""
    short = [
        f"{prefix}:{iri.removeprefix(space)}"
        for prefix, space in prefixes.items()
        if iri.startswith(space)
    ]
    either = "|".join(re.escape(each) for each in [f"<{iri}>", *short])
    return re.compile(rf"(?<![\w:])(?:{either})(?![\w-])")
