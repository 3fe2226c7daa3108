from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.timeline import (
    BEGINNING,
    NEVER,
    Span,
    Timeline,
    combined,
    course,
    from_span,
    inside,
    later_than,
    sampled,
)
from graph.truth import (
    DISPUTED,
    HOLDING,
    MET,
    RULED_OUT,
    UNKNOWN,
    WAITING,
    Truth,
    conjunction,
    disjunction,
)

DAYS = range(30)
VALUES = st.sampled_from([MET, HOLDING, WAITING, RULED_OUT, UNKNOWN, DISPUTED])
SPANS = st.builds(
    lambda first, more: Span(first, first + more), st.integers(1, 20), st.integers(0, 5)
)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    starts = sorted({BEGINNING} | draw(st.sets(st.integers(1, 25), max_size=6)))
    return course(starts, [draw(VALUES) for _ in starts])


@given(timelines())
def test_neighbours_differ_and_days_ascend_from_the_beginning(timeline: Timeline) -> None:
    assert timeline.starts[0] == BEGINNING
    assert list(timeline.starts) == sorted(set(timeline.starts))
    assert all(a != b for a, b in zip(timeline.values, timeline.values[1:], strict=False))


@given(timelines(), timelines())
def test_timelines_are_combined_day_by_day(one: Timeline, two: Timeline) -> None:
    for rule in (conjunction, disjunction):
        both = combined(rule, [one, two])
        assert [both.at(d) for d in DAYS] == [rule([one.at(d), two.at(d)]) for d in DAYS]


@given(timelines())
def test_a_timeline_is_rebuilt_from_its_values(timeline: Timeline) -> None:
    assert sampled(DAYS, timeline.at) == timeline


@given(timelines())
def test_latching_twice_is_latching_once(timeline: Timeline) -> None:
    assert timeline.latched().latched() == timeline.latched()


@given(timelines())
def test_latching_changes_neither_when_it_may_nor_when_it_does_come_about(
    timeline: Timeline,
) -> None:
    assert timeline.latched().occurrence() == timeline.occurrence()


@given(timelines())
def test_what_is_latched_never_goes_back(timeline: Timeline) -> None:
    order = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}
    truths = [order[value.truth] for value in timeline.latched().values]
    assert truths == sorted(truths)


@given(timelines())
def test_occurrence_runs_from_the_first_day_not_false_to_the_first_day_true(
    timeline: Timeline,
) -> None:
    span = timeline.occurrence()
    assert span.earliest == min(
        (d for d in DAYS if timeline.at(d).truth is not Truth.FALSE), default=NEVER
    )
    assert span.latest == min(
        (d for d in DAYS if timeline.at(d).truth is Truth.TRUE), default=NEVER
    )


@given(SPANS)
def test_what_comes_about_in_a_span_has_that_span_as_its_occurrence(span: Span) -> None:
    assert from_span(span).occurrence() == span


@given(SPANS, st.integers(1, 30))
def test_what_never_came_about_in_time_is_ruled_out(span: Span, never: int) -> None:
    timeline = from_span(span, never=never)
    for day in DAYS:
        assert (timeline.at(day) == RULED_OUT) is (never <= day < span.earliest)


@given(timelines(), SPANS)
def test_what_came_too_early_is_awaited_again_unless_it_is_settled(
    timeline: Timeline, floor: Span
) -> None:
    came = timeline.occurrence()
    found = later_than(floor, timeline)
    if came.earliest > floor.latest:
        assert found == timeline
    elif came.latest <= floor.earliest:
        for day in DAYS:
            assert found.at(day) == (RULED_OUT if timeline.at(day).settled else WAITING)
    else:
        assert all(value.truth is not Truth.TRUE for value in found.values)


@given(timelines(), st.integers(1, 10), st.integers(0, 10))
def test_what_comes_about_in_a_window_is_met_and_what_comes_later_ruled_out(
    timeline: Timeline, opened: int, length: int
) -> None:
    closed = opened + length
    came, found = timeline.occurrence(), inside(timeline, opened, Span(closed, closed))
    if came.latest < closed:
        assert found.values[-1] == MET
    elif came.earliest >= closed:
        assert found.at(closed) == RULED_OUT
    else:
        assert found.values[-1].truth is Truth.UNKNOWN


def test_a_span_that_many_days_later_leaves_never_alone() -> None:
    assert Span(3, NEVER).plus(4) == Span(7, NEVER)


def test_doubt_is_disputed_only_where_sources_clashed_before_it_came_about() -> None:
    assert course([0, 5, 9], [UNKNOWN, DISPUTED, MET]).doubt() == DISPUTED
    assert course([0, 5, 9], [UNKNOWN, HOLDING, DISPUTED]).doubt() == UNKNOWN
