"""The competency questions: what each needs, what asks it, and its answer on the served graph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from api.calls import in_worker
from api.pages.answers import answers, asked_line, first_answer
from api.pages.command_lines import unheard_by_queries
from api.pages.frame import Frame, framed, shows
from api.rendering import page
from api.terms import vocabulary
from api.v1.parameters import AsOf
from graph.competency import Group, Question, engine_terms, question, questions
from graph.namespaces import SV

_GROUPS: Final = {
    Group.EASY: "Easy: what the record says",
    Group.JOINED: "Medium: joined and counted",
    Group.DERIVED: "Hard: derived, as of a day",
    Group.UNSURVEYED: "Beyond: answered by no system surveyed",
}
_FIRST: Final = 3
_MOST: Final = 200
_COLUMNS: Final = 5
_ANSWERED_AT_MOST: Final = 2_000
"""In a graph of more undertakings, answers stand on the pages of the questions alone."""

# The page of questions links to files of the repository, which are not served.
_MARKDOWN_LINK: Final = re.compile(r"\[([^]]+)\]\([^)]+\)")

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/ontology/questions", dependencies=shows())
@in_worker
def listed(request: Request, asked: AsOf) -> Response:
    """List the questions, each with the first rows of its answer."""
    frame = framed(request, asked)
    few = len(frame.situation.model.undertakings) <= _ANSWERED_AT_MOST
    return page(
        request,
        "questions.html",
        frame=frame,
        unheard=unheard_by_queries(asked),
        columns=_COLUMNS,
        answered_here=few,
        groups=[
            {
                "name": name,
                "letter": group.value,
                "questions": [
                    _entry(frame, each)
                    | {"answer": first_answer(request, frame, each, _FIRST) if few else None}
                    for each in questions()
                    if each.group is group
                ],
            }
            for group, name in _GROUPS.items()
        ],
        engine=_terms(frame, engine_terms()),
    )


@router.get("/ontology/questions/{number}", dependencies=shows())
@in_worker
def one(
    request: Request,
    asked: AsOf,
    # A worker opens no file, and what it is given is a plain value.
    found: Annotated[Question, Depends(question)],
) -> Response:
    """Answer one question by all that asks it."""
    frame, all_of_them = framed(request, asked), questions()
    place = all_of_them.index(found)
    return page(
        request,
        "question.html",
        frame=frame,
        unheard=unheard_by_queries(asked),
        question=_entry(frame, found),
        group=_GROUPS[found.group],
        answers=list(answers(request, frame, found, _MOST)),
        others=[each for each in found.asks if each.startswith(("GET ", "POST "))],
        words=_MARKDOWN_LINK.sub(r"\1", found.answer).replace("`", ""),
        engine=_terms(frame, engine_terms()) if found.needs_engine else [],
        near=[
            {"rel": rel, **_entry(frame, each)}
            for rel, at in (("prev", place - 1), ("next", place + 1))
            for each in all_of_them[max(at, 0) : at + 1]
        ],
    )


def _entry(frame: Frame, each: Question) -> dict[str, Any]:
    return {
        "number": each.number,
        "text": each.text,
        "command": asked_line(each.command, frame.asked),
        "href": frame.link(f"/ontology/questions/{each.number}"),
        "terms": _terms(frame, each.terms),
        "needs_engine": each.needs_engine,
    }


def _terms(frame: Frame, names: Sequence[str]) -> list[dict[str, str | None]]:
    labels = vocabulary(frame.language)
    return [
        {"name": name, "label": labels[SV + name].label, "href": frame.to(SV + name)}
        for name in names
    ]
