"""Many courses at once behave as one `Timeline` does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.timeline import Timeline, combined, course
from graph.truth import MET, RULED_OUT, at_least, negation
from graph.vectorised import courses as vectorised
from graph.vectorised.codes import CODE, VALUES
from graph.vectorised.courses import Courses, Shelf

DAYS = np.arange(25, dtype=np.int32)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    starts = [0, *sorted(draw(st.sets(st.integers(1, 20), max_size=5)))]
    return course(starts, [draw(st.sampled_from(VALUES)) for _ in starts])


some = st.lists(timelines(), min_size=1, max_size=6)


def courses_of(given_ones: Sequence[Timeline]) -> Courses:
    bounds = np.cumsum([0, *(len(one.starts) for one in given_ones)])
    days = [day for one in given_ones for day in one.starts]
    codes = [CODE[value] for one in given_ones for value in one.values]
    return Courses(bounds, np.array(days, dtype=np.int32), np.array(codes, dtype=np.int8))


def timelines_of(found: Courses) -> list[Timeline]:
    return [found.timeline(place) for place in range(len(found))]


@given(some)
def test_values_and_occurrences_are_those_of_the_timelines(ones: list[Timeline]) -> None:
    found = courses_of(ones)
    assert timelines_of(found) == ones
    codes = [[CODE[one.at(int(day))] for day in DAYS] for one in ones]
    assert found.at(DAYS[None, :]).tolist() == codes
    assert found.earliest.tolist() == [one.occurrence().earliest for one in ones]
    assert found.latest.tolist() == [one.occurrence().latest for one in ones]
    assert found.ruled_out_from.tolist() == [one.ruled_out_from() for one in ones]
    assert found.doubt.tolist() == [CODE[one.doubt()] for one in ones]


@given(some)
def test_what_was_once_true_is_kept_as_in_a_timeline(ones: list[Timeline]) -> None:
    assert timelines_of(courses_of(ones).latched()) == [one.latched() for one in ones]


@given(some)
def test_a_table_of_values_is_applied_on_every_day(ones: list[Timeline]) -> None:
    table = np.array([CODE[negation(value)] for value in VALUES], dtype=np.int8)
    found = courses_of(ones).mapped(np.tile(table, (len(ones), 1)))
    assert timelines_of(found) == [combined(lambda values: negation(values[0]), [o]) for o in ones]


@given(some, st.integers(0, 22))
def test_a_value_from_a_day_on_leaves_the_days_before(ones: list[Timeline], since: int) -> None:
    tables = np.full((len(ones), len(VALUES)), CODE[MET], dtype=np.int8)
    found = courses_of(ones).changed(np.full(len(ones), since, dtype=np.int32), tables)
    for one, changed in zip(ones, timelines_of(found), strict=True):
        expected = [MET if day >= since else one.at(day) for day in DAYS.tolist()]
        assert [changed.at(day) for day in DAYS.tolist()] == expected


@given(st.lists(st.tuples(some, st.integers(-1, 7)), min_size=1, max_size=5))
def test_operands_are_counted_as_one_node_at_a_time(
    nodes: list[tuple[list[Timeline], int]],
) -> None:
    operands = courses_of([one for ones, _ in nodes for one in ones])
    count = np.array([len(ones) for ones, _ in nodes])
    node = np.repeat(np.arange(len(nodes)), count)
    minimum = np.array([least for _, least in nodes])
    found = vectorised.at_least(minimum, operands, node, count)
    for (ones, least), counted in zip(nodes, timelines_of(found), strict=True):
        assert counted == combined(partial(at_least, least), ones)


def test_the_most_operands_a_node_may_have_are_counted_beside_others() -> None:
    most = vectorised.MOST_OPERANDS
    count = np.array([most, most])
    codes = np.repeat(np.array([CODE[MET], CODE[RULED_OUT]], dtype=np.int8), count)
    found = vectorised.at_least(
        np.array([most, 1]), vectorised.constants(codes), np.repeat(np.arange(2), count), count
    )
    assert [one.values for one in timelines_of(found)] == [(MET,), (RULED_OUT,)]


@given(some)
def test_a_shelf_gives_back_what_was_put_there(ones: list[Timeline]) -> None:
    shelf = Shelf.of(2 * len(ones))
    for start in (0, len(ones)):
        shelf.put(np.arange(start, start + len(ones)), courses_of(ones))
    slots = np.array([*range(2 * len(ones))][::-1])
    assert timelines_of(shelf.get(slots)) == [*ones, *ones][::-1]
