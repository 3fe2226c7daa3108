"""Judges within a time, in the main thread of a process that does nothing else meanwhile."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Final

from graph.candidate import Candidate
from graph.errors import TooCostly
from graph.rules import Rules
from graph.slices.verdict import Judge, Verdict, judge_change

# The first alarm may ring where an exception is dropped, as in a finaliser.
_AGAIN: Final = 0.5


class _Late(BaseException):
    """Time is up; no Exception, for the judge takes some of these for faults of the shapes."""


def judge_within(seconds: float) -> Judge:
    """Judge as `judge_change` does, in the main thread; raises TooCostly after so many seconds."""

    def judge(state: Candidate, rules: Rules, all_because: str | None) -> Verdict:
        before = signal.signal(signal.SIGALRM, _ring)
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
            try:
                return judge_change(state, rules, all_because)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        except _Late:
            raise TooCostly(
                f"the change takes more than {seconds:g} s to judge",
                hint="nothing was changed; load less at once, or give it more --judge-seconds",
            ) from None
        finally:
            signal.signal(signal.SIGALRM, before)

    return judge


def _ring(_: int, __: FrameType | None) -> None:
    raise _Late
