"""The ontology's quality report: its style, its normal form, its OWL 2 DL profile, its logic."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from graph import catalog
from graph.owl import logic, owlapi, releases, usage, vocabularies
from graph.owl.checks import Check, Files, check, each, found, short
from graph.owl.rules import Rule, rules


def report(folder: Path | None = None) -> list[Check]:
    """Check `ontology/` and `data/` in a folder; without one, those that came with the code."""
    style = style_checks(folder)
    # The OWL API stops at the first file or import it cannot read; the first two checks name all.
    return (
        [*style, *logic.owl_checks(folder)] if all(check.passed for check in style[:2]) else style
    )


def style_checks(folder: Path | None = None) -> list[Check]:
    """Make the checks that need no Java: the files, their imports, and the rules of style."""
    files = found(folder)
    unreadable = each(files.base, files.all, _header)
    if not files.ontology:
        unreadable.append(f"`{files.base / 'ontology'}` holds no Turtle file")
    checks = [check("every file is Turtle and declares one ontology", unreadable, "mend the file")]
    if unreadable:
        return checks
    unknown = each(files.base, files.all, _imports)
    checks.append(check("every import has a file that declares it", unknown, "mend the catalog"))
    store = _store(files.all)
    checks += [_style(rule, store, files.base) for rule in rules()]
    return [*checks, *_other_files(files)]


def _other_files(files: Files) -> list[Check]:
    """Make the checks that look into files beside the ontology and the data."""
    used = "every class and property is used by a dataset, a shape or a question"
    unused = usage.unused(files.base, files.ontology, files.data)
    foreign = each(files.base, files.ontology, vocabularies.mistaken)
    return [
        check(used, unused, "use the term, or take it away")
        if files.data
        else Check(used, "skipped", (), "there are no datasets to look into"),
        check(
            "every foreign term exists in its vocabulary as it is declared",
            foreign,
            "look it up in `ontology/alignments/vocabularies`",
        ),
        _release(files.base),
        _package(files),
    ]


def _release(base: Path) -> Check:
    name = "the version tells what changed since the last release"
    folder = base / "ontology"
    if not releases.recorded(folder):
        return Check(name, "skipped", (), "`ontology/releases` records no release yet")
    mend = (
        "write that version into every owl:versionIRI and pyproject.toml, or take the change back"
    )
    return check(name, releases.unkept(folder), mend)


def _package(files: Files) -> Check:
    name = "the ontology has the version of the package"
    project = files.base / "pyproject.toml"
    if not project.is_file():
        return Check(name, "skipped", (), "there is no pyproject.toml beside the ontology")
    package = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    version = releases.said(releases.version_of(files.ontology))
    different = [f"the ontology is {version}, the package is {package}"]
    return check(name, [] if version == package else different, "write one version into both")


def ontology_folder(folder: Path | None = None) -> Path:
    """Give the `ontology/` of a folder; without one, that which came with the code."""
    return found(folder).base / "ontology"


def normalise(paths: Iterable[Path] | None = None) -> list[Path]:
    """Rewrite files as the OWL API writes them, `ontology/` and `data/` when none are named.

    Gives the files whose text changed.
    """
    return owlapi.normalise(found(None).all if paths is None else paths)


def _header(path: Path) -> list[str]:
    declared = catalog.ontologies(path)
    return [] if len(declared) == 1 else [f"declares {len(declared)} ontologies"]


def _imports(path: Path) -> list[str]:
    catalog.closure(path)
    return [
        f"the catalog gives `{file}` for `{iri}`, which that file does not declare"
        for iri, file in catalog.entries(path.parent).items()
        if not file.is_file() or iri not in catalog.ontologies(file)
    ]


def _store(paths: Iterable[Path]) -> ox.Store:
    store = ox.Store()
    for path in paths:
        graph = ox.NamedNode(path.as_uri())
        store.extend(
            ox.Quad(t.subject, t.predicate, t.object, graph) for t in catalog.triples(path)
        )
    return store


def _style(rule: Rule, store: ox.Store, base: Path) -> Check:
    answers = store.query(rule.query, use_default_graph_as_union=True)
    assert isinstance(answers, ox.QuerySolutions)
    places = [
        f"`{row['file'].value.removeprefix(base.as_uri() + '/')}`: {_term(row['term'])}"
        f" {short(row['what'].value)}"
        for row in answers
    ]
    return check(rule.name, list(dict.fromkeys(places)), rule.mend)


def _term(term: ox.NamedNode | ox.BlankNode) -> str:
    return "something" if isinstance(term, ox.BlankNode) else f"`{short(term.value)}`"
