"""What the page of a treaty's commitment shows a reader of its debtors, on the day asked about."""

from __future__ import annotations

import pytest

from tests.api.pages.conftest import Read, text


def standings(read: Read, commitment: str, day: str) -> dict[str, str]:
    """Give the state that the page shows for each debtor."""
    page = read(f"/doc/commitment/{commitment}?asOf={day}&knownAt=2026-11-23")
    debtors, states = (
        [each.to_text() for each in page.query(f"section[aria-labelledby=debtors] tbody {cell}")]
        for cell in ("th", "td .state")
    )
    return dict(zip(debtors, states, strict=True))


@pytest.mark.parametrize(
    ("day", "count", "bound", "not_yet"),
    [
        ("1960-01-01", 15, {"Greece", "Türkiye", "Germany"}, {"Spain", "Poland"}),
        ("2005-01-01", 26, {"Spain", "Poland", "Romania"}, {"Albania", "Finland"}),
        ("2026-11-23", 32, {"Albania", "Finland", "Sweden"}, set()),
    ],
)
def test_the_page_of_article_5_shows_who_was_bound_that_day(
    read: Read, day: str, count: int, bound: set[str], not_yet: set[str]
) -> None:
    found = standings(read, "nato-mutual-defence", day)
    assert len(found) == 32
    assert {debtor for debtor, state in found.items() if state == "conditional"} >= bound
    assert [*found.values()].count("conditional") == count
    assert all(found[debtor] == "proposed" for debtor in not_yet)


def lead(read: Read, commitment: str, asked: str) -> str:
    return text(read(f"/doc/commitment/{commitment}?knownAt=2026-11-23&{asked}"), "p.lead")


def test_a_page_opens_with_a_debtor_who_is_bound_that_day_unless_one_is_asked_for(
    read: Read,
) -> None:
    nato = "nato-mutual-defence"
    assert lead(read, nato, "asOf=1960-01-01").startswith("For Belgium: conditional")
    assert lead(read, nato, "asOf=2026-11-23").startswith("For Albania: conditional")
    albania = lead(read, nato, "asOf=1960-01-01&debtor=actor/albania")
    assert albania.startswith("For Albania: proposed")


def test_a_page_on_a_day_before_anyone_was_bound_opens_with_the_first(read: Read) -> None:
    assert lead(read, "nato-mutual-defence", "asOf=1948-01-01").startswith("For Albania: ")


def test_the_page_of_an_actor_does_not_say_that_all_are_bound_since_its_own_day(
    read: Read,
) -> None:
    page = read("/doc/actor/france?asOf=2026-11-23&knownAt=2026-11-23")
    told = text(page, ".spread")
    assert "conditional since 24 August 1949; one of 32 debtors" in told
    assert "with 31 others" not in told


def test_an_approval_that_a_debtor_does_not_need_is_not_shown_as_met(read: Read) -> None:
    troops = ".tree .aside .node"
    force = "/doc/commitment/multinational-force?asOf=2026-01"
    canada = text(read(f"{force}&debtor=actor/canada"), troops)
    assert (
        "not needed for Canada: approval of sending troops to Ukraine "
        "(applies to European countries at the Paris meeting)" in canada
    )
    assert "met approval of sending troops" not in canada
    assert "not needed" not in text(read(f"{force}&debtor=actor/france"), ".tree .node")


def test_the_page_of_an_approval_says_to_whom_it_applies(read: Read) -> None:
    page = read("/doc/condition/approval-of-troops")
    assert "applies to European countries" in text(page, ".facts dt, .facts dd")


def test_the_page_of_article_42_7_shows_that_the_united_kingdom_has_left(read: Read) -> None:
    assert standings(read, "eu-mutual-assistance", "2020-01-31")["United Kingdom"] == "conditional"
    assert standings(read, "eu-mutual-assistance", "2020-02-01")["United Kingdom"] == "withdrawn"
