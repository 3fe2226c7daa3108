"""What each commitment lacks, and what its texts are known to leave open, text by text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.calls import in_worker
from api.errors import InvalidParameter
from api.identifiers import ending
from api.jobs.overviews import Gaps
from api.pages.frame import Frame, framed, shows
from api.rendering import page
from api.situation import Json
from api.v1.answering import answered
from api.v1.parameters import AsOf
from graph.model import Id

_STATED: Final = "stated"
_NOT_RECORDED: Final = "not recorded"
_MEANINGS: Final = {
    "deadline": "by when",
    "amount": "how much",
    "lead": "who leads",
    "financing": "who pays",
    "monitor": "who watches",
    "creditor": "to whom it is owed",
    "discharge": "what counts as keeping it",
    "quantity to provide": "how much keeps it",
    "end": "until when it binds",
    "remedy": "what follows a breach",
}

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/gaps", dependencies=shows("lacks"))
@in_worker
def gaps(request: Request, asked: AsOf, lacks: Annotated[str, Query()] = "") -> Response:
    """Show what commitments lack by the text that records them; of one particular, if asked."""
    frame = framed(request, asked)
    found = answered(request, Gaps(asked))["commitments"]
    columns = list(dict.fromkeys(name for each in found for name in each["particulars"]))
    counts = [_counted(frame, found, name) for name in _names(found, columns)]
    _check(lacks, [each["name"] for each in counts])
    everywhere = [each["name"] for each in counts if each["unrecorded"] == len(found)]
    shown = [each for each in found if not lacks or _said(each, lacks) != _STATED]
    return page(
        request,
        "gaps.html",
        frame=frame,
        columns=columns,
        commitments=found,
        lacks=lacks,
        counts=counts,
        everywhere=everywhere,
        texts=_by_text(frame, shown, {*columns, *everywhere}),
        same=[
            {"name": "JSON", "href": frame.api("gaps")},
            {"name": "CSV", "href": "/queries/gap-matrix?format=csv"},
        ],
    )


def _names(commitments: Iterable[Json], columns: Sequence[str]) -> list[str]:
    absent = (name for each in commitments for name in each["absent"])
    return list(dict.fromkeys([*columns, *absent]))


def _check(lacks: str, names: Sequence[str]) -> None:
    if lacks and lacks not in names:
        hint = "there is " + (", ".join(f"`{each}`" for each in names) or "none")
        raise InvalidParameter(f"there is no particular `{lacks}`", name="lacks", hint=hint)


def _said(commitment: Json, name: str) -> str:
    """Say whether a particular is stated, left open or not recorded."""
    judged = _NOT_RECORDED if name in commitment["absent"] else _STATED
    found: str = commitment["particulars"].get(name, judged)
    return found


def _counted(frame: Frame, commitments: Sequence[Json], name: str) -> dict[str, Any]:
    counts = Counter(_said(each, name) for each in commitments)
    lacking = len(commitments) - counts[_STATED]
    return {
        "name": name,
        "means": _MEANINGS.get(name),
        "stated": counts[_STATED],
        "open": lacking - counts[_NOT_RECORDED],
        "unrecorded": counts[_NOT_RECORDED],
        "lacking": lacking,
        "href": frame.here(lacks=name),
    }


def _by_text(
    frame: Frame, commitments: Iterable[Json], told: Iterable[str]
) -> list[dict[str, Any]]:
    """Put commitments under the texts that record them; `told` is lacked as told elsewhere."""
    situation, elsewhere = frame.situation, set(told)
    found: dict[tuple[Id, ...], list[Mapping[str, Any]]] = {}
    for each in sorted(commitments, key=lambda one: one["label"].casefold()):
        row = {
            **each,
            "anchor": f"commitment-{ending(each['commitment'])}",
            "more": [name for name in each["absent"] if name not in elsewhere],
        }
        texts = tuple(situation.triples.ids(each["commitment"], "recordedIn"))
        found.setdefault(texts, []).append(row)
    groups = [
        {
            "anchor": "text-" + ("-and-".join(map(ending, texts)) or "none"),
            "texts": [situation.thing(one) for one in texts],
            "label": " and ".join(map(situation.name, texts)) or "No text named",
            "commitments": rows,
        }
        for texts, rows in found.items()
    ]
    return sorted(groups, key=lambda group: str(group["label"]).casefold())
