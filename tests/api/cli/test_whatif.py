from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.database import Database
from graph.namespaces import ID
from tests.api.cli.conftest import Answer, Shown

DEBTORS = ("canada", "france", "united-kingdom")
# The undertakings whose activation hangs on a ceasefire or a settlement, and approval after it.
GUARANTEES = (
    "ceasefire-monitoring",
    "long-term-cooperation",
    "multinational-force",
    "response-protocols",
    "security-guarantees",
)
CEASEFIRE = "event/ceasefire=true@2026-02-10"
APPROVED = "approval/france-implementation=true@2026-03-10"
TROOPS = "approval/france-troops=true@2026-01-20"


def changes(answer: Answer, *assumed: str, as_of: str = "2026-04") -> dict[Any, Any]:
    options = [part for each in assumed for part in ("--set", each)]
    found = answer("whatif", *options, "--as-of", as_of)
    assert found["hypothetical"] is True
    return {
        (
            each["undertaking"].removeprefix(f"{ID}commitment/"),
            each["debtor"].removeprefix(f"{ID}actor/"),
        ): each
        for each in found["changes"]
    }


def states(found: dict[Any, Any]) -> dict[Any, Any]:
    return {
        key: (each["before"]["state"], each["after"]["state"])
        for key, each in found.items()
        if each["ofState"]
    }


def test_after_a_ceasefire_alone_all_still_wait_for_their_parliaments(answer: Answer) -> None:
    found = changes(answer, "event/ceasefire=true")
    assert set(found) == {(name, debtor) for name in GUARANTEES for debtor in DEBTORS}
    assert states(found) == {}
    assert {
        key: each["after"]["sentence"] for key, each in found.items() if key[1] == "france"
    } == {
        ("ceasefire-monitoring", "france"): "conditional: waits for approval by the "
        "Parliament of France",
        ("long-term-cooperation", "france"): "conditional: waits for approval by the "
        "Parliament of France",
        ("multinational-force", "france"): "conditional: waits for approval of carrying out the "
        "security guarantees by the Parliament of France and approval of sending troops to "
        "Ukraine by the Parliament of France",
        ("response-protocols", "france"): "conditional: waits for approval by the Parliament of "
        "France, a future Russian aggression and a finding that there was an aggression",
        ("security-guarantees", "france"): "conditional: waits for approval by the "
        "Parliament of France",
    }
    assert {cause["text"] for each in found.values() for cause in each["because"]} == {
        "a ceasefire: waiting -> met"
    }


def test_an_approval_after_the_ceasefire_brings_its_debtor_s_guarantees_in_force(
    answer: Answer,
) -> None:
    changed = ("conditional", "in force")
    assert states(changes(answer, CEASEFIRE, APPROVED)) == {
        (name, "france"): changed
        for name in ("ceasefire-monitoring", "long-term-cooperation", "security-guarantees")
    }
    # Troops may be approved before the ceasefire: the article sets no order for that.
    assert states(changes(answer, CEASEFIRE, APPROVED, TROOPS)) == {
        (name, "france"): changed
        for name in (
            "ceasefire-monitoring",
            "long-term-cooperation",
            "multinational-force",
            "security-guarantees",
        )
    }


def test_an_approval_on_the_day_of_the_ceasefire_is_not_after_it(answer: Answer) -> None:
    same_day = "approval/france-implementation=true@2026-02-10"
    assert states(changes(answer, CEASEFIRE, same_day)) == {}


def test_a_change_names_the_assumptions_it_would_not_be_without(answer: Answer) -> None:
    found = changes(answer, CEASEFIRE, APPROVED, TROOPS)

    def needed(undertaking: str, debtor: str) -> list[str]:
        assumptions = found[undertaking, debtor]["assumptions"]
        return [each["about"].removeprefix(ID) for each in assumptions]

    assert needed("security-guarantees", "canada") == ["event/ceasefire"]
    assert needed("security-guarantees", "france") == [
        "event/ceasefire",
        "approval/france-implementation",
    ]
    assert len(needed("multinational-force", "france")) == 3


def test_what_is_assumed_from_later_on_changes_nothing_before(answer: Answer) -> None:
    assert changes(answer, CEASEFIRE, as_of="2026-02-09") == {}
    assert len(changes(answer, CEASEFIRE, as_of="2026-02-10")) == 15


def test_a_condition_can_be_assumed_as_well_as_a_matter(answer: Answer) -> None:
    found = changes(answer, "condition/framework-endorsed=unknown", as_of="2026-01")
    assert set(states(found).values()) == {
        ("conditional", "undetermined"),
        ("in force", "undetermined"),
    }
    assert len(found) == 18


def test_the_answer_says_that_it_is_hypothetical(shown: Shown) -> None:
    out, err = shown("whatif", "--set", CEASEFIRE, "--as-of", "2026-04")
    assert "a ceasefire: waiting -> met" in out
    assert err.startswith(
        "hypothetical, nothing is recorded: 0 states would change, and 15 would wait for "
        "something else; as of 2026-04-30, "
    )
    assert "scenario a ceasefire true from 2026-02-10" in err


def test_what_changes_nothing_shows_no_table(shown: Shown) -> None:
    out, err = shown("whatif", "--set", "event/ceasefire=false", "--as-of", "2026-04")
    assert out == ""
    assert "0 states would change, and 0 would wait" in err


def test_nothing_is_written(shown: Shown, shipped: Path) -> None:
    def recorded() -> tuple[int, int]:
        with Database.open(shipped, writable=False) as database:
            return database.version, len(list(database.store.quads()))

    before = recorded()
    shown("whatif", "--set", CEASEFIRE)
    assert recorded() == before
