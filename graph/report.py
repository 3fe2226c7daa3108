"""Writes findings as a validation report in RDF (SHACL, section 3.6.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from graph.namespaces import PREFIXES, SV
from graph.validate import Finding

_SH: Final = PREFIXES["sh"]
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_BOOLEAN: Final = ox.NamedNode(PREFIXES["xsd"] + "boolean")
_REPORT: Final = ox.BlankNode("report")
_SEVERITIES: Final = {"violation": "Violation", "warning": "Warning", "info": "Info"}


def report(findings: Iterable[Finding]) -> Iterator[ox.Triple]:
    """Give the triples of the report that findings make; a rule is named by sv:ruleId.

    A finding does not keep the component of SHACL that it comes from, nor a path of more than one
    property; `servanda validate --format ttl` has both.
    """
    listed = list(findings)
    conforms = "true" if not listed else "false"
    yield ox.Triple(_REPORT, _TYPE, _sh("ValidationReport"))
    yield ox.Triple(_REPORT, _sh("conforms"), ox.Literal(conforms, datatype=_BOOLEAN))
    for number, finding in enumerate(listed, start=1):
        result = ox.BlankNode(f"result-{number}")
        yield ox.Triple(_REPORT, _sh("result"), result)
        for predicate, item in _said(finding):
            yield ox.Triple(result, predicate, item)


def _said(finding: Finding) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    yield _TYPE, _sh("ValidationResult")
    yield _sh("resultSeverity"), _sh(_SEVERITIES[finding.severity])
    yield _sh("resultMessage"), ox.Literal(finding.message, language="en")
    yield _sh("focusNode"), ox.NamedNode(finding.focus)
    yield ox.NamedNode(SV + "ruleId"), ox.Literal(finding.rule)
    path = _property(finding.path)
    if path is not None:
        yield _sh("resultPath"), path
    if finding.value is not None:
        yield _sh("value"), _term(finding.value)


def _property(path: str | None) -> ox.NamedNode | None:
    prefix, _, name = (path or "").partition(":")
    if path and path.startswith("<") and path.count("<") == 1 and path.endswith(">"):
        return ox.NamedNode(path[1:-1])
    if prefix in PREFIXES and name.replace("-", "").replace("_", "").isalnum():
        return ox.NamedNode(PREFIXES[prefix] + name)
    return None


def _term(value: str) -> ox.NamedNode | ox.Literal:
    """Read a value back: a finding holds an IRI or a lexical form."""
    try:
        return ox.NamedNode(value) if "://" in value else ox.Literal(value)
    except ValueError:
        return ox.Literal(value)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)
