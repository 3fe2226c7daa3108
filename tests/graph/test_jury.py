"""Several judges with a share of the rules each find what one finds by all of them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.dataset import read_datasets
from graph.errors import TooCostly
from graph.jury import findings_of
from graph.resources import resource
from graph.rules import read_rules
from graph.validate import Case, validate
from tests.graph.conftest import turtle
from tests.graph.slices.test_verdict import CONSTRUCTS, HIERARCHY, UNSUPPORTED, quads

TWINS = Path(__file__).parent.parent / "invalid"


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give shapes with every construct, those that slices cannot follow among them."""
    folder = tmp_path_factory.mktemp("shapes")
    (folder / "constructs.ttl").write_text(turtle(CONSTRUCTS))
    for name, (text, _) in UNSUPPORTED.items():
        (folder / f"{name}.ttl").write_text(turtle(text.replace("sv:x ", f"sv:{name} ")))
    return folder


def broken() -> list[ox.Quad]:
    """Give the ontology and mistakes against fifty rules."""
    files = sorted(TWINS.glob("*.ttl"))[:50]
    return [each for one in read_datasets([resource("ontology"), *files]) for each in one.quads]


@settings(deadline=None, max_examples=60)
@given(present=quads, number=st.integers(1, 5))
def test_shares_of_the_rules_find_together_what_the_whole_finds(
    shapes: Path, present: set[ox.Quad], number: int
) -> None:
    rules = read_rules(shapes)
    case = Case([HIERARCHY, *present])
    shares = [frozenset(rules.targeted[start::number]) for start in range(number)]
    found = {each for share in shares for each in case.judged(rules, share).findings}
    assert found == set(validate([HIERARCHY, *present], shapes))


def test_processes_find_what_one_judge_finds() -> None:
    quads = broken()
    found = findings_of(read_rules(), quads, judges=2)
    assert len({each.rule for each in found}) > 40
    assert found == validate(quads)


def test_one_judge_sits_where_processes_cannot_be_bound_to_their_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("graph.jury.FEWEST", 0)
    monkeypatch.setattr("graph.jury.sys.platform", "darwin")
    monkeypatch.delattr("graph.jury.os.sched_getaffinity")
    found = findings_of(read_rules(), [HIERARCHY])
    assert found == validate([HIERARCHY])


def test_a_process_that_is_killed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    # As its own parent it would have none, and ends at once.
    monkeypatch.setattr("graph.jury.os.getpid", lambda: 1 << 30)
    with pytest.raises(TooCostly, match="was ended"):
        findings_of(read_rules(), broken(), judges=2)
