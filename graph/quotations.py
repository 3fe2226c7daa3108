"""Checks that what a dataset quotes stands in the source text that it was drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.candidate import Candidate
from graph.dataset import Dataset
from graph.errors import UnreadableInput
from graph.namespaces import PREFIXES, SV
from graph.validate import Finding

SOURCE_TEXT: Final = "source.txt"
RULE: Final = "quotation-in-text"
# By the graph of the dataset that quotes from it; None for one that is not checked.
SourceTexts = Mapping[ox.NamedNode, str | None]
_QUOTATION: Final = ox.NamedNode(SV + "quotation")
_PARAGRAPH: Final = ox.NamedNode(SV + "paragraph")
_LABEL: Final = ox.NamedNode(PREFIXES["rdfs"] + "label")


def source_texts(datasets: Iterable[Dataset]) -> SourceTexts:
    """Read the `source.txt` in the folder of each dataset.

    Raises UnreadableInput for one that is not UTF-8.
    """
    files = {dataset.graph: dataset.path.parent / SOURCE_TEXT for dataset in datasets}
    return {graph: _read(file) if file.is_file() else None for graph, file in files.items()}


def check_quotations(datasets: Iterable[Dataset], texts: SourceTexts) -> list[Finding]:
    """Find quotations that are not, letter for letter, where they are said to stand.

    Paragraphs are the lines that are not empty, counted from 1 after the heading; a thing with
    paragraphs must quote from one of them.
    """
    found: list[Finding] = []
    for dataset in datasets:
        text = texts.get(dataset.graph)
        if text is not None:
            found.extend(_Quoting(dataset.graph, dataset.quads, text).findings())
    return sorted(found, key=_order)


def check_changed_quotations(
    state: Candidate, text_of: Callable[[ox.NamedNode], str | None]
) -> list[Finding]:
    """Find the same of the things whose quotation or paragraph a change adds or removes.

    `text_of` gives the source text of a dataset, None for one that is not checked.
    """
    changed: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for quad in (*state.change.adds, *state.change.removes):
        if quad.predicate in (_QUOTATION, _PARAGRAPH):
            assert isinstance(quad.graph_name, ox.NamedNode)
            assert isinstance(quad.subject, ox.NamedNode)
            changed[quad.graph_name].add(quad.subject)
    found: list[Finding] = []
    for graph, things in changed.items():
        found.extend(_quoting_of(state, graph, things, text_of(graph)))
    return sorted(found, key=_order)


def check_quotations_after(state: Candidate, texts: SourceTexts) -> list[Finding]:
    """Find the same of everything that the graphs of the texts would hold after a change."""
    quoting: dict[object, set[ox.NamedNode]] = defaultdict(set)
    for quad in state.match(predicate=_QUOTATION):
        assert isinstance(quad.subject, ox.NamedNode)
        quoting[quad.graph_name].add(quad.subject)
    found: list[Finding] = []
    for graph, text in texts.items():
        found.extend(_quoting_of(state, graph, quoting[graph], text))
    return sorted(found, key=_order)


def _quoting_of(
    state: Candidate, graph: ox.NamedNode, things: Iterable[ox.NamedNode], text: str | None
) -> Iterator[Finding]:
    if text is None:
        return iter(())
    about = (quad for thing in things for quad in state.match(thing))
    quads = tuple(quad for quad in about if quad.graph_name == graph)
    return _Quoting(graph, quads, text).findings()


def _order(finding: Finding) -> tuple[str, str]:
    return finding.focus, finding.value or ""


@dataclass(frozen=True)
class _Quoting:
    graph: ox.NamedNode
    quads: Sequence[ox.Quad]
    text: str

    @cached_property
    def _paragraphs(self) -> list[str]:
        return [line for line in self.text.splitlines() if line.strip()]

    def findings(self) -> Iterator[Finding]:
        for quad in self.quads:
            if quad.predicate == _QUOTATION and isinstance(quad.object, ox.Literal):
                message = self._mistake(quad.subject, quad.object.value)
                if message is not None:
                    yield self._finding(quad.subject, quad.object.value, message)

    def _mistake(self, thing: ox.NamedNode | ox.BlankNode | ox.Triple, words: str) -> str | None:
        numbers = [int(value) for value in self._values(thing, _PARAGRAPH)]
        last = len(self._paragraphs) - 1
        if any(number > last for number in numbers):
            return f"The source text has {last} paragraphs: mend the number of the paragraph."
        if words not in self.text:
            return "These words are not in the source text: quote it letter for letter."
        if numbers and not any(words in self._paragraphs[number] for number in numbers):
            right = [n for n, text in enumerate(self._paragraphs) if words in text]
            where = f"paragraph {right[0]}" if right else "more than one paragraph"
            return f"These words stand in {where}: mend the number of the paragraph."
        return None

    def _values(self, thing: object, predicate: ox.NamedNode) -> list[str]:
        return [
            quad.object.value
            for quad in self.quads
            if quad.subject == thing
            and quad.predicate == predicate
            and isinstance(quad.object, ox.Literal)
        ]

    def _finding(
        self, thing: ox.NamedNode | ox.BlankNode | ox.Triple, words: str, message: str
    ) -> Finding:
        return Finding(
            severity="violation",
            rule=RULE,
            message=message,
            focus=thing.value if isinstance(thing, ox.NamedNode) else str(thing),
            focus_label=next(iter(self._values(thing, _LABEL)), None),
            path="sv:quotation",
            value=words,
            graph=self.graph.value,
        )


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise UnreadableInput(f"`{file}` is not UTF-8", hint="save it as UTF-8") from None
