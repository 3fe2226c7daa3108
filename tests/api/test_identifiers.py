from __future__ import annotations

import pytest

from api.identifiers import ended, identified
from graph.errors import NotFound
from graph.namespaces import ID

FORCE = "commitment/multinational-force"


@pytest.mark.parametrize("text", [FORCE, f"id:{FORCE}", ID + FORCE, f" {FORCE} "])
def test_an_identifier_may_be_short_prefixed_or_whole(text: str) -> None:
    assert identified(text, {ID + FORCE}, "undertaking") == ID + FORCE


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("commitment/multinational-forces", f"did you mean `{FORCE}`"),
        ("multinational-force", f"did you mean `{FORCE}`"),
        ("xyz", f"give an identifier such as `{FORCE}`"),
    ],
)
def test_an_unknown_identifier_suggests_the_nearest(text: str, hint: str) -> None:
    with pytest.raises(NotFound) as refused:
        identified(text, {ID + FORCE}, "undertaking")
    assert str(refused.value) == f"no undertaking is called `{text}`; {hint}"


def test_an_unknown_identifier_where_there_is_none_says_so() -> None:
    with pytest.raises(NotFound, match="the graph holds no undertaking"):
        identified(FORCE, set(), "undertaking")


def test_the_last_part_is_enough_where_no_other_thing_ends_in_it() -> None:
    known = {ID + FORCE, f"{ID}intention/visit", f"{ID}possibility/visit"}
    assert ended("multinational-force", known, "undertaking") == ID + FORCE
    assert ended("intention/visit", known, "undertaking") == f"{ID}intention/visit"
    with pytest.raises(NotFound) as refused:
        ended("visit", known, "undertaking")
    assert str(refused.value) == (
        "several things are called `visit`; did you mean `intention/visit` or `possibility/visit`"
    )
