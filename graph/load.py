"""Takes datasets into the database: all of them, judged together with what is there, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from graph.candidate import Candidate
from graph.database import Database
from graph.dataset import (
    Dataset,
    absent_import,
    imported_datasets,
    read_datasets,
    refuse_unknown_terms,
)
from graph.journal import Change
from graph.quotations import SourceTexts, check_quotations, source_texts
from graph.resources import resource
from graph.rules import read_rules
from graph.slices.verdict import Judge, judge_change
from graph.store import Store
from graph.validate import Finding
from graph.write import WriteReport, accept


@dataclass(frozen=True)
class LoadedDataset:
    """What a load did to one dataset graph, counted in quads."""

    graph: str
    path: Path
    added: int
    removed: int


@dataclass(frozen=True)
class LoadReport:
    """What a load did: the datasets asked for, and before them the ontology modules that changed.

    `findings` holds no violation, and nothing when no quad changed: then no rule was asked.
    """

    datasets: tuple[LoadedDataset, ...]
    written: WriteReport

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give what was found of the things it touches."""
        return self.written.findings

    @property
    def version(self) -> int:
        """Give the version after the load."""
        return self.written.version

    @property
    def unchanged(self) -> bool:
        """Say whether the graph held all of it already."""
        changed = any(each.added or each.removed for each in self.datasets)
        return not changed and not self.written.texts


def load(
    database: Database,
    paths: Iterable[Path],
    *,
    author: str,
    reason: str,
    role: str = "editor",
    ontology: Path | None = None,
    shapes: Path | None = None,
    at: datetime | None = None,
    judge: Judge = judge_change,
) -> LoadReport:
    """Replace the graph of each dataset under the paths by the content of its file.

    It is one transaction, in which what differs of the shipped ontology comes along. `ontology`
    and `shapes` are folders that stand in for the shipped ones. Of a change to what is there, only
    what it touches is judged. Every quotation is looked for in the `source.txt` beside its dataset,
    which is kept; both also where no quad changed. Raises Refused when a rule of severity violation
    is broken, and what `read_datasets`, `judge` and `Database.commit` raise; then nothing was
    changed.
    """
    datasets = read_datasets(paths)
    return take_in(
        database,
        datasets,
        source_texts(datasets),
        author=author,
        reason=reason,
        role=role,
        ontology=ontology,
        shapes=shapes,
        at=at,
        judge=judge,
    )


def take_in(
    database: Database,
    datasets: Sequence[Dataset],
    texts: SourceTexts,
    *,
    author: str,
    reason: str,
    role: str = "editor",
    ontology: Path | None = None,
    shapes: Path | None = None,
    at: datetime | None = None,
    judge: Judge = judge_change,
) -> LoadReport:
    """Load datasets that were read or made; `texts` are what they quote from, and are kept."""
    shipped = read_datasets([ontology or resource("ontology")])
    refuse_unknown_terms(datasets, [*shipped, *datasets])
    with database.writing:
        _refuse_absent_imports(datasets, database.store)
        changed = _replacements(datasets, shipped, database.store)
        report = accept(
            database,
            Candidate(database.store, _joined(changed)),
            check_quotations(datasets, texts),
            author=author,
            role=role,
            reason=reason,
            source=" ".join(each.dataset.graph.value for each in changed if each.change),
            shapes=shapes,
            at=at,
            texts=texts,
            judge=judge,
        )
    return LoadReport(tuple(each.outcome() for each in changed), report)


def judged(
    store: Store,
    datasets: Sequence[Dataset],
    *,
    shapes: Path | None = None,
    judge: Judge = judge_change,
) -> tuple[Change, tuple[Finding, ...]]:
    """Judge datasets as if they were taken in: give what would change and what is found of it.

    Everything is judged, as for an empty graph, where a slice is not enough. Raises what
    `take_in` raises before it writes.
    """
    shipped = read_datasets([resource("ontology")])
    refuse_unknown_terms(datasets, [*shipped, *datasets])
    _refuse_absent_imports(datasets, store)
    change = _joined(_replacements(datasets, shipped, store))
    state = Candidate(store, change)
    return change, judge(state, read_rules(shapes), None).findings if change else ()


@dataclass(frozen=True)
class _Replacement:
    """A dataset and what separates the present graph from it."""

    dataset: Dataset
    change: Change

    @classmethod
    def of(cls, dataset: Dataset, store: Store) -> _Replacement:
        present, wanted = set(store.quads(dataset.graph)), set(dataset.quads)
        return cls(dataset, Change(tuple(wanted - present), tuple(present - wanted)))

    def outcome(self) -> LoadedDataset:
        return LoadedDataset(
            self.dataset.graph.value,
            self.dataset.path,
            len(self.change.adds),
            len(self.change.removes),
        )


def _refuse_absent_imports(datasets: Sequence[Dataset], store: Store) -> None:
    there = {graph.value for graph in store.graphs()} | {each.graph.value for each in datasets}
    for dataset in datasets:
        for iri in sorted(imported_datasets(dataset) - there):
            raise absent_import(dataset, iri)


def _replacements(
    datasets: Sequence[Dataset], shipped: Iterable[Dataset], store: Store
) -> list[_Replacement]:
    """Give the modules that differ, but those a dataset stands in for, and then the datasets."""
    graphs = {each.graph for each in datasets}
    beside = (_Replacement.of(each, store) for each in shipped if each.graph not in graphs)
    modules = (module for module in beside if module.change)
    return [*modules, *(_Replacement.of(each, store) for each in datasets)]


def _joined(replacements: Sequence[_Replacement]) -> Change:
    return Change(
        tuple(chain.from_iterable(each.change.adds for each in replacements)),
        tuple(chain.from_iterable(each.change.removes for each in replacements)),
    )
