"""Shows what the shapes found: as a table of sentences, as JSON, or as a SHACL report."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Final

from api.cli.terminal import cell, show_table, table, write
from graph.namespaces import BASE, prefixed

if TYPE_CHECKING:
    from graph.validate import Finding

_NAME: Final = re.compile(r"<[^>]*>|[\w-]+:[\w.-]+")
# A path over more properties than these says nothing at a glance.
_MOST_NAMED: Final = 2


class Severity(StrEnum):
    """How grave a finding is, gravest first."""

    violation = "violation"
    warning = "warning"
    info = "info"

    @property
    def and_graver(self) -> tuple[str, ...]:
        """Name this severity and those above it."""
        names = tuple(Severity)
        return names[: names.index(self) + 1]


def at_least(severity: Severity, findings: Iterable[Finding]) -> list[Finding]:
    """Leave out the findings that are less grave."""
    return [finding for finding in findings if finding.severity in severity.and_graver]


def show_findings(findings: Sequence[Finding]) -> None:
    """Write the findings to stdout as a table: what breaks one rule in one way stands together."""
    if not findings:
        return
    names = _property_labels()
    shown = table("severity", "rule", "what is wrong", "property", "where")
    for (severity, rule, message, path), alike in groupby(sorted(findings, key=_order), key=_kind):
        places = "\n".join(dict.fromkeys(map(_place, alike)))
        shown.add_row(*map(cell, (severity, rule, message, _property(path, names), places)))
    show_table(shown)


def _kind(finding: Finding) -> tuple[str, str, str, str | None]:
    return finding.severity, finding.rule, finding.message, finding.path


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    rank = list(Severity).index(Severity(finding.severity))
    return rank, finding.rule, finding.message, finding.path or "", _place(finding)


def _place(finding: Finding) -> str:
    thing = finding.focus_label or _short_value(finding.focus)
    where = f"{thing} ({short(finding.graph)})" if finding.graph else f"{thing}"
    return f"{where}: {_short_value(finding.value)}" if finding.value else where


def _property(path: str | None, names: Mapping[str, str]) -> str | None:
    """Write a property path with the labels of its properties, unless it is a long one."""
    if path is None or len(_NAME.findall(path)) > _MOST_NAMED:
        return None
    return _NAME.sub(lambda name: names.get(name[0], name[0]), path)


def _property_labels() -> dict[str, str]:
    """Give the label of each term of the shipped ontology by the term's prefixed name."""
    from api.labels import NAMING, best
    from graph.dataset import read_datasets
    from graph.resources import resource

    chosen = best(
        (quad.subject, quad.predicate, quad.object)  # type: ignore[misc]
        for dataset in read_datasets([resource("ontology")])
        for quad in dataset.quads
        if quad.predicate in NAMING
    )
    return {prefixed(iri): label for iri, label in chosen.items()}


def _short_value(value: str | None) -> str | None:
    return None if value is None else prefixed(value)


def short(iri: str) -> str:
    """Leave out of an IRI what all of ours begin with."""
    return iri.removeprefix(BASE)


def write_json(findings: Sequence[Finding]) -> None:
    """Write the findings to stdout as a JSON array.

    Beside what a finding holds: its `property` by label and its value as `value_shown`.
    """
    names = _property_labels() if findings else {}
    listed = [
        {
            **asdict(finding),
            "property": _property(finding.path, names),
            "value_shown": _short_value(finding.value),
        }
        for finding in findings
    ]
    write(json.dumps(listed, ensure_ascii=False, indent=2).encode())


def counted(findings: Sequence[Finding], hidden: int = 0) -> str:
    """Say how many findings of each severity there are, and how many are not shown."""
    counts = Counter(finding.severity for finding in findings)
    shown = ", ".join(f"{n} {word}{'s' * (n != 1)}" for word, n in counts.items())
    left_out = f"{hidden} less grave not shown" if hidden else ""
    return ", ".join(filter(None, (shown or "no findings", left_out)))
