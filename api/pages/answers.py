"""Answers competency questions on the graph that is served, on the day a page is asked about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from textwrap import shorten
from typing import Final
from urllib.parse import urlencode

from fastapi import Request

from api.asked import Asked
from api.pages.command_lines import arguments_of, line_of_command, line_of_query, untold
from api.pages.commands import Command, command
from api.pages.frame import Frame
from api.rendering import Shown, addressed
from api.state import store
from api.tabulated import Tabulated, solutions
from api.v1.answering import answered
from graph.competency import Asking, Question, engine_terms, questions
from graph.errors import ServandaError
from graph.query import NamedQuery, find, run
from graph.query_text import filled_in

_LONG: Final = 140
_THING: Final = "/id/"
_COMMAND: Final = "servanda "


@dataclass(frozen=True)
class Answer:
    """What one query or command answers; without columns there is no table, and `told` says why.

    `line` is what was asked, to be typed as it stands, and `beside` says what it leaves open.
    `run` leads to where it can be asked again and `page` to the page that has it in full; `sparql`
    is the query as it was asked, and `given` are the columns that the question fixes.
    """

    line: str
    title: str = "What the engine answers"
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Shown | None]] = ()
    is_cut: bool = False
    told: str = ""
    beside: str = ""
    page: str | None = None
    run: str | None = None
    sparql: str | None = None
    given: Collection[str] = ()

    def narrowed(self, most: int) -> Answer:
        """Give the first columns that say something new, so many at the most, and no long text."""
        telling = [
            place
            for place, name in enumerate(self.columns)
            if name not in self.given and any(row[place] for row in self.rows)
        ][:most]
        return replace(
            self,
            columns=[self.columns[place] for place in telling],
            rows=[[_shortened(row[place]) for place in telling] for row in self.rows],
        )


@cache
def shipped(name: str) -> NamedQuery:
    """Give a named query, read once: where it is asked, no file can be opened."""
    return find(name)


def prepare() -> None:
    """Read the questions and their queries."""
    engine_terms()
    for question in questions():
        for each in question.queries:
            shipped(each.query)


def first_answer(request: Request, frame: Frame, question: Question, most: int) -> Answer:
    """Answer by what asks a question first, with so many rows at the most."""
    return next(answers(request, frame, question, most))


def answers(request: Request, frame: Frame, question: Question, most: int) -> Iterator[Answer]:
    """Answer by every query and command that asks a question and can be asked here."""
    for line in question.asks:
        if not line.startswith(_COMMAND):
            continue
        shown = asked_line(line, frame.asked)
        try:
            if asking := Asking.of(line):
                yield _queried(request, frame, shown, asking, most)
            elif found := command(line, frame.asked):
                yield _commanded(request, frame, shown, found, most)
            elif line == question.command:
                yield Answer(shown, told="It compares versions, and a page speaks of one.")
        except ServandaError as error:
            yield Answer(shown, told=f"It cannot be answered here: {error.message}.")


def asked_line(line: str, asked: Asked) -> str:
    """Write a command of a question as it asks what a page is asked about."""
    if asking := Asking.of(line):
        query = shipped(asking.query)
        return line_of_query(query, arguments_of(query, asking, asked))
    return line_of_command(line, asked)


def _queried(request: Request, frame: Frame, line: str, asking: Asking, most: int) -> Answer:
    query = shipped(asking.query)
    arguments = arguments_of(query, asking, frame.asked)
    found = solutions(store(request), run(store(request), query, arguments), most)
    text = filled_in(query, arguments)
    return Answer(
        line,
        query.summary,
        columns=[_spaced(column.name) for column in found.columns],
        rows=_shown(frame, found),
        is_cut=found.is_cut,
        beside="" if "date" in arguments else "It speaks of the record, whatever the day.",
        page=f"/queries/{query.name}?{urlencode(arguments)}".rstrip("?"),
        run="/sparql?" + urlencode({"query": text}),
        sparql=text,
        given=[_spaced(name) for name in arguments],
    )


def _shown(frame: Frame, found: Tabulated) -> list[list[Shown | None]]:
    return [[_asked(frame, cell.shown) if cell else None for cell in row] for row in found.rows]


def _asked(frame: Frame, shown: Shown) -> Shown:
    """Have the link to a thing lead to its page on the day that is asked about."""
    if shown.href is None or not shown.href.startswith(_THING):
        return shown
    return replace(shown, href=frame.link("/doc/" + shown.href.removeprefix(_THING)))


def _spaced(name: str) -> str:
    """Write the name of a variable as words: `heldByLabel` as `held by`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub("Labels?$", "", name)).lower()


def _shortened(shown: Shown | None) -> Shown | None:
    return shown and replace(shown, text=shorten(shown.text, _LONG, placeholder=" …"))


def _commanded(request: Request, frame: Frame, line: str, found: Command, most: int) -> Answer:
    table = found.tabulate(answered(request, found.job))
    rows = [[_cell(value) for value in row] for row in table.rows[:most]]
    return Answer(
        line,
        columns=table.columns,
        rows=rows,
        is_cut=len(table.rows) > most,
        told=f"{table.told[:1].upper()}{table.told[1:]}." if table.told else "",
        beside=_beside(untold(line, frame.asked)),
        page=_page_of(frame, found),
    )


def _page_of(frame: Frame, found: Command) -> str | None:
    """Give the page that shows the same, by the knowledge and the scenario of the command."""
    if found.page is None:
        return None
    asked, view = found.job.asked, frame.view
    if asked.known_at != frame.known_at:
        known = ("knownAt", asked.known_at.isoformat())
        view = [*(each for each in view if each[0] != "knownAt"), known]
    own = asked.scenario[len(frame.asked.scenario) :]
    return addressed(found.page, [*view, *(("set", str(each)) for each in own)])


def _beside(untold: Sequence[str]) -> str:
    """Say what counts in an answer and has no option of the command."""
    if not untold:
        return ""
    return (
        f"Here {' and '.join(untold)} count{'s' * (len(untold) == 1)}; the command cannot be told."
    )


def _cell(value: str | int | None) -> Shown | None:
    return None if value is None or value == "" else Shown(str(value))
