"""A page says what the API says, for each kind of page."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.api.pages.conftest import DAY, Read, hrefs, text

FORCE = "multinational-force"


def test_the_page_of_an_undertaking_says_what_the_api_says(site: TestClient, read: Read) -> None:
    page = read(f"/doc/commitment/{FORCE}?{DAY}")
    told = text(page, "main")
    standing = site.get(f"/api/v1/commitments/{FORCE}?{DAY}").json()
    for debtor in standing["debtors"]:
        assert debtor["sentence"] in told
    explained = site.get(f"/api/v1/commitments/{FORCE}/explanation?{DAY}&debtor=canada").json()
    assert "later than" in text(page, ".tree .operator")
    nodes = list(explained["debtors"][0]["gates"].values())
    for node in nodes:
        nodes += node["operands"]
        word = node["verdict"] if node["applies"] else "not needed for Canada:"
        assert f"{word} {node['label']}" in told
        for claim in (*node["for"], *node["against"]):
            assert all(words in told for words in claim["quotations"])
    unlocked = site.get(f"/api/v1/commitments/{FORCE}/unlock?{DAY}&debtor=canada").json()
    assert f"any one of {len(unlocked['sets'])} smallest sets of acts" in told
    for act in (act for each in unlocked["sets"] for act in each["acts"]):
        assert f"{act['heldBy']}: {act['label']}" in told


def test_under_an_assumption_its_cause_comes_before_what_the_sources_say(read: Read) -> None:
    page = read(f"/doc/commitment/{FORCE}?{DAY}&set=event/ceasefire=true@2026-02-10")
    told = text(page, ".tree")
    told = told[told.index("met a ceasefire Assumed") :]
    cause = told.index("Assumed: a ceasefire is true from 10 February 2026 on")
    assert cause < told.index("What the sources say") < told.index("Against:")
    assert "Assumed" not in text(read(f"/doc/commitment/{FORCE}?{DAY}"), ".tree")


def test_another_debtor_is_a_link_away(read: Read) -> None:
    page = read(f"/doc/commitment/{FORCE}?{DAY}&debtor=actor/france")
    assert "For France: conditional" in text(page, ".lead")
    assert any("debtor=actor/canada" in href for href in hrefs(page, "#debtors ~ .wide a"))


def test_the_matrix_counts_what_the_api_counts(site: TestClient, read: Read) -> None:
    cells = site.get(f"/api/v1/matrix?{DAY}").json()["cells"]
    page = read(f"/matrix?{DAY}")
    shown = sum(int(each.to_text()) for each in page.query(".matrix .state b"))
    assert shown == sum(sum(cell["states"].values()) for cell in cells)


@pytest.mark.parametrize("columns", ["domain", "component"])
def test_a_number_in_the_matrix_leads_to_the_list_it_counts(
    site: TestClient, read: Read, columns: str
) -> None:
    page = read(f"/matrix?{DAY}&cols={columns}")
    for cell in page.query(".matrix a.state-link")[::12]:
        href = str((cell.attrs or {})["href"])
        (count,) = (int(each.to_text()) for each in cell.query("b"))
        found = site.get(href.replace("/commitments", "/api/v1/commitments")).json()
        assert found["total"] >= count
        if "state=declared" not in href:
            assert found["total"] == count


def test_the_api_tells_what_was_declined_from_what_is_not_recorded(site: TestClient) -> None:
    cells = site.get(f"/api/v1/matrix?{DAY}").json()["cells"]
    declined = {
        (cell["label"], cell["columnLabel"]): cell["declined"] for cell in cells if cell["declined"]
    }
    assert declined == {("Italy", "land"): {"declared": 1}}


def test_the_states_in_the_matrix_are_explained_as_the_ontology_defines_them(
    site: TestClient, read: Read
) -> None:
    states = site.get(f"/api/v1/matrix?{DAY}").json()["states"]
    for path in ("/", "/matrix"):
        page = read(f"{path}?{DAY}")
        assert {each.to_text().strip() for each in page.query(".meanings dt")} == set(states)
        assert "It binds and is due." in text(page, ".meanings")


def test_declined_and_none_recorded_differ_in_the_matrix(read: Read) -> None:
    rows = {
        row.query("th")[0].to_text().strip(): row
        for row in read(f"/matrix?{DAY}").query(".matrix tbody tr")
    }
    italy = rows["Italy"].query("td")
    heads = [each.to_text() for each in read(f"/matrix?{DAY}").query(".matrix thead th")][1:]
    land, space = italy[heads.index("land")], italy[heads.index("space")]
    assert land.query(".is-declined")
    assert not space.query(".state")
    assert "none recorded" in space.to_text()


def test_the_list_has_the_items_of_the_api(site: TestClient, read: Read) -> None:
    query = f"debtor=actor/france&state=conditional&{DAY}"
    found = site.get(f"/api/v1/commitments?{query}").json()
    told = text(read(f"/commitments?{query}"), "main")
    assert f"{found['total']} undertakings" in told
    assert all(item["label"] in told for item in found["items"])


def test_the_list_says_what_is_waited_for_and_names_its_filters(
    site: TestClient, read: Read
) -> None:
    told = text(read(f"/commitments?state=conditional&q=multinational&{DAY}"), "main")
    first = site.get(f"/api/v1/commitments/{FORCE}?{DAY}").json()["debtors"][0]
    assert f"For Canada: {first['sentence'].removeprefix('conditional: ')}" in told
    none = text(read(f"/commitments?debtor=actor/italy&domain=sv:Sea&state=violated&{DAY}"), "main")
    assert "debtor Italy (drop), domain sea (drop), state violated (drop)" in none


def test_the_page_of_an_actor_gives_its_own_part_and_how_it_binds(
    site: TestClient, read: Read
) -> None:
    query = f"debtor=actor/canada&limit=200&{DAY}"
    items = site.get(f"/api/v1/commitments?{query}").json()["items"]
    told = text(read(f"/doc/actor/canada?{DAY}"), "main")
    listed = text(read(f"/commitments?debtor=actor/canada&{DAY}"), "main")
    standing = site.get(f"/api/v1/commitments/{FORCE}?{DAY}").json()["debtors"]
    (own,) = (each for each in standing if each["label"] == "Canada")
    part = own["sentence"].removeprefix("conditional: ")
    for page in (told, listed):
        assert f"one of {len(standing)} debtors {part}" in page
    assert f"{len(items)} undertakings. Binding force: " in told
    legal = [each for each in items if [one["label"] for one in each["binding"]] == ["legal"]]
    assert f"{len(legal)} legal" in told
    assert "Binding force: political" in text(read(f"/doc/commitment/{FORCE}?{DAY}"), ".eyebrow")


def test_an_undertaking_names_the_texts_that_restate_it_and_offers_its_debtors(read: Read) -> None:
    page = read(f"/doc/commitment/{FORCE}?{DAY}")
    assert "Restated in: " in text(page, "main")
    assert any("debtor=actor/france" in each for each in hrefs(page, "[aria-labelledby=acts] a"))


def test_the_changes_are_those_of_the_api(site: TestClient, read: Read) -> None:
    changes = site.get("/api/v1/diff?from=2026-01-01&to=2026-02-15&knownAt=2026-11-23").json()
    told = text(read(f"/diff?from=2026-01-01&{DAY}"), "main")
    assert {each["label"] for each in changes["changes"]} == {
        each["label"] for each in changes["changes"] if each["label"] in told
    }
    assert f"of {len({each['undertaking'] for each in changes['changes']})} undertakings" in told


def test_what_if_says_what_the_api_says(site: TestClient, read: Read) -> None:
    body = {
        "asOf": "2026-02-15",
        "knownAt": "2026-11-23",
        "set": {"event/ceasefire": "true@2026-02-10"},
    }
    changes = site.post("/api/v1/whatif", json=body).json()["changes"]
    page = read(f"/whatif?{DAY}&set=event/ceasefire=true@2026-02-10")
    told = text(page, "main")
    assert changes
    assert all(each["label"] in told for each in changes)
    assert "Not without" not in told
    other = "&set=event/renewed-aggression=true"
    several = text(read(f"/whatif?{DAY}&set=event/ceasefire=true@2026-02-10{other}"), "main")
    assert "Not without: a ceasefire is true from 10 February 2026" in several


def test_the_circles_are_those_of_the_api(site: TestClient, read: Read) -> None:
    for reading in ("", "&reading=reading/settlement-needs-ceasefire"):
        found = site.get(f"/api/v1/deadlocks?{DAY}{reading}").json()["circles"]
        page = read(f"/circles?{DAY}{reading}")
        assert len(page.query(".diagram svg")) == len(found)
        told = text(page, "main")
        for wait in (wait for circle in found for wait in circle["waits"]):
            assert wait["label"] in told
            assert wait["heldBy"] in told


def test_the_gaps_are_those_of_the_api(site: TestClient, read: Read) -> None:
    found = site.get(f"/api/v1/gaps?{DAY}").json()["commitments"]
    page = read(f"/gaps?{DAY}")
    assert len(page.query(".stacked tbody tr")) == len(found)
    lacked_by_all = set[str].intersection(*(set(each["absent"]) for each in found))
    assert lacked_by_all
    told = text(page, "main")
    assert all(name in told.partition("That is not repeated below")[0] for name in lacked_by_all)
    for each in found:
        (row,) = page.query(f"#commitment-{each['commitment'].rpartition('/')[2]}")
        cells = row.to_text()
        assert each["label"] in cells
        told_apart = {*lacked_by_all, *each["particulars"]}
        assert all(name in cells for name in each["absent"] if name not in told_apart)


def test_gaps_are_grouped_by_text_and_each_group_has_its_address(read: Read) -> None:
    page = read(f"/gaps?{DAY}")
    groups = page.query("details.group")
    assert len(groups) > 40
    assert not page.query("details.group[open]")
    anchors = [href.partition("#")[2] for href in hrefs(page, "details.group caption a")]
    for anchor in (each for each in anchors if each):
        assert page.query(f"details.group #{anchor}")
    assert len([each for each in anchors if each]) == len(groups)


def test_what_lacks_one_particular_is_listed_alone_and_all_of_it_is_exported(
    site: TestClient, read: Read
) -> None:
    found = site.get(f"/api/v1/gaps?{DAY}").json()["commitments"]
    lacking = [each for each in found if each["particulars"]["deadline"] != "stated"]
    page = read(f"/gaps?{DAY}&lacks=deadline")
    assert 0 < len(lacking) < len(found)
    assert len(page.query(".stacked tbody tr")) == len(lacking)
    assert len(page.query("details.group")) == len(page.query("details.group[open]"))
    (csv,) = {each for each in hrefs(page, ".formats a") if "csv" in each}
    assert len(site.get(csv).text.splitlines()) == len(found) + 1


def test_the_search_finds_what_the_api_finds(site: TestClient, read: Read) -> None:
    found = site.get(f"/api/v1/search?q=guarant&{DAY}").json()
    told = text(read(f"/search?q=guarant&{DAY}"), "main")
    assert f"{found['total']} things" in told
    assert all(each["label"] in told for each in found["items"][:50])


def test_a_search_offers_every_kind_also_of_one_alone_and_says_where_things_stand(
    read: Read,
) -> None:
    whole, narrowed = (read(f"/search?q=force&{DAY}{kind}") for kind in ("", "&kind=commitment"))
    offered = [each.partition("kind=")[2] for each in hrefs(whole, ".facets a")]
    assert len(offered) > 5
    assert offered == [each.partition("kind=")[2] for each in hrefs(narrowed, ".facets a")]
    assert text(narrowed, ".facets [aria-current]").startswith("commitment ")
    assert "3 conditional" in text(narrowed, ".found")


def test_a_search_for_nothing_says_what_to_do(read: Read) -> None:
    misspelt = read(f"/search?q=ceasefyre&{DAY}")
    assert "Did you mean ceasefire?" in text(misspelt, "main")
    assert any("q=ceasefire" in href and "asOf=" in href for href in hrefs(misspelt, "main a"))
    assert "Names are searched" in text(read(f"/search?q=xxxxxx&{DAY}"), "main")


def test_an_event_is_assumed_from_its_page(site: TestClient, read: Read) -> None:
    page = read(f"/doc/event/ceasefire?{DAY}")
    assert text(page, ".state.big") == "waiting"
    assert "while active warfare continues" in text(page, "main q")
    answer = site.get(
        f"/whatif/assume?about=event/ceasefire&truth=true&then=/whatif&{DAY}",
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/whatif?{DAY}&set=event/ceasefire=true"


def test_nothing_that_is_assumed_is_recorded(site: TestClient, read: Read) -> None:
    before = site.get(f"/api/v1/commitments/{FORCE}?{DAY}").json()
    read(f"/whatif?{DAY}&set=event/ceasefire=true")
    assert site.get(f"/api/v1/commitments/{FORCE}?{DAY}").json() == before


def test_labels_are_french_and_ukrainian_where_there_are_any(read: Read) -> None:
    french = read(f"/doc/actor/united-kingdom?{DAY}&lang=fr")
    assert text(french, "h1") == "Royaume-Uni"
    page = read(f"/matrix?{DAY}&lang=uk")
    assert "Франція" in text(page, ".matrix tbody th")
    marked = page.query('.matrix tbody th bdi[lang="uk"]')
    assert "Франція" in {each.to_text() for each in marked}
    assert text(read(f"/matrix?{DAY}&lang=uk"), ".bar-known").count("українська") == 1


def test_a_claim_published_after_the_day_of_knowledge_is_set_apart(read: Read) -> None:
    page = read("/doc/event/ceasefire?asOf=2026-02-15&knownAt=2025-12-31")
    told = text(page, "main")
    counted, _, apart = told.partition("Claims that do not count here")
    assert "No source that counts here" in counted
    assert "while active warfare continues" not in counted
    assert "while active warfare continues" in apart
