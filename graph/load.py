"""Takes datasets into the database: all of them, judged together with what is there, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from graph.database import Database
from graph.dataset import (
    Dataset,
    absent_import,
    imported_datasets,
    read_datasets,
    refuse_unknown_terms,
)
from graph.journal import Change
from graph.quotations import check_quotations
from graph.resources import resource
from graph.store import Store
from graph.validate import Finding, Refused, report_digest, validate


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

    `findings` holds no violation, and nothing when nothing changed: then nothing was judged.
    `version` is the one after the load.
    """

    datasets: tuple[LoadedDataset, ...]
    findings: tuple[Finding, ...]
    version: int

    @property
    def unchanged(self) -> bool:
        """Say whether the graph held all of it already."""
        return not any(each.added or each.removed for each in self.datasets)


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
) -> LoadReport:
    """Replace the graph of each dataset under the paths by the content of its file.

    It is one transaction, in which what differs of the shipped ontology comes along. `ontology`
    and `shapes` are folders that stand in for the shipped ones. Raises Refused when a rule of
    severity violation is broken, and what `read_datasets`, `validate` and `Database.commit` raise;
    then nothing was changed.
    """
    datasets = read_datasets(paths)
    shipped = read_datasets([ontology or resource("ontology")])
    refuse_unknown_terms(datasets, [*shipped, *datasets])
    _refuse_absent_imports(datasets, database.store)
    given = [_Replacement.of(each, database.store) for each in datasets]
    graphs = {each.graph for each in datasets}
    beside = (_Replacement.of(each, database.store) for each in shipped if each.graph not in graphs)
    modules = [module for module in beside if module.change]
    findings: list[Finding] = []
    if any(each.change for each in (*modules, *given)):
        findings = check_quotations(each.dataset for each in given)
        findings += validate(_after(database.store, [*modules, *given]), shapes)
        if any(finding.severity == "violation" for finding in findings):
            raise Refused(findings)
    changed = [*modules, *given]
    database.commit(
        _joined(changed),
        author=author,
        role=role,
        reason=reason,
        source=" ".join(each.dataset.graph.value for each in changed if each.change),
        report_digest=report_digest(findings),
        at=at,
    )
    return LoadReport(tuple(each.outcome() for each in changed), tuple(findings), database.version)


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


def _after(store: Store, replacements: Sequence[_Replacement]) -> Iterable[ox.Quad]:
    """Give the quads there will be when every replacement is made."""
    replaced = {each.dataset.graph for each in replacements}
    kept = (quad for quad in store.quads() if quad.graph_name not in replaced)
    return chain(kept, *(each.dataset.quads for each in replacements))


def _joined(replacements: Sequence[_Replacement]) -> Change:
    return Change(
        tuple(chain.from_iterable(each.change.adds for each in replacements)),
        tuple(chain.from_iterable(each.change.removes for each in replacements)),
    )
