"""The kinds of problems: for each its status and what its page says; it writes no document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.authorisation import NotPermitted, Unauthenticated
from api.errors import (
    BodyTooLarge,
    HeadersTooLarge,
    NotReady,
    TooSlow,
    UnreadableGraph,
    UnsupportedMediaType,
)
from api.memento import NoMemento
from api.negotiation import NotAcceptable
from graph.errors import (
    AnswerTooLarge,
    Busy,
    Conflict,
    Exists,
    Forbidden,
    Interrupted,
    InvalidRequest,
    Irreversible,
    NoRoom,
    NotFound,
    ServandaError,
    TooComplex,
    TooCostly,
    TooMuch,
    UnreadableInput,
)
from graph.validate import Refused


@dataclass(frozen=True)
class Kind:
    """A kind of problem: what its page says."""

    slug: str
    status: int
    title: str
    explanation: str


UNEXPECTED: Final = Kind(
    "unexpected",
    500,
    "The server failed",
    "A fault in Servanda, not in the request. The server's log holds the cause. Report it with the "
    "request that led to it.",
)
STOPPING: Final = Kind(
    "stopping",
    503,
    "The server is stopping",
    "The server was told to stop before the answer was ready. Ask again once it is back.",
)
INVALID_REQUEST: Final = Kind(
    "invalid-request",
    400,
    "The request cannot be understood",
    "A parameter is unknown, missing, given twice or ill-typed, or a query is not SPARQL 1.1. "
    '"detail" names it, "hint" says what to do and "errors" gives its place: "pointer" for a '
    'parameter, "line", "column" and "excerpt" for a text.',
)
NOT_FOUND: Final = Kind(
    "not-found",
    404,
    "There is nothing by this name",
    "The path names nothing that is served, or a thing that the graph says nothing about. "
    "Look for it at the start page or ask for it in SPARQL.",
)
_TOO_LARGE: Final = Kind(
    "too-large",
    413,
    "The request is too large",
    'The body is longer than is read; "detail" names the limit. Shorten the query.',
)
_UNSUPPORTED: Final = Kind(
    "unsupported-media-type",
    415,
    "The body's format is not read here",
    '"detail" names the formats that are read. State one of them in the header Content-Type.',
)
_TOO_MUCH: Final = Kind(
    "too-much",
    422,
    "The answer would take too much work",
    'The question is understood, and no answer is given in part: "detail" names the limit, "hint" '
    "says what to do.",
)
_UNREADABLE_GRAPH: Final = Kind(
    "unreadable-graph",
    500,
    "What is recorded cannot be judged",
    'The graph holds something that no answer about states can be given with; "detail" names it. '
    "Mend it in its source, load that again and start the server again.",
)
_NOT_READY: Final = Kind(
    "not-ready",
    503,
    "The graph cannot be asked yet",
    "The server runs, but its workers are still reading the graph, or nothing has been loaded: "
    'then load data with "servanda load" and start again.',
)
BUSY: Final = Kind(
    "busy",
    503,
    "The server is busy",
    "All workers are taken by other questions, or the version that the header Servanda-Min-Version "
    "asks for is not there yet. Ask again in a while.",
)

_UNAUTHENTICATED: Final = Kind(
    "unauthenticated",
    401,
    "This needs a token",
    "Reading is open to all; what changes the graph needs a token in the header Authorization. "
    'Whoever runs the server makes one with "servanda token make".',
)

REFUSED: Final = Kind(
    "rules-broken",
    422,
    "The change breaks a rule",
    'Nothing was changed. "findings" lists each rule that the graph would break, with what breaks '
    "it and how to mend it; with a media type of RDF in Accept the answer is a SHACL report.",
)

BY_ERROR: Final[Mapping[type[ServandaError], Kind]] = {
    InvalidRequest: INVALID_REQUEST,
    TooMuch: _TOO_MUCH,
    UnreadableInput: INVALID_REQUEST,
    Forbidden: Kind(
        "forbidden",
        403,
        "Servanda never does this",
        "A query may not reach another server or a file (SERVICE, LOAD, FROM outside the graph), "
        'and nobody writes derived graphs. "detail" names what was asked for.',
    ),
    NotFound: NOT_FOUND,
    Unauthenticated: _UNAUTHENTICATED,
    NotPermitted: Kind(
        "not-permitted",
        403,
        "The token's role may not do this",
        '"detail" names the role that may. Whoever runs the server makes a token of that role.',
    ),
    Conflict: Kind(
        "version-conflict",
        412,
        "The graph has changed since",
        "The change was made for a version that is no longer the present one, and something else "
        "was written in between. Nothing was changed. Read again what you want to change, and send "
        "the change with the version that you then see.",
    ),
    Exists: Kind(
        "already-there",
        412,
        "It is there already",
        "The change was to be made only if nothing was there (If-None-Match: *). Nothing was "
        "changed.",
    ),
    Refused: REFUSED,
    Irreversible: Kind(
        "irreversible",
        409,
        "This change cannot be undone",
        'Later changes touched the same statements, or there is nothing left of it; "detail" names '
        "them. Undo the later ones first.",
    ),
    NoRoom: Kind(
        "out-of-space",
        507,
        "The disk is full",
        "The change was not recorded, for there is no room for it. Nothing that was recorded is "
        "lost, and reading goes on. Whoever runs the server has to free some space; then send the "
        "change again.",
    ),
    NotAcceptable: Kind(
        "not-acceptable",
        406,
        "There is no such representation",
        '"hint" lists the formats that exist. Ask for one in the header Accept or with "format=".',
    ),
    NoMemento: Kind(
        "no-past",
        406,
        "This has no past versions",
        "What is read from the graph can be had as it was at any time, by the header "
        "Accept-Datetime or under /versions; changes, the journal and the state of the service "
        "cannot. Leave the header out.",
    ),
    BodyTooLarge: _TOO_LARGE,
    HeadersTooLarge: Kind(
        "headers-too-large",
        431,
        "The headers are too large",
        'The headers of the request are longer than is read; "detail" names the limit.',
    ),
    TooSlow: Kind(
        "too-slow",
        408,
        "The request is too slow to come",
        'The body of the request did not come in time; "detail" names the limit.',
    ),
    UnsupportedMediaType: _UNSUPPORTED,
    NotReady: _NOT_READY,
    UnreadableGraph: _UNREADABLE_GRAPH,
    AnswerTooLarge: Kind(
        "answer-too-large",
        400,
        "The answer is too large",
        "The answer has more rows or bytes than are given out, and no part of it is given for the "
        'whole. "detail" names the limit. Narrow the question, or ask for parts with ORDER BY, '
        "LIMIT and OFFSET. An answer that passes the limit after it has begun is cut: the "
        "connection is closed and the client reports an incomplete body.",
    ),
    TooComplex: Kind(
        "too-complex",
        400,
        "The question is nested too deeply",
        "The engine broke on the question. Write it with fewer brackets and shorter chains.",
    ),
    TooCostly: Kind(
        "too-costly",
        503,
        "The answer costs too much",
        'The answer needs more time or memory than is spent on one; "detail" names the limit. '
        "Narrow the question: patterns that share no variable multiply each other.",
    ),
    Busy: BUSY,
    Interrupted: Kind(
        "interrupted",
        503,
        "The answer was interrupted",
        "The process that worked on the answer has ended. Ask again.",
    ),
}
METHOD_NOT_ALLOWED: Final = Kind(
    "method-not-allowed",
    405,
    "This path does not take this method",
    "The header Allow lists the methods that the path takes.",
)
BY_STATUS: Final[Mapping[int, Kind]] = {
    kind.status: kind
    for kind in (NOT_FOUND, METHOD_NOT_ALLOWED, _TOO_LARGE, _UNSUPPORTED, _NOT_READY)
}
HEADERS: Final[Mapping[Kind, Mapping[str, str]]] = {
    _NOT_READY: {"Retry-After": "30"},
    BUSY: {"Retry-After": "1"},
    _UNAUTHENTICATED: {"WWW-Authenticate": "Bearer"},
}
KINDS: Final = (*dict.fromkeys(BY_ERROR.values()), METHOD_NOT_ALLOWED, UNEXPECTED, STOPPING)
