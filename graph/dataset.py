"""Finds the RDF files of a path and reads each as one dataset graph; it does not judge them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from graph.catalog import entries
from graph.errors import UnreadableInput
from graph.namespaces import DATA, ONTOLOGY, PREFIXES, SV
from graph.rdf import FORMAT_OF_SUFFIX, parse
from graph.skolem import ground

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_IMPORTS = ox.NamedNode(PREFIXES["owl"] + "imports")
_HEADER = ox.NamedNode(PREFIXES["owl"] + "Ontology")
_NAME_IT = f"name it {DATA}NAME, or {ONTOLOGY}NAME for a module of the ontology"


@dataclass(frozen=True)
class Dataset:
    """The content of one file: quads of the graph that its `owl:Ontology` header names."""

    graph: ox.NamedNode
    path: Path
    quads: tuple[ox.Quad, ...]


def read_datasets(paths: Iterable[Path]) -> list[Dataset]:
    """Read the files, and the files of the folders, in the order given; a file counts once.

    Raises UnreadableInput for a path that is absent or holds no RDF, for a file `read_dataset`
    refuses, and for two files with one graph.
    """
    files = {file.resolve(): file for path in paths for file in find_files(path)}
    datasets: dict[ox.NamedNode, Dataset] = {}
    for dataset in chain.from_iterable(map(read_file, files.values())):
        other = datasets.setdefault(dataset.graph, dataset)
        if other is not dataset:
            raise UnreadableInput(
                f"`{other.path}` and `{dataset.path}` are both the dataset `{dataset.graph.value}`",
                hint="give each file a header of its own, or put their content into one file",
            )
    return list(datasets.values())


def refuse_unknown_terms(datasets: Iterable[Dataset], ontology: Iterable[Dataset]) -> None:
    """Refuse a dataset that uses a term the ontology does not declare: most often a misspelling.

    A misspelt property would otherwise load and say nothing, for shapes look only for what they
    know. Raises UnreadableInput naming the file, the term and the nearest declared one.
    """
    declared = {
        quad.subject.value
        for dataset in ontology
        for quad in dataset.quads
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(SV)
    }
    for dataset in datasets:
        used = {
            term.value
            for quad in dataset.quads
            for term in (quad.predicate, quad.object)
            if isinstance(term, ox.NamedNode) and term.value.startswith(SV)
        }
        for term in sorted(used - declared):
            raise undeclared(f"`{dataset.path}`", term, declared)


def undeclared(user: str, term: str, declared: Iterable[str]) -> UnreadableInput:
    """Say who uses a term that is not among the declared ones, and the nearest that is."""
    name = term.removeprefix(SV)
    # With what they all begin with, any two would be near each other.
    names = [iri.removeprefix(SV) for iri in declared if iri.startswith(SV)]
    near = get_close_matches(name, names, n=1)
    return UnreadableInput(
        f"{user} uses `sv:{name}`, which the ontology does not declare",
        hint=f"did you mean `sv:{near[0]}`" if near else None,
    )


def with_imports(datasets: Sequence[Dataset]) -> list[Dataset]:
    """Add the datasets that these import, directly or not, found through their catalogs.

    Raises UnreadableInput for one that no catalog names.
    """
    found = {dataset.graph.value: dataset for dataset in datasets}
    waiting = list(datasets)
    while waiting:
        dataset = waiting.pop()
        for iri in sorted(imported_datasets(dataset) - found.keys()):
            file = entries(dataset.path.parent).get(iri)
            if file is None:
                raise absent_import(dataset, iri)
            found[iri] = read_dataset(file)
            waiting.append(found[iri])
    return list(found.values())


def imported_datasets(dataset: Dataset) -> set[str]:
    """Give the IRIs of the datasets that one imports, ontology modules left out."""
    return {
        quad.object.value
        for quad in dataset.quads
        if quad.predicate == _IMPORTS
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value.startswith(DATA)
    }


def absent_import(dataset: Dataset, iri: str) -> UnreadableInput:
    """Say that a dataset needs another, and where its catalog has it."""
    file = entries(dataset.path.parent).get(iri)
    where = f"`{os.path.relpath(file)}`" if file else "its file"
    return UnreadableInput(
        f"`{dataset.path}` imports `{iri}`, which is not there", hint=f"name {where} as well"
    )


def find_files(path: Path) -> list[Path]:
    """List the RDF files under a path, sorted; a file stands for itself whatever its folder holds.

    Hidden files and files that are no RDF by their suffix are passed over.
    """
    if path.is_dir():
        found = sorted(
            file
            for file in path.rglob("*")
            if file.suffix in FORMAT_OF_SUFFIX
            and file.is_file()
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
        )
        if not found:
            raise UnreadableInput(f"no RDF files in `{path}`", hint=_contents(path))
        return found
    if not path.exists():
        raise UnreadableInput(f"`{path}` does not exist", hint=_contents(path.parent))
    return [path]


def read_file(path: Path) -> list[Dataset]:
    """Read a file as one dataset, or as one for each named graph if it has nothing beside them.

    The second is what an export is; the name of a graph then does what a header does. Raises
    UnreadableInput as `read_dataset` does.
    """
    parsed = _parsed(path)
    parts = defaultdict[object, list[ox.Quad]](list)
    for quad in parsed:
        parts[quad.graph_name].append(quad)
    if not parts or ox.DefaultGraph() in parts:
        return [_dataset(path, parsed)]
    return [_part(path, parts[graph], graph) for graph in sorted(parts, key=str)]


def _part(path: Path, quads: Sequence[ox.Quad], graph: object) -> Dataset:
    if not isinstance(graph, ox.NamedNode) or not _is_ours(graph.value):
        raise UnreadableInput(
            f"`{path}` holds the graph {graph}, which is not a name for a dataset",
            hint=_NAME_IT,
        )
    return Dataset(graph, path, tuple(ground(quads, graph)))


def read_dataset(path: Path) -> Dataset:
    """Read a file as the dataset its header names.

    Raises UnreadableInput when the file cannot be read or parsed, has no header or more than one,
    names a graph outside Servanda's data and ontology, or holds quads of another graph.
    """
    return _dataset(path, _parsed(path))


def _parsed(path: Path) -> list[ox.Quad]:
    syntax = FORMAT_OF_SUFFIX.get(path.suffix)
    if syntax is None:
        raise UnreadableInput(
            f"`{path}` is not RDF by its name", hint=f"name it *{', *'.join(FORMAT_OF_SUFFIX)}"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"`{path}` cannot be read: {error.strerror}") from None
    return parse(data, format=syntax, source=str(path))


def _dataset(path: Path, parsed: Sequence[ox.Quad]) -> Dataset:
    graph = _header(parsed, path)
    quads = ground(parsed, graph)
    for quad in quads:
        if quad.graph_name != graph:
            raise UnreadableInput(
                f"`{path}` holds the graph {quad.graph_name} beside its own, `{graph.value}`",
                hint="put each dataset into a file of its own",
            )
    return Dataset(graph, path, tuple(quads))


def _header(quads: Iterable[ox.Quad], path: Path) -> ox.NamedNode:
    found = {q.subject for q in quads if q.predicate == _TYPE and q.object == _HEADER}
    headers = sorted(found, key=str)
    if len(headers) != 1:
        named = f": {', '.join(map(str, headers))}" if headers else ""
        raise UnreadableInput(
            f"`{path}` has {len(headers)} owl:Ontology headers, not one{named}",
            hint=f"begin it with <{DATA}NAME> a owl:Ontology .",
        )
    (header,) = headers
    if not isinstance(header, ox.NamedNode) or not _is_ours(header.value):
        raise UnreadableInput(
            f"the owl:Ontology header {header} of `{path}` is not a name for a dataset",
            hint=_NAME_IT,
        )
    return header


def _is_ours(iri: str) -> bool:
    return any(iri.startswith(base) and iri != base for base in (DATA, ONTOLOGY))


def _contents(folder: Path) -> str:
    """Say what a folder holds, so that a slip of the pen is seen."""
    if not folder.is_dir():
        return f"`{folder}` does not exist either"
    names = sorted(each.name + "/" * each.is_dir() for each in folder.iterdir())
    shown = [name for name in names if not name.startswith(".")][:10]
    return f"`{folder}` holds {', '.join(shown)}" if shown else f"`{folder}` is empty"
