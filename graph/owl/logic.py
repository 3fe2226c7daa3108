"""The checks of form and logic, which need Java: normal form, OWL 2 DL, consistency."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from pathlib import Path

from graph import catalog
from graph.owl import hermit, justification, owlapi
from graph.owl.checks import Check, Files, check, each, found, short


def owl_checks(folder: Path | None = None) -> list[Check]:
    """Make the checks that need Java; each is skipped, with the reason, where Java is not."""
    files = found(folder)
    return [
        _java_check(
            owlapi.available(),
            "every file is written as Protégé writes it",
            "run `make ontology`",
            lambda: each(files.base, files.all, _not_normal),
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


def _java_check(
    missing: str | None, name: str, mend: str, places: Callable[[], list[str]]
) -> Check:
    return Check(name, "skipped", (), missing) if missing else check(name, places(), mend)


def _not_normal(path: Path) -> list[str]:
    normal, text = owlapi.normal_form(path), path.read_text(encoding="utf-8")
    difference = difflib.ndiff(text.splitlines(), normal.splitlines())
    lines = sum(line.startswith(("+ ", "- ")) for line in difference) or int(normal != text)
    plural = "" if lines == 1 else "s"
    return [f"{lines} line{plural} would change in a save by Protégé"] if lines else []


def _outside_dl(files: Files) -> list[str]:
    told: set[str] = set()

    def not_yet_told(path: Path) -> list[str]:
        fresh = [wrong for wrong in owlapi.profile_violations(path) if wrong not in told]
        told.update(fresh)
        return fresh

    # What is wrong in a module comes up again in every file that imports it: the module goes first.
    imported_first = sorted(files.all, key=lambda path: len(catalog.closure(path)))
    return each(files.base, imported_first, not_yet_told)


def _impossible(files: Files) -> list[str]:
    verdict = hermit.classify(*files.roots)
    if verdict.consistent and not verdict.unsatisfiable:
        return []
    if owlapi.available() is None:
        return _explained(files, files.roots)
    impossible = [f"`{short(iri)}` can have no member" for iri in verdict.unsatisfiable]
    return impossible or ["the ontology is inconsistent"]


def _contradictory(files: Files) -> list[str]:
    # What the ontology alone contradicts is told above.
    told = _explained(files, files.data) if files.data else []
    return [place for place in told if any(f"({path}" in place for path in _names(files))]


def _names(files: Files) -> list[str]:
    return [path.relative_to(files.base).as_posix() for path in files.data]


def _explained(files: Files, paths: Sequence[Path]) -> list[str]:
    places = []
    for fault in justification.faults(paths):
        what = (
            f"`{short(fault.impossible)}` can have no member"
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
