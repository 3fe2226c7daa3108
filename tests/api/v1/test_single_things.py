"""One thing says what the lists say of it, and what is linked to it."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from graph.namespaces import ID, SV
from tests.api.v1.conftest import Ask

DAY = ("asOf", "2026-02-28")
KINDS = ("actors", "instruments", "events", "domains", "evidence", "statements", "sources")


@pytest.mark.parametrize("kind", KINDS)
def test_each_thing_of_a_list_is_had_alone_with_all_that_the_list_says(kind: str, ask: Ask) -> None:
    items = ask(kind, DAY, ("limit", "5"))["items"]
    assert items
    for item in items:
        alone = ask(f"{kind}/{quote(item['id'], safe='')}", DAY)
        assert item.items() <= alone.items()


def test_what_an_actor_owes_is_what_the_list_says_with_its_own_state(ask: Ask) -> None:
    found = ask("actors/france", DAY)
    listed = ask("commitments", DAY, ("debtor", "france"))["items"]
    own = {
        item["id"]: debtor["state"]
        for item in listed
        for debtor in item["debtors"]
        if debtor["id"] == f"{ID}actor/france"
    }
    assert {each["id"]: each["state"] for each in found["owes"]} == own
    assert len(own) > 1


def test_what_is_owed_to_an_actor_is_what_the_list_says(ask: Ask) -> None:
    found = ask("actors/ukraine", DAY)
    listed = ask("commitments", DAY, ("creditor", "ukraine"))["items"]
    assert {each["id"] for each in found["owed"]} == {each["id"] for each in listed} != set()
    assert all(each["distribution"] for each in found["owed"])


def test_a_coalition_has_members_and_no_state_of_its_own(ask: Ask) -> None:
    found = ask("actors/paris-coalition", DAY)
    assert f"{ID}actor/france" in {each["id"] for each in found["members"]}
    assert {each["state"] for each in found["owes"]} == {None}
    assert found["id"] in {each["id"] for each in ask("actors/france")["memberOf"]}


def test_a_body_has_the_matters_that_it_decides(ask: Ask) -> None:
    deciding = [
        found
        for actor in ask("actors", ("limit", "1000"))["items"]
        if (found := ask(f"actors/{quote(actor['id'], safe='')}"))["decides"]
    ]
    assert deciding
    assert {"open", "waiting", "unknown"} & {
        each["verdict"] for found in deciding for each in found["decides"]
    }


def test_a_text_has_what_it_records_and_who_adheres_to_it(ask: Ask) -> None:
    found = ask("instruments/paris-framework", DAY)
    listed = ask("commitments", DAY, ("instrument", "paris-framework"))["items"]
    assert {each["id"] for each in found["records"]} == {each["id"] for each in listed} != set()
    parties = {one["id"]: each for each in found["adherences"] for one in each["parties"]}
    canada = parties[f"{ID}actor/canada"]
    assert (canada["stage"], canada["bindingForce"]) == ("EndorsedStage", "PoliticalForce")
    assert canada["by"] == "2026-01-31"


def test_an_event_has_its_claims_and_what_hangs_on_it(ask: Ask) -> None:
    found = ask("events/ceasefire", DAY)
    (claim,) = found["claims"]
    assert (claim["holds"], claim["counts"]) == (False, True)
    assert f"{ID}commitment/multinational-force" in {each["id"] for each in found["awaitedBy"]}
    assert f"{ID}commitment/military-assistance" not in {each["id"] for each in found["awaitedBy"]}


def test_a_claim_counts_only_once_it_was_public_and_by_a_source_that_counts(ask: Ask) -> None:
    path = "evidence/no-ceasefire"
    assert ask(path, ("knownAt", "2026-03-05"))["counts"]
    assert not ask(path, ("knownAt", "2026-01-01"))["counts"]
    assert not ask(path, ("sources", ""))["counts"]


@pytest.mark.parametrize("name", ["Land", "sv:Land", quote(f"{SV}Land", safe="")])
def test_a_domain_is_found_by_its_name_however_it_is_written(name: str, ask: Ask) -> None:
    found = ask(f"domains/{name}", DAY)
    listed = ask("commitments", DAY, ("domain", "Land"))["items"]
    assert {each["id"] for each in found["undertakings"]} == {each["id"] for each in listed}


def test_a_source_has_what_stands_in_it(ask: Ask) -> None:
    found = ask("sources/paris-2026-article")
    for kind, name in (("evidence", "claims"), ("statements", "statements")):
        said = {
            item["id"]
            for item in ask(kind, ("limit", "1000"))["items"]
            if found["id"] in {each["id"] for each in item["saidIn"]}
        }
        assert {each["id"] for each in found[name]} == said != set()


def test_a_thing_that_has_not_changed_is_not_sent_again(paris: TestClient) -> None:
    answer = paris.get("/api/v1/actors/france?asOf=2026-02-28&knownAt=2026-02-28")
    tag = answer.headers["etag"]
    again = paris.get(
        "/api/v1/actors/france?asOf=2026-02-28&knownAt=2026-02-28", headers={"If-None-Match": tag}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_thing_of_another_kind_is_not_found_under_this_one(paris: TestClient) -> None:
    answer = paris.get("/api/v1/events/actor/france")
    assert answer.status_code == 404
    assert "no event is called `actor/france`" in answer.json()["detail"]
