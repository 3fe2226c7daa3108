"""Slices are held to the whole graph for many random writes."""

from __future__ import annotations

import pytest

from tests.graph.slices.writes import walk


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
def test_the_verdict_on_a_slice_is_that_on_the_whole_graph(seed: int) -> None:
    """Compare 650 writes in all."""
    tally = walk(seed, writes=65)

    assert tally.mistakes == []
    assert tally.slices > 50
    assert tally.differing > 30
    assert tally.naive > 5
