"""The ontology's quality report: its style, its normal form, its OWL 2 DL profile, its logic."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from graph import catalog
from graph.errors import ServandaError
from graph.namespaces import SV
from graph.owl import hermit, justification, owlapi, releases, usage, vocabularies
from graph.owl.rules import Rule, rules
from graph.resources import resource

Outcome = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, the places where it fails, and what to do about them.

    A skipped check could not be made; `mend` then says what is missing.
    """

    name: str
    outcome: Outcome
    places: tuple[str, ...]
    mend: str

    @property
    def passed(self) -> bool:
        """Tell whether the check was made and found nothing."""
        return self.outcome == "passed"


@dataclass(frozen=True)
class _Files:
    """The Turtle files under judgement; `base` is the folder their names are told from."""

    base: Path
    ontology: tuple[Path, ...]
    data: tuple[Path, ...]

    @property
    def all(self) -> tuple[Path, ...]:
        return self.ontology + self.data

    @property
    def roots(self) -> tuple[Path, ...]:
        """The ontology files no other imports: what holds in their closures holds everywhere."""
        imported = {file for path in self.ontology for file in catalog.closure(path)[1:]}
        return tuple(path for path in self.ontology if path not in imported)


def report(folder: Path | None = None) -> list[Check]:
    """Check `ontology/` and `data/` in a folder; without one, those that came with the code."""
    style = style_checks(folder)
    # The OWL API stops at the first file or import it cannot read; the first two checks name all.
    return [*style, *owl_checks(folder)] if all(check.passed for check in style[:2]) else style


def style_checks(folder: Path | None = None) -> list[Check]:
    """Make the checks that need no Java: the files, their imports, and the rules of style."""
    files = _found(folder)
    unreadable = _each(files.base, files.all, _header)
    if not files.ontology:
        unreadable.append(f"`{files.base / 'ontology'}` holds no Turtle file")
    checks = [_check("every file is Turtle and declares one ontology", unreadable, "mend the file")]
    if unreadable:
        return checks
    unknown = _each(files.base, files.all, _imports)
    checks.append(_check("every import has a file that declares it", unknown, "mend the catalog"))
    store = _store(files.all)
    checks += [_style(rule, store, files.base) for rule in rules()]
    return [*checks, *_other_files(files)]


def _other_files(files: _Files) -> list[Check]:
    """Make the checks that look into files beside the ontology and the data."""
    used = "every class and property is used by a dataset, a shape or a question"
    unused = usage.unused(files.base, files.ontology, files.data)
    foreign = _each(files.base, files.ontology, vocabularies.mistaken)
    return [
        _check(used, unused, "use the term, or take it away")
        if files.data
        else Check(used, "skipped", (), "there are no datasets to look into"),
        _check(
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
    return _check(name, releases.unkept(folder), mend)


def _package(files: _Files) -> Check:
    name = "the ontology has the version of the package"
    project = files.base / "pyproject.toml"
    if not project.is_file():
        return Check(name, "skipped", (), "there is no pyproject.toml beside the ontology")
    package = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    version = releases.said(releases.version_of(files.ontology))
    different = [f"the ontology is {version}, the package is {package}"]
    return _check(name, [] if version == package else different, "write one version into both")


def owl_checks(folder: Path | None = None) -> list[Check]:
    """Make the checks that need Java; each is skipped, with the reason, where Java is not."""
    files = _found(folder)
    return [
        _java_check(
            owlapi.available(),
            "every file is written as Protégé writes it",
            "run `make ontology`",
            lambda: _each(files.base, files.all, _not_normal),
        ),
        _java_check(
            owlapi.available(),
            "everything is within OWL 2 DL",
            "see https://www.w3.org/TR/owl2-syntax/#Ontologies_in_OWL_2_DL",
            lambda: _outside_dl(files),
        ),
        _java_check(
            hermit.available(),
            "the ontology is consistent and every class can have a member",
            "take back one of the axioms that contradict each other",
            lambda: _impossible(files),
        ),
        _java_check(
            owlapi.available(),
            "the data contradict no axiom",
            "mend the data, or the axiom",
            lambda: _contradictory(files),
        ),
    ]


def ontology_folder(folder: Path | None = None) -> Path:
    """Give the `ontology/` of a folder; without one, that which came with the code."""
    return _found(folder).base / "ontology"


def normalise(paths: Iterable[Path] | None = None) -> list[Path]:
    """Rewrite files as the OWL API writes them, `ontology/` and `data/` when none are named.

    Gives the files whose text changed.
    """
    return owlapi.normalise(_found(None).all if paths is None else paths)


def _found(folder: Path | None) -> _Files:
    base = (folder or resource("ontology").parent).resolve()
    ontology, data = (sorted((base / name).rglob("*.ttl")) for name in ("ontology", "data"))
    return _Files(base, tuple(ontology), tuple(data))


def _check(name: str, places: Sequence[str], mend: str) -> Check:
    return Check(name, "failed" if places else "passed", tuple(places), mend)


def _each(base: Path, paths: Iterable[Path], judge: Callable[[Path], Iterable[str]]) -> list[str]:
    """Say what is wrong with each file, whatever cannot be read included."""
    places: list[str] = []
    for path in paths:
        name = path.relative_to(base).as_posix()
        try:
            places += [f"`{name}`: {wrong}" for wrong in judge(path)]
        except ServandaError as error:
            line = f", line {error.line}" if error.line else ""
            places.append(f"{str(error).replace(f'{base}/', '')}{line}")
    return list(dict.fromkeys(places))


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
        f" {_short(row['what'].value)}"
        for row in answers
    ]
    return _check(rule.name, list(dict.fromkeys(places)), rule.mend)


def _term(term: ox.NamedNode | ox.BlankNode) -> str:
    return "something" if isinstance(term, ox.BlankNode) else f"`{_short(term.value)}`"


def _short(text: str) -> str:
    return text.replace(SV, "sv:")


def _java_check(
    missing: str | None, name: str, mend: str, places: Callable[[], list[str]]
) -> Check:
    return Check(name, "skipped", (), missing) if missing else _check(name, places(), mend)


def _not_normal(path: Path) -> list[str]:
    normal, text = owlapi.normal_form(path), path.read_text(encoding="utf-8")
    difference = difflib.ndiff(text.splitlines(), normal.splitlines())
    lines = sum(line.startswith(("+ ", "- ")) for line in difference) or int(normal != text)
    plural = "" if lines == 1 else "s"
    return [f"{lines} line{plural} would change in a save by Protégé"] if lines else []


def _outside_dl(files: _Files) -> list[str]:
    told: set[str] = set()

    def not_yet_told(path: Path) -> list[str]:
        fresh = [wrong for wrong in owlapi.profile_violations(path) if wrong not in told]
        told.update(fresh)
        return fresh

    # What is wrong in a module comes up again in every file that imports it: the module goes first.
    imported_first = sorted(files.all, key=lambda path: len(catalog.closure(path)))
    return _each(files.base, imported_first, not_yet_told)


def _impossible(files: _Files) -> list[str]:
    verdict = hermit.classify(*files.roots)
    if verdict.consistent and not verdict.unsatisfiable:
        return []
    if owlapi.available() is None:
        return _explained(files, files.roots)
    impossible = [f"`{_short(iri)}` can have no member" for iri in verdict.unsatisfiable]
    return impossible or ["the ontology is inconsistent"]


def _contradictory(files: _Files) -> list[str]:
    # What the ontology alone contradicts is told above.
    found = _explained(files, files.data) if files.data else []
    return [place for place in found if any(f"({path}" in place for path in _names(files))]


def _names(files: _Files) -> list[str]:
    return [path.relative_to(files.base).as_posix() for path in files.data]


def _explained(files: _Files, paths: Sequence[Path]) -> list[str]:
    places = []
    for fault in justification.faults(paths):
        what = (
            f"`{_short(fault.impossible)}` can have no member"
            if fault.impossible
            else "nothing can be as these axioms say"
        )
        lines = [
            f"  {place.axiom} ({_name(files.base, place.file)}:{place.line or '?'})"
            for place in fault.because
        ]
        places.append("\n".join([f"{what}{':' if lines else ''}", *lines]))
    return places


def _name(base: Path, file: Path) -> str:
    return file.relative_to(base).as_posix() if file.is_relative_to(base) else str(file)
