"""Judges quads by the shapes with pySHACL and says what it found in sentences; it mends nothing."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from graph.errors import ServandaError, UnreadableInput
from graph.namespaces import DATA, PREFIXES
from graph.rdflib_terms import PARSING, rdflib_graph
from graph.rules import Rules, Severity, read_rules

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SEVERITIES: Final[tuple[Severity, ...]] = ("violation", "warning", "info")

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")


@dataclass(frozen=True)
class Finding:
    """One way in which the graph breaks a rule (a SHACL validation result).

    `rule` is the shape's sv:ruleId, `focus` the thing judged and `graph` the dataset it stands in;
    `path` is a prefixed name or a SPARQL property path, `value` an IRI or a lexical form.
    """

    severity: Severity
    rule: str
    message: str
    focus: str
    focus_label: str | None = None
    path: str | None = None
    value: str | None = None
    graph: str | None = None

    def __str__(self) -> str:
        """Say it as one sentence."""
        named = f"`{self.focus_label}` ({self.focus})" if self.focus_label else f"`{self.focus}`"
        return f"{self.severity} {self.rule}: {named}: {self.message}"


class Refused(ServandaError):
    """The data breaks a rule whose severity is violation; nothing was changed."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep every finding, warnings as well."""
        broken = sum(finding.severity == "violation" for finding in findings)
        super().__init__(
            f"refused: {broken} violation{'s' * (broken != 1)}",
            hint="nothing was changed; mend the data and load it again",
        )
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Judgement:
    """What one run of the judge found."""

    findings: list[Finding]
    _report: Graph

    def turtle(self) -> bytes:
        """Write the report that SHACL defines (section 3.6)."""
        written: bytes = self._report.serialize(format="turtle", encoding="utf-8")
        return written


def validate(quads: Iterable[ox.Quad], shapes: Path | None = None) -> list[Finding]:
    """Judge all the quads together by the shapes of a folder, the shipped ones by default.

    The findings come by severity, then rule, then focus node. Raises UnreadableInput when the
    folder holds no shapes or they cannot be used.
    """
    return judge(quads, shapes).findings


def judge(quads: Iterable[ox.Quad], shapes: Path | None = None) -> Judgement:
    """Judge as `validate` does, and keep the report beside the findings read from it."""
    return judge_by(read_rules(shapes), quads)


def judge_by(rules: Rules, quads: Iterable[ox.Quad]) -> Judgement:
    """Judge by rules that were read before."""
    return Case(quads).judged(rules)


class Case:
    """Quads to be judged, copied for the judge once, however often it is asked."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Copy the quads."""
        self._about: dict[str, list[ox.Quad]] = defaultdict(list)
        self._data = rdflib_graph(quad.triple for quad in self._noted(quads))

    def _noted(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode):
                self._about[quad.subject.value].append(quad)
            yield quad

    def judged(self, rules: Rules, share: frozenset[str] | None = None) -> Judgement:
        """Judge by the rules, or by those shapes alone whose targets are in the share."""
        shapes = _shapes_graph(rules) if share is None else rdflib_graph(rules.share(share))
        report = _report(self._data, shapes)
        found = _Reading(report, rules, self._about).findings()
        return Judgement(in_order(found), report)


def report_digest(findings: Iterable[Finding]) -> str:
    """Give the SHA-256 of a report: the JSON arrays of its findings, one to a line, sorted."""
    lines = sorted(json.dumps(astuple(finding), ensure_ascii=False) for finding in findings)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by severity, then rule, then focus node."""
    return sorted(findings, key=_order)


def _order(finding: Finding) -> tuple[str | int, ...]:
    place = (finding.path or "", finding.value or "", finding.message)
    return (SEVERITIES.index(finding.severity), finding.rule, finding.focus, *place)


def _report(data: Graph, shapes: Graph) -> Graph:
    import rdflib
    from pyparsing import ParseException
    from pyshacl import validate as run_shapes
    from pyshacl.errors import ReportableRuntimeError

    with PARSING:
        try:
            _, report, _ = run_shapes(
                data_graph=data,
                shacl_graph=shapes,
                inplace=True,
                advanced=False,
                js=False,
                inference="none",
                do_owl_imports=False,
                meta_shacl=False,
            )
        except (ReportableRuntimeError, ParseException, ValueError, RecursionError) as error:
            report = error
    if not isinstance(report, rdflib.Graph):
        reason = str(report).partition("\n")[0]
        raise UnreadableInput(f"the shapes cannot be used: {reason}")
    return report


@lru_cache(maxsize=8)
def _shapes_graph(rules: Rules) -> Graph:
    """Copy the shapes once: a run adds to them the two triples that every run does, and no more."""
    return rdflib_graph(rules.triples)


class _Reading:
    """Turns a validation report (SHACL, section 3.6) into findings about the quads it judged."""

    def __init__(self, report: Graph, rules: Rules, about: Mapping[str, Sequence[ox.Quad]]) -> None:
        from rdflib.namespace import SH

        self._report = report
        self._rules = rules
        self._about = about
        # Results under sh:detail explain another result and are none themselves.
        self._results = list(report.objects(predicate=SH.result))

    def findings(self) -> set[Finding]:
        return {self._finding(result) for result in self._results}

    def _finding(self, result: Node) -> Finding:
        focus = self._text(result, "focusNode")
        constraint = self._text(result, "sourceConstraint")
        chain = self._rules.chain(constraint or self._text(result, "sourceShape") or "")
        assert focus is not None
        about = self._about.get(focus, ())
        path, value = self._path(result), self._text(result, "value")
        return Finding(
            severity=self._rules.severity(chain),
            rule=self._rules.rule(chain),
            message=self._message(result, chain, is_filled_in=constraint is not None),
            focus=focus,
            focus_label=_in_english([q.object for q in about if q.predicate == _LABEL]),
            path=path,
            value=None if value == focus and path is None else value,
            graph=_graph_of(about, self._text(result, "resultPath"), value),
        )

    def _message(self, result: Node, chain: Sequence[str], *, is_filled_in: bool) -> str:
        from rdflib.namespace import SH

        texts = [_term(each) for each in self._report.objects(result, SH.resultMessage)]
        if is_filled_in and self._rules.states_message(chain[0]):
            # The report repeats the owner's message beside the one with the values filled in.
            owner = self._rules.messages(chain[1:])
            texts = [text for text in texts if text not in owner] or texts
        else:
            texts = self._rules.messages(chain) or texts
        return _in_english(texts) or ""

    def _path(self, result: Node) -> str | None:
        from pyshacl.helper.path_helper import shacl_path_to_sparql_path
        from pyshacl.shapes_graph import ShapesGraph
        from rdflib.namespace import SH

        path = self._report.value(result, SH.resultPath)
        if path is None:
            return None
        return cast("str", shacl_path_to_sparql_path(ShapesGraph(self._report), path, PREFIXES))

    def _text(self, result: Node, name: str) -> str | None:
        from rdflib.namespace import SH

        node = self._report.value(result, SH[name])
        return None if node is None else str(node)


def _term(node: Node) -> ox.Literal:
    return ox.Literal(str(node), language=getattr(node, "language", None))


def _in_english(terms: Iterable[object]) -> str | None:
    """Choose the English text, else one without a language, else the first by code point."""
    texts = [term for term in terms if isinstance(term, ox.Literal)]

    def rank(text: ox.Literal) -> tuple[bool, bool, str]:
        language = text.language or ""
        return language.partition("-")[0] != "en", bool(language), text.value

    return min(texts, key=rank).value if texts else None


def _graph_of(about: Iterable[ox.Quad], path: str | None, value: str | None) -> str | None:
    """Choose the graph to mend: that of the value found, else one that describes the thing."""

    def rank(quad: ox.Quad) -> tuple[bool, bool, bool, bool, str]:
        graph = str(quad.graph_name)
        is_on_path = quad.predicate.value == path
        return (
            not (is_on_path and getattr(quad.object, "value", None) == value),
            not is_on_path,
            quad.predicate != _TYPE,
            not graph.startswith(f"<{DATA}"),
            graph,
        )

    best = min(about, key=rank, default=None)
    return best.graph_name.value if best and isinstance(best.graph_name, ox.NamedNode) else None
