"""What can go wrong, in the user's words; the HTTP status and the exit code are given elsewhere."""

from __future__ import annotations


class ServandaError(Exception):
    """A failure a person can act on.

    `message` says in lower case what failed and where, with what the person gave in backticks;
    `hint` says what to do; `line` and `column` (both from 1) point into a text they sent.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        """Keep the parts apart, so that a terminal and an HTTP answer can each show them."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.line = line
        self.column = column

    def __reduce__(self) -> tuple[object, ...]:
        """Let every kind of failure pass from one process to another, whatever made it."""
        return _again, (type(self),), {**self.__dict__, "args": self.args[:1]}

    def __str__(self) -> str:
        """Give the whole on one line."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


def _again(kind: type[ServandaError]) -> ServandaError:
    return kind.__new__(kind)


class UnreadableInput(ServandaError):
    """A file, folder or text cannot be read: absent, malformed, or with an ill-typed literal."""


class InvalidRequest(ServandaError):
    """A request is understood and wrong: an unknown parameter, a value of the wrong type."""


class TooMuch(InvalidRequest):
    """A request is understood, and its answer would take more than is spent on one."""


class Forbidden(ServandaError):
    """A request asks for what Servanda never does, such as reaching another server."""


class NotFound(ServandaError):
    """Nothing has the name that was asked for."""


class Conflict(ServandaError):
    """The graph has changed since the version that a request was made for."""


class Exists(ServandaError):
    """What is to be made only if it is not there is there."""


class DirectoryInUse(ServandaError):
    """Another process holds the data directory."""


class DamagedJournal(ServandaError):
    """The journal's hash chain is broken; nothing is served from it."""


class NoRoom(ServandaError):
    """The disk is full; what was to be written was not, and nothing that was is lost."""


class Irreversible(ServandaError):
    """A recorded change cannot be undone or erased while what came after it stands."""


class AnswerTooLarge(ServandaError):
    """An answer has more rows or bytes than are given out."""


class TooCostly(ServandaError):
    """An answer needs more time or memory than is spent on it."""


class TooComplex(ServandaError):
    """A question is built so that the engine breaks on it."""


class Interrupted(ServandaError):
    """An answer was under way when the process that worked on it ended; asking again may help."""


class Busy(ServandaError):
    """Every worker is taken, or the version that was asked for is not there yet."""
