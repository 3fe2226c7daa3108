"""What is judged within a time is found as ever, or is given up."""

from __future__ import annotations

import signal
from multiprocessing import active_children
from pathlib import Path

import pytest

from graph.candidate import Candidate
from graph.errors import TooCostly
from graph.memory_store import MemoryStore
from graph.rules import Rules, read_rules
from graph.slices.deadline import judge_within
from graph.slices.verdict import judge_change
from tests.api.asking import things
from tests.graph.conftest import turtle

ENDLESS = """
sv:endless sh:targetSubjectsOf <https://example.org/p> ; sh:sparql [ sh:message "never said" ;
    sh:select "SELECT $this { $this ?x ?y . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = 'no') }" ] .
"""


@pytest.fixture
def endless(tmp_path: Path) -> Rules:
    """Give rules by which to judge a thousand statements takes longer than anyone waits."""
    (tmp_path / "endless.ttl").write_text(turtle(ENDLESS), "utf-8")
    return read_rules(tmp_path)


@pytest.fixture
def state() -> Candidate:
    return Candidate(MemoryStore(), things(range(1000)))


def test_what_is_judged_in_time_is_found(state: Candidate) -> None:
    found = judge_within(600)(state, read_rules(), "a test")
    assert found == judge_change(state, read_rules(), "a test")
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_what_takes_longer_is_given_up(state: Candidate, endless: Rules) -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TooCostly, match=r"more than 0\.3 s to judge"):
        judge_within(0.3)(state, endless, None)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_no_process_of_the_jury_is_left(
    state: Candidate, endless: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.jury.FEWEST", 0)
    monkeypatch.setattr("graph.jury.os.sched_getaffinity", lambda _: {0, 1})
    with pytest.raises(TooCostly, match="to judge"):
        judge_within(3)(state, endless, None)
    assert active_children() == []
