"""Says in which versions of the graph a statement was recorded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from api.cli.answering import write_json
from api.cli.database import opened_for_reading
from api.cli.options import AnswerFormat
from api.cli.terminal import cell, say, show_table, table
from api.transactions import moment
from graph.errors import InvalidRequest, UnreadableInput

if TYPE_CHECKING:
    from graph.history import Pattern
    from graph.journal import Journal
    from graph.store import Term

_TERM: Final = re.compile(r'"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^\S+)?|\S+')
_ANYTHING: Final = "?"


def show_held(
    text: str,
    format: AnswerFormat,  # noqa: A002
    data_dir: Path | None,
) -> None:
    """Write the versions in which a statement was recorded to stdout, oldest first.

    Raises InvalidRequest for what is no statement.
    """
    pattern = _read(text)
    with opened_for_reading(data_dir) as database:
        rows = _rows(database.journal, pattern)
    if format is AnswerFormat.json:
        write_json({"held": rows})
        return
    shown = table("from version", "since", "to version", "until")
    for row in rows:
        shown.add_row(*map(cell, row.values()))
    if rows:
        show_table(shown)
    say(f"`{text}` was recorded in {len(rows)} {'span' if len(rows) == 1 else 'spans'} of versions")


def _rows(journal: Journal, pattern: Pattern) -> list[dict[str, Any]]:
    """Give each span of versions, with when it began and when the next version ended it."""
    from graph.history import held

    at = {each.seq: each.at for each in journal.transactions()}
    return [
        {
            "from": span.first,
            "since": moment(at[span.first]),
            "to": span.last,
            "until": None if span.last is None else moment(at[span.last + 1]),
        }
        for span in held(journal, pattern)
    ]


def _read(text: str) -> Pattern:
    """Read a subject, a predicate, an object and perhaps a graph; `?` stands for anything."""
    from graph.history import Pattern

    terms = _TERM.findall(text)
    if len(terms) not in (3, 4):
        raise InvalidRequest(
            f"`{text}` is no statement",
            hint="write its three parts, such as 'commitment/multinational-force sv:debtor ?'",
        )
    return Pattern(*map(_term, terms))


def _term(text: str) -> Term | None:
    """Read an identifier, an IRI, a name with a prefix or, as Turtle writes it, a literal."""
    from graph.parameters import Parameter, term

    if text == _ANYTHING:
        return None
    if text[0] in '"+-.0123456789' or text in ("true", "false"):
        return _literal(text)
    return term(Parameter("held", "iri"), text.removeprefix("<").removesuffix(">"))


def _literal(text: str) -> Term:
    from graph import rdf
    from graph.namespaces import PREFIXES

    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    try:
        (quad,) = rdf.parse(
            f"{prefixes} <urn:s> <urn:p> {text} .".encode(), format=rdf.TURTLE, source=text
        )
    except (UnreadableInput, ValueError):
        raise InvalidRequest(
            f"`{text}` is no literal", hint='write it as "a text"@en, 3 or true'
        ) from None
    found: Term = quad.object
    return found
