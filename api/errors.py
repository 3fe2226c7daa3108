"""What can be wrong with a request, beside what `graph.errors` has; it writes no answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.errors import InvalidRequest, NotFound, ServandaError

_EXCERPT: Final = 200


class InvalidParameter(InvalidRequest):
    """A parameter is unknown, missing, given twice or ill-typed."""

    def __init__(self, message: str, *, name: str, hint: str | None) -> None:
        """Keep the parameter's name, to point at it."""
        super().__init__(message, hint=hint)
        self.name = name


class Missing(NotFound):
    """There is no thing of this name; `near` are those named alike, each a label and a path."""

    def __init__(
        self, message: str, *, hint: str | None = None, near: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Keep the things that are named alike."""
        super().__init__(message, hint=hint)
        self.near = near


class InvalidQuery(InvalidRequest):
    """A query is not SPARQL 1.1."""

    def __init__(self, error: ServandaError, text: str) -> None:
        """Keep the line of `text` that `error` points at."""
        super().__init__(error.message, hint=error.hint, line=error.line, column=error.column)
        lines = text.splitlines()
        known = error.line is not None and error.line <= len(lines)
        self.excerpt = lines[error.line - 1][:_EXCERPT] if known and error.line else None


class BodyTooLarge(ServandaError):
    """A request's body is longer than is read."""


class HeadersTooLarge(ServandaError):
    """A request's headers are longer than is read."""


class TooSlow(ServandaError):
    """A request takes longer to come than is waited for."""


class UnsupportedMediaType(ServandaError):
    """A request's body is in a format that is not read."""


class UnreadableGraph(ServandaError):
    """What is recorded cannot be judged: the fault lies in the graph, not in the request."""


class NotReady(ServandaError):
    """The graph cannot be asked yet: it is being read, or holds nothing."""
