"""The SPARQL 1.1 Protocol's query operation; nothing is changed through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Self
from urllib.parse import parse_qsl

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Request, Response

from api.answers import DOCUMENTED, respond
from api.bodies import decoded, media_type, read_bytes
from api.calls import in_worker
from api.documents import FORMAT_PARAMETER, accepted, writer
from api.errors import InvalidParameter, InvalidQuery
from api.examples import FIRST, examples
from api.formats import DOCUMENT, RDF, SOLUTIONS, RdfOffer
from api.negotiation import choose, format_schema
from api.parameters import Parameters
from api.problems import documented
from api.rendering import page
from api.service_description import service_description
from api.state import base, store
from graph import guard
from graph.errors import Forbidden, InvalidRequest
from graph.results import Results

FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
# A form may write each byte of the longest query as three.
_MOST_BYTES: Final = 4 * guard.MOST_BYTES
_GRAPHS: Final = ("default-graph-uri", "named-graph-uri")
_STRINGS: Final = {"type": "array", "items": {"type": "string"}}
# SPARQLWrapper names the format three times, since every endpoint has a name of its own for it.
_FORMAT_NAMES: Final = ("format", "output", "results")
_OTHER_FORMATS: Final = {"turtle": "ttl", "json-ld": "jsonld", "rdf+xml": "rdf"}
_ANY: Final = Parameters(once=("query", *_FORMAT_NAMES), repeated=_GRAPHS)
_IN_ADDRESS: Final = Parameters(once=("query", *_FORMAT_NAMES, "example"), repeated=_GRAPHS)
_PROBLEMS: Final = documented(400, 403, 406)

router = APIRouter(tags=["SPARQL"])


async def posted(
    request: Request, name: str, direct: str, taken: Parameters, most: int
) -> list[tuple[str, str]]:
    """Read the parameters of an operation of the protocol, whose text is the parameter `name`.

    It is sent in a form, or as the whole body under the media type `direct`; the other parameters
    of those `taken` may stand in the address: the protocol's own tests name graphs there, too.
    """
    sent_as = media_type(request, (direct, FORM))
    text = decoded(await read_bytes(request, most, hint="shorten the text"))
    beside = request.query_params.multi_items()
    Parameters(tuple(one for one in taken.once if one != name), taken.repeated).check(beside)
    if sent_as == direct:
        return [*beside, (name, text)]
    try:
        items = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise InvalidRequest("the form is not UTF-8", hint="encode it as UTF-8") from None
    taken.check([*beside, *items])
    return [*beside, *items]


@dataclass(frozen=True)
class Question:
    """A query with the graphs the protocol names for it, which outrank those it names itself."""

    query: str | None
    default_graphs: Sequence[str]
    named_graphs: Sequence[str]
    wanted: str | None
    example: str | None = None

    @classmethod
    def of(cls, items: Iterable[tuple[str, str]]) -> Self:
        """Read checked parameters."""
        pairs = list(items)
        once = dict(pairs)
        default, named = ([value for key, value in pairs if key == name] for name in _GRAPHS)
        return cls(once.get("query"), default, named, _format(once), once.get("example"))


def _format(given: Mapping[str, str]) -> str | None:
    named = {given[name] for name in _FORMAT_NAMES if name in given}
    if len(named) > 1:
        raise InvalidParameter(
            "two formats are asked for", name="format", hint="leave out `output` and `results`"
        )
    return next((_OTHER_FORMATS.get(name, name) for name in named), None)


async def _posted(request: Request) -> Question:
    return Question.of(await posted(request, "query", _DIRECT, _ANY, _MOST_BYTES))


def _documented(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}


_FORMAT: Final = format_schema((*SOLUTIONS, *RDF))
# Read as a whole: to have FastAPI read them one by one takes longer than to answer a small query.
_PARAMETERS: Final = [
    _documented(_GRAPHS[0], _STRINGS, "A graph that the default graph is made of"),
    _documented(_GRAPHS[1], _STRINGS, "A graph that `GRAPH` reaches"),
    _documented("format", {"type": "string"}, FORMAT_PARAMETER),
    *(
        _documented(name, _FORMAT, "The same as `format`, for clients that call it so")
        for name in _FORMAT_NAMES[1:]
    ),
]

_EXAMPLE: Final = "A named query to begin with, in the form in HTML"


@router.get(
    "/sparql",
    response_class=Response,
    responses={**DOCUMENTED, **_PROBLEMS},
    openapi_extra={
        "parameters": [
            _documented("query", {"type": "string"}, "A SPARQL 1.1 query"),
            *_PARAMETERS,
            _documented("example", {"type": "string"}, _EXAMPLE),
        ]
    },
)
@in_worker
def ask(request: Request) -> Response:
    """Answer a SPARQL query.

    Without a query, the service describes itself (in HTML: with a form to ask with).
    """
    items = request.query_params.multi_items()
    _IN_ADDRESS.check(items)
    question = Question.of(items)
    if question.query is None and not question.default_graphs and not question.named_graphs:
        return _describe(request, question.wanted, question.example)
    if question.example is not None:
        raise InvalidParameter(
            "there is a query and an example", name="example", hint="leave one of them out"
        )
    return _answer(request, question)


_FORM_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["query"],
    "additionalProperties": False,
    "properties": {
        "query": {"type": "string"},
        **dict.fromkeys(_FORMAT_NAMES, _FORMAT),
        **dict.fromkeys(_GRAPHS, _STRINGS),
    },
}


@router.post(
    "/sparql",
    response_class=Response,
    responses={**DOCUMENTED, **_PROBLEMS, **documented(413, 415)},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {_DIRECT: {"schema": {"type": "string"}}, FORM: {"schema": _FORM_SCHEMA}},
        },
        "parameters": _PARAMETERS,
    },
)
@in_worker
def ask_by_post(request: Request, question: Annotated[Question, Depends(_posted)]) -> Response:
    """Answer a SPARQL query that is sent in the body.

    The body is a form or the query as it is.
    """
    return _answer(request, question)


def _answer(request: Request, question: Question) -> Response:
    text = question.query
    if text is None:
        raise InvalidParameter(
            "the query is missing", name="query", hint="give the parameter `query`"
        )
    try:
        return respond(
            request,
            text,
            lambda: _ask(request, text, question),
            question.wanted,
            format_names=_FORMAT_NAMES,
            label="Answer",
            query=None,
            things=[],
            asked=text,
        )
    except InvalidRequest as error:
        raise InvalidQuery(error, text) from None


def _ask(request: Request, text: str, question: Question) -> Results:
    guard.check_query(text, _known(request))
    default, named = _dataset(request, question)
    return store(request).query(
        text, default_graphs=default, named_graphs=named, base=f"{base(request)}sparql"
    )


def _known(request: Request) -> Iterator[ox.NamedNode]:
    """Give the graphs of the store, which are looked for when the first is wanted."""
    yield from store(request).graphs()
    yield from store(request).derived_graphs()


def _dataset(
    request: Request, question: Question
) -> tuple[list[ox.NamedNode] | None, list[ox.NamedNode] | None]:
    """Find the graphs the protocol names; if it names any at all, what it leaves out is empty."""
    default, named = question.default_graphs, question.named_graphs
    if not default and not named:
        return None, None
    by_name = {graph.value: graph for graph in _known(request)}
    for name in (*default, *named):
        if name not in by_name:
            raise Forbidden(
                f"the graph `{name}` is not in the store: outside graphs are never fetched",
                hint="the service description at /sparql lists those there are",
            )
    return [by_name[name] for name in default], [by_name[name] for name in named]


def _describe(request: Request, wanted: str | None, example: str | None) -> Response:
    offer = choose(DOCUMENT, accept=accepted(request), wanted=wanted)
    if isinstance(offer, RdfOffer):
        triples = service_description(store(request), f"{base(request)}sparql")
        answer = Response(writer(triples)(offer), media_type=offer.media_type)
    else:
        shipped = examples()
        if example is not None and example not in shipped:
            raise InvalidParameter(
                f"there is no example `{example}`", name="example", hint="/queries lists them"
            )
        text = shipped[example].text if example else FIRST
        answer = page(request, "sparql.html", text=text, chosen=example, examples=shipped.values())
    answer.headers["Vary"] = "Accept"
    return answer
