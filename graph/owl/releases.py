"""Compares the ontology with its last release and says which version the changes ask for.

A release is a list of statements in `ontology/releases/<version>.tsv`; docs/editors.md has the
rule. Alignments are left out: they change what no dataset and no question means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph import catalog
from graph.errors import InvalidRequest, UnreadableInput
from graph.namespaces import ONTOLOGY
from graph.owl.statements import SYMMETRIC, Statement, statements

Version = tuple[int, int, int]

PATCH, MINOR, MAJOR = range(3)
_VERSION: Final = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_SHOWN: Final = 5
_WORDS: Final = ("rdfs:label", "rdfs:comment", "rdfs:seeAlso", "rdfs:isDefinedBy", "owl:version")


@dataclass(frozen=True)
class Change:
    """What is different from the last release, and how much that weighs."""

    weight: int
    what: str


def recorded(folder: Path) -> dict[Version, Path]:
    """Give the releases that an ontology folder records, the oldest first."""
    files = {file.stem: file for file in (folder / "releases").glob("*.tsv")}
    return dict(sorted((parsed(stem), file) for stem, file in files.items()))


def parsed(version: str) -> Version:
    """Read a version such as 0.1.0."""
    found = _VERSION.fullmatch(version)
    if found is None:
        raise UnreadableInput(f"`{version}` is no version", hint="write three numbers, as 0.1.0")
    major, minor, patch = map(int, found.groups())
    return major, minor, patch


def version_of(modules: Iterable[Path]) -> Version:
    """Give the version that core says it is, by its version IRI."""
    pattern = re.compile(re.escape(ONTOLOGY) + r"([^/]+)/core")
    for module in modules:
        for statement in catalog.triples(module):
            found = pattern.fullmatch(getattr(statement.object, "value", ""))
            if found:
                return parsed(found[1])
    raise UnreadableInput(
        "no module is core and has a version IRI", hint=f"write {ONTOLOGY}0.1.0/core"
    )


def record(folder: Path) -> Path:
    """Write the present modules of an ontology folder down as released, and give the file."""
    modules = sorted(folder.glob("*.ttl"))
    file = folder / "releases" / f"{said(version_of(modules))}.tsv"
    if file.exists():
        raise InvalidRequest(f"`{file}` is released already", hint="write a higher version first")
    file.parent.mkdir(exist_ok=True)
    lines = ["\t".join(statement) for statement in sorted(statements(modules))]
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return file


def said(version: Version) -> str:
    """Write a version."""
    return ".".join(map(str, version))


def unkept(folder: Path) -> list[str]:
    """Say which changes since the last release the version of an ontology folder does not tell.

    Terms that were removed without having been deprecated are told whatever the version.
    """
    releases, modules = recorded(folder), sorted(folder.glob("*.ttl"))
    if not releases:
        return []
    last, file = list(releases.items())[-1]
    old, new = _read(file), statements(modules)
    found = [
        f"`{term}` was removed and not deprecated in {said(last)}"
        for term in sorted(_terms(old) - _terms(new) - _deprecated(old))
    ]
    changed = sorted(changes(old, new), key=lambda change: (-change.weight, change.what))
    version, least = version_of(modules), asked(last, changed)
    if version < least:
        heaviest = [change.what for change in changed if change.weight == changed[0].weight]
        told = "; ".join(heaviest[:_SHOWN]) + ("; …" if len(heaviest) > _SHOWN else "")
        found.append(f"version {said(version)} is too low, {said(least)} is asked for: {told}")
    return found


def asked(last: Version, changed: Iterable[Change]) -> Version:
    """Give the least version for changes to `last`; before 1.0.0 they weigh one place less."""
    weight = max((change.weight for change in changed), default=None)
    major, minor, patch = last
    if weight is None:
        return last
    if weight == MAJOR and major:
        return major + 1, 0, 0
    if weight == MAJOR or (weight == MINOR and major):
        return major, minor + 1, 0
    return major, minor, patch + 1


def changes(old: set[Statement], new: set[Statement]) -> list[Change]:
    """Weigh what was added and removed.

    Major is what takes an answer away or forbids what was allowed: a removed term, and any axiom
    about released terms that comes or goes. Minor is a new term with its own axioms, and a
    deprecation. Patch is a change of words.
    """
    gone, fresh = _terms(old) - _terms(new), _terms(new) - _terms(old)
    found = [Change(MAJOR, f"`{term}` is removed") for term in gone]
    found += [Change(MINOR, f"`{term}` is new") for term in fresh]
    for statement in new - old:
        if not _is_about(statement, fresh):
            found.append(Change(_weight(statement), f"`{' '.join(statement)}` is added"))
    for statement in old - new:
        if not _names(statement) & gone:
            found.append(Change(_weight(statement), f"`{' '.join(statement)}` is taken away"))
    return found


def _weight(statement: Statement) -> int:
    if statement.predicate == "owl:deprecated":
        return MINOR
    # Headers, and the properties of others that annotations are made with.
    beside = not statement.subject.startswith(("sv:", "["))
    words = statement.predicate.startswith((*_WORDS, "skos:", "dcterms:"))
    return PATCH if beside or words else MAJOR


def _is_about(statement: Statement, terms: set[str]) -> bool:
    """Tell whether a statement belongs to one of the terms, and to no other that it restricts."""
    if statement.subject in terms:
        return True
    return statement.predicate in SYMMETRIC and statement.object in terms


def _names(statement: Statement) -> set[str]:
    return set(re.findall(r"sv:\w+", " ".join(statement)))


def _terms(statements: Iterable[Statement]) -> set[str]:
    return {
        each.subject
        for each in statements
        if each.predicate == "rdf:type" and each.subject.startswith("sv:")
    }


def _deprecated(statements: Iterable[Statement]) -> set[str]:
    return {each.subject for each in statements if each.predicate == "owl:deprecated"}


def _read(file: Path) -> set[Statement]:
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    if any(len(row) != 3 for row in rows):
        raise UnreadableInput(f"`{file}` is no list of statements", hint="restore it from git")
    return {Statement(*row) for row in rows}
