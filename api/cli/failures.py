"""Turns a failure into one line on stderr and an exit code; no traceback reaches a user."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import typer

from api.cli.terminal import stderr, visible
from graph.errors import (
    Conflict,
    DamagedJournal,
    DirectoryInUse,
    Irreversible,
    NoRoom,
    ServandaError,
    UnreadableInput,
)

FINDINGS: Final = 1
USAGE: Final = 2
UNREADABLE: Final = 3
_INTERRUPTED: Final = 130
# As typer ends a message about a command, and one about an option.
_SUGGESTION: Final = re.compile(r"\. Did you mean (.*)\?$| \(Possible options: (.*)\)$")


class PortInUse(ServandaError):
    """The address to serve at cannot be had."""


class RulesBroken(ServandaError):
    """What was asked for was done, and it found what must be mended."""


_CODES: Final[Mapping[type[ServandaError], int]] = {
    UnreadableInput: UNREADABLE,
    DirectoryInUse: UNREADABLE,
    DamagedJournal: UNREADABLE,
    NoRoom: UNREADABLE,
    PortInUse: UNREADABLE,
    RulesBroken: FINDINGS,
    Conflict: FINDINGS,
    Irreversible: FINDINGS,
}


def report_failure(error: BaseException) -> int:
    """Say in one line what failed and what to do; give the exit code."""
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return _INTERRUPTED
    line, code = _explained(error)
    one_line = " ".join(f"error: {line}".split())
    stderr().print(visible(one_line), style="red", markup=False, highlight=False, soft_wrap=True)
    return code


def _explained(error: BaseException) -> tuple[str, int]:
    if isinstance(error, ServandaError):
        codes = (_CODES[cls] for cls in type(error).__mro__ if cls in _CODES)
        return str(error), next(codes, USAGE)
    if isinstance(error, typer.TyperException):
        message = re.sub("'([^']*)'", r"`\1`", error.format_message().rstrip("."))
        message = _SUGGESTION.sub(r"; did you mean \1\2", message)
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "servanda"
        return f"{message[:1].lower()}{message[1:]}; see `{command} --help`", USAGE
    if isinstance(error, OSError) and error.strerror:
        where = f"`{error.filename}`: " if error.filename else ""
        return f"{where}{error.strerror.lower()}", UNREADABLE
    return f"servanda itself failed: {error!r}; please report it", UNREADABLE
