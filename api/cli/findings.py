"""Shows what the shapes found: as a table of sentences, as JSON, or as a SHACL report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from api.cli.terminal import cell, show_table, table, write
from graph.namespaces import BASE

if TYPE_CHECKING:
    from graph.validate import Finding

_SEVERITIES = ("violation", "warning", "info")


def show_findings(findings: Sequence[Finding]) -> None:
    """Write the findings to stdout as a table: what breaks one rule in one way stands together."""
    shown = table("severity", "rule", "what is wrong", "where")
    for (severity, rule, message), alike in groupby(sorted(findings, key=_order), key=_kind):
        places = "\n".join(dict.fromkeys(map(_place, alike)))
        shown.add_row(*map(cell, (severity, rule, message, places)))
    if findings:
        show_table(shown)


def _kind(finding: Finding) -> tuple[str, str, str]:
    return finding.severity, finding.rule, finding.message


def _order(finding: Finding) -> tuple[int, str, str, str]:
    return _SEVERITIES.index(finding.severity), finding.rule, finding.message, _place(finding)


def _place(finding: Finding) -> str:
    thing = finding.focus_label or finding.focus
    return f"{thing} ({short(finding.graph)})" if finding.graph else thing


def short(iri: str) -> str:
    """Leave out of an IRI what all of ours begin with."""
    return iri.removeprefix(BASE)


def write_json(findings: Sequence[Finding]) -> None:
    """Write the findings to stdout as a JSON array."""
    listed = [asdict(finding) for finding in findings]
    write(json.dumps(listed, ensure_ascii=False, indent=2).encode())


def counted(findings: Sequence[Finding]) -> str:
    """Say how many findings of each severity there are."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(f"{n} {word}{'s' * (n != 1)}" for word, n in counts.items()) or "no findings"
