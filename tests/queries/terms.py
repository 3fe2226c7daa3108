"""Which terms a question needs: those its queries name, and those that the engine reads."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import graph
from graph import catalog
from graph.competency import ENGINE
from graph.namespaces import PREFIXES, SV
from graph.query import find
from graph.resources import resource
from tests.queries.page import Question

# The modules that build the model from a graph; the rest of the engine works on the model.
READERS = ("read", "trees", "triples")


def on_page(question: Question) -> set[str]:
    """Give the terms that the page lists for a question, the engine among them as one."""
    return {*question.terms, *([ENGINE] if question.needs_engine else ())}


def needed(question: Question) -> set[str]:
    """Give the terms that the queries of a question name.

    The engine is among them where a command asks it, or a query reads what it derived.
    """
    terms = {term for each in question.queries for term in _named(find(each.query).text)}
    asked = any(not each.startswith("servanda query ") for each in question.asks)
    return terms | ({ENGINE} if asked or "DerivedGraph" in terms else set())


def read_by_engine() -> set[str]:
    """Give the declared terms whose names stand as words in the modules that read a graph."""
    words: set[str] = set()
    for module in READERS:
        source = Path(graph.__path__[0], f"{module}.py").read_text(encoding="utf-8")
        words |= {
            node.value
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return words & declared()


def declared() -> set[str]:
    return {
        str(triple.subject)[1:-1].removeprefix(SV)
        for file in resource("ontology").glob("*.ttl")
        for triple in catalog.triples(file)
        if triple.predicate.value == PREFIXES["rdf"] + "type"
        and str(triple.subject).startswith(f"<{SV}")
    }


def _named(text: str) -> set[str]:
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return set(re.findall(r"\bsv:(\w+)", "\n".join(lines)))
