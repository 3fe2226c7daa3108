"""The rules of the ontology's style: the queries in `shapes/ontology/`, each with a header.

A query runs over named graphs, one per file, whose union is the default graph. It finds what
breaks the rule: ?file, ?term and ?what, the rest of the sentence that begins with the term.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from graph.resources import resource

_SUFFIX = "-violation.rq"
_HEADER = "#+"


@dataclass(frozen=True)
class Rule:
    """What must hold, how to mend what breaks it, and the query that finds that.

    `test` is where the rule comes from; `robot` are the checks of `robot report` that it makes
    (http://robot.obolibrary.org/report).
    """

    id: str
    name: str
    mend: str
    test: str
    robot: tuple[str, ...]
    query: str


@cache
def rules() -> tuple[Rule, ...]:
    """Read the shipped rules, sorted by their id."""
    files = sorted(resource("shapes", "ontology").glob(f"*{_SUFFIX}"))
    return tuple(
        _rule(file.name.removesuffix(_SUFFIX), file.read_text(encoding="utf-8")) for file in files
    )


def _rule(id: str, text: str) -> Rule:  # noqa: A002
    lines = (line.removeprefix(_HEADER) for line in text.splitlines() if line.startswith(_HEADER))
    header = yaml.safe_load("\n".join(lines))
    robot = tuple(header.get("robot", "").split())
    return Rule(id, header["summary"], header["mend"], header["test"], robot, text)
