"""A slice says what the whole graph says, whatever is written; tests/reliability has more of it."""

from __future__ import annotations

import pytest

from tests.graph.slices.writes import walk


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_verdict_on_a_slice_is_that_on_the_whole_graph(seed: int) -> None:
    tally = walk(seed, writes=15)

    assert tally.mistakes == []
    assert tally.slices
    assert tally.differing, "no write made a difference, so nothing was compared"
    assert tally.naive, "judging the changed things alone would do"
