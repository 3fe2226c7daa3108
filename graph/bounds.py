"""How much work one answer may take; each question counts its own before it begins."""

from __future__ import annotations

from graph.errors import TooMuch


def within(needed: int, most: int | None) -> None:
    """Raise TooMuch where an answer needs more than `most` judgements; None is without limit.

    A judgement is where one undertaking stands for one debtor on one day in one world.
    """
    if most is not None and needed > most:
        raise TooMuch(
            f"it takes {needed:,} judgements, and at most {most:,} are made for one answer",
            hint="ask with `servanda` where the graph lies, which has no such limit",
        )
