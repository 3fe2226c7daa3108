"""Judges a large graph in several processes: each has the whole of it and a share of the rules.

What they find together is what one judge finds by all rules, for a report is the union of what
each shape finds of its targets (https://www.w3.org/TR/shacl/#validation-definition).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import active_children, get_context
from typing import Final

import pyoxigraph as ox

from graph.errors import TooCostly
from graph.rdf import nquads, read_nquads
from graph.rules import Rules
from graph.validate import Case, Finding, in_order, judge_by
from graph.worker import die_with, is_confined

FEWEST: Final = 40_000
"""Below so many quads one judge is done before others have started."""
MOST_JUDGES: Final = 4
"""Each holds the graph, a kilobyte for a quad."""
_SHARES_OF_A_JUDGE: Final = 6
"""So many that who is done early takes another; each costs a reading of the rules."""


def findings_of(
    rules: Rules, quads: Sequence[ox.Quad], *, judges: int | None = None
) -> list[Finding]:
    """Find what `judge_by` finds; without a number, as many judges as are worth their start.

    Raises UnreadableInput as that does, and TooCostly when a process is killed.
    """
    if judges is None:
        judges = 1 if len(quads) < FEWEST or is_confined() else _seats()
    if judges == 1:
        return judge_by(rules, quads).findings
    try:
        # The server has threads, which a fork would leave in the middle of what they do.
        with ProcessPoolExecutor(
            judges, get_context("spawn"), _take_seat, (os.getpid(), rules, nquads(quads))
        ) as pool:
            try:
                found = _begun(pool, _shares(rules, judges * _SHARES_OF_A_JUDGE))
                return in_order(set(chain.from_iterable(found)))
            except BaseException:
                # Who gives up, at a deadline or by Ctrl-C, waits for no share under way.
                for process in active_children():
                    process.kill()
                raise
    except BrokenProcessPool:
        raise TooCostly(
            "a process that judges the graph was ended, most likely for want of memory",
            hint="load less at once, or give the machine more memory",
        ) from None


def _begun(pool: ProcessPoolExecutor, shares: Sequence[frozenset[str]]) -> Iterator[list[Finding]]:
    """Start the processes, of which one may be killed before the next has started."""
    try:
        return pool.map(_judge, shares)
    except (OSError, ValueError) as error:
        # Then the pool closes the pipes that the next is about to be given.
        raise BrokenProcessPool from error


def _seats() -> int:
    """Give one where nobody tells the processors of this process, or ends a child with its parent.

    Both are of Linux alone: prctl(2) and sched_getaffinity(2).
    """
    if sys.platform != "linux":
        return 1
    return min(len(os.sched_getaffinity(0)), MOST_JUDGES)


def _shares(rules: Rules, number: int) -> list[frozenset[str]]:
    """Deal the shapes out: neighbours, which often cost alike, go to different shares."""
    dealt = (frozenset(rules.targeted[start::number]) for start in range(number))
    return [share for share in dealt if share]


class _Seat:
    """What a process of the jury judges, and by what."""

    rules: Rules
    case: Case


def _take_seat(parent: int, rules: Rules, text: str) -> None:
    die_with(parent)
    _Seat.rules = rules
    _Seat.case = Case(read_nquads(text))


def _judge(share: frozenset[str]) -> list[Finding]:
    return _Seat.case.judged(_Seat.rules, share).findings
