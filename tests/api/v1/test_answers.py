"""What the resources answer about the shipped dataset of the first source."""

from __future__ import annotations

import csv
import json
from io import StringIO
from itertools import groupby
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.bodies import JSON
from api.jobs.things import ACTORS, INSTRUMENTS
from graph.database import Database
from graph.namespaces import ID, PREFIXES, SV
from tests.api.v1.conftest import Ask, Json

DAY = ("asOf", "2026-02-28")
CEASEFIRE = {"event/ceasefire": "true@2026-02-10"}


# Lists of undertakings


def test_all_undertakings_are_listed_in_the_order_of_their_labels(ask: Ask) -> None:
    found = ask("commitments", DAY)
    labels = [item["label"] for item in found["items"]]
    assert found["total"] == len(labels) == 11
    assert labels == sorted(labels, key=str.casefold)
    assert {item["kind"] for item in found["items"]} == {"commitment", "intention", "possibility"}


@pytest.mark.parametrize(
    ("filters", "listed"),
    [
        ([("kind", "intention")], 1),
        ([("kind", "intention"), ("kind", "possibility")], 5),
        ([("state", "in force")], 1),
        ([("state", "in force"), ("state", "conditional")], 6),
        ([("debtor", "actor/canada")], 7),
        ([("debtor", "france"), ("kind", "intention")], 1),
        ([("debtor", "paris-coalition"), ("state", "in force")], 1),
        ([("domain", "sv:Land")], 2),
        ([("domain", "Land"), ("kind", "commitment")], 1),
        ([("creditor", "ukraine"), ("kind", "commitment")], 6),
        ([("creditor", "russia")], 0),
        ([("instrument", "paris-framework")], 7),
        ([("binding", "sv:PoliticalForce"), ("instrument", "paris-framework")], 7),
        ([("binding", "LegalForce")], 0),
        ([("q", "FORCE ukraine")], 1),
        ([("q", "nothing of that name")], 0),
    ],
    ids=lambda given: " ".join("=".join(each) for each in given) if isinstance(given, list) else "",
)
def test_filters_narrow_the_list(filters: list[tuple[str, str]], listed: int, ask: Ask) -> None:
    found = ask("commitments", DAY, *filters)
    assert found["total"] == len(found["items"]) == listed


def test_facets_count_the_whole_list_and_not_the_page(ask: Ask) -> None:
    names = ("debtor", "creditor", "domain", "instrument", "binding", "kind", "state")
    asked = [("facet", name) for name in names]
    found = ask("commitments", DAY, ("limit", "1"), ("kind", "commitment"), *asked)
    counts = {
        name: {each["value"].removeprefix(ID).removeprefix(SV): each["count"] for each in facet}
        for name, facet in found["facets"].items()
    }
    assert set(counts) == set(names)
    assert counts["kind"] == {"commitment": found["total"]}
    assert counts["creditor"]["actor/ukraine"] == 6
    for name, facet in counts.items():
        for value, count in facet.items():
            listed = ask("commitments", DAY, ("kind", "commitment"), (name, value))
            assert listed["total"] == count, (name, value)


def test_facets_come_in_the_order_of_their_counts(ask: Ask) -> None:
    facet = ask("commitments", DAY, ("facet", "debtor"), ("facet", "debtor"))["facets"]["debtor"]
    assert facet == sorted(facet, key=lambda each: (-each["count"], each["label"].casefold()))
    assert ask("commitments", DAY)["facets"] == {}


@pytest.mark.parametrize("by", ["label", "since", "debtor"])
def test_a_list_is_sorted_either_way(by: str, ask: Ask) -> None:
    def key(item: Json) -> tuple[object, ...]:
        debtors = item["debtors"]
        if by == "since":
            return (max((each["since"] or "" for each in debtors), default=""),)
        if by == "debtor":
            return not debtors, min((each["label"].casefold() for each in debtors), default="")
        return (item["label"].casefold(),)

    keys = [key(item) for item in ask("commitments", DAY, ("sort", by))["items"]]
    assert keys == sorted(keys)
    down = [key(item) for item in ask("commitments", DAY, ("sort", f"-{by}"))["items"]]
    assert down == sorted(keys, reverse=True)
    assert len(set(keys)) > 1


# Searching


def test_a_search_finds_labels_in_any_language_and_says_where(ask: Ask) -> None:
    found, *_ = ask("search", ("q", "франція"), ("kind", "actor"))["items"]
    assert found["label"] == "France"
    assert found["match"]["language"] == "uk"
    assert [part["text"] for part in found["match"]["parts"] if part["found"]] == ["Франція"]
    assert ask("search", ("q", "france"), ("lang", "uk"))["items"][0]["label"] == "Франція"


def test_a_search_gives_whole_labels_first_then_undertakings_and_the_vocabulary_last(
    ask: Ask,
) -> None:
    france, *_ = ask("search", ("q", "france"))["items"]
    assert (france["kind"], france["label"]) == ("actor", "France")
    kinds = [each["kind"] for each in ask("search", ("q", "force"), ("limit", "500"))["items"]]
    assert kinds[0] == "commitment"
    assert kinds[-1] == "vocabulary"
    assert kinds.index("actor") < kinds.index("statement") < kinds.index("condition")
    assert len(list(groupby(kinds))) == len(set(kinds))


@pytest.mark.parametrize(
    ("q", "actor"), [("nato", "nato"), ("USA", "united-states"), ("gb", "united-kingdom")]
)
def test_a_search_for_an_abbreviation_or_a_code_gives_whose_it_is_first(
    ask: Ask, q: str, actor: str
) -> None:
    first, *_ = ask("search", ("q", q))["items"]
    assert (first["id"], first["match"]["label"]) == (f"{ID}actor/{actor}", q.upper())


def test_a_search_that_finds_nothing_says_what_would(ask: Ask) -> None:
    found = ask("search", ("q", "ceasefyre"))
    assert (found["total"], found["near"]) == (0, ["ceasefire"])
    assert ask("search", ("q", found["near"][0]))["total"]
    assert ask("search", ("q", "france"))["near"] == []


def test_a_search_is_narrowed_by_kind_and_language_and_counts_both(ask: Ask) -> None:
    whole = ask("search", ("q", "for"), ("limit", "1"))
    for name, facet in whole["facets"].items():
        assert sum(each["count"] for each in facet) == whole["total"] > 1
        for each in facet:
            narrowed = ask("search", ("q", "for"), (name, each["value"]))
            assert narrowed["total"] >= each["count"] > 0
    kinds = {item["kind"] for item in ask("search", ("q", "for"), ("kind", "actor"))["items"]}
    assert kinds == {"actor"}


@pytest.mark.parametrize(
    "q", ['"', "a AND", "label:a", "NEAR(a b)", "*", "(", "", "\0", "-", "^a*"]
)
def test_no_words_to_look_for_are_an_error(q: str, paris: TestClient) -> None:
    assert paris.get("/api/v1/search", params={"q": q}).status_code == 200


# Lists of what was said


def test_a_claim_is_listed_with_what_it_says_and_who_says_it(ask: Ask) -> None:
    items = ask("evidence", ("limit", "1000"))["items"]
    assert all(item["matter"]["id"].startswith(ID) for item in items)
    assert {item["holds"] for item in items} == {True, False}
    assert all(item["saidIn"] for item in items)
    assert any(item["quotations"] for item in items)


def test_a_statement_is_listed_with_its_words_and_its_modality(ask: Ask) -> None:
    (found,) = ask("statements", ("q", "macron significant"))["items"]
    assert found["quotations"] == ["“significant step”"]
    assert found["modality"] == "Evaluates"
    assert [each["label"] for each in found["speakers"]] == ["Emmanuel Macron"]


def test_a_source_is_listed_with_the_day_by_which_it_was_public(ask: Ask) -> None:
    (found,) = ask("sources", ("q", "paris-2026-article"))["items"]
    assert found["published"] == "2026-01-31"
    assert found["title"].startswith("What to know about Ukraine")


def test_a_list_that_is_cut_says_how_much_there_is(ask: Ask) -> None:
    found = ask("commitments", DAY, ("limit", "2"))
    assert (found["total"], found["limit"], len(found["items"])) == (11, 2, 2)
    assert found["items"] == ask("commitments", DAY)["items"][:2]


@pytest.mark.parametrize(
    "path",
    [
        *("commitments?sort=-since&", "actors?", "instruments?", "events?", "conditions?"),
        *("domains?", "evidence?", "statements?", "sources?", "search?q=for&"),
    ],
)
def test_the_pages_of_a_list_make_up_the_whole(path: str, paris: TestClient) -> None:
    whole = paris.get(f"/api/v1/{path}asOf=2026-02-28&limit=1000")
    assert whole.json()["next"] is None
    assert "next" not in whole.links
    items: list[object] = []
    answer = paris.get(f"/api/v1/{path}asOf=2026-02-28&limit=4")
    while "next" in answer.links:
        items += answer.json()["items"]
        address = answer.links["next"]["url"]
        assert answer.json()["next"] in address
        answer = paris.get(address)
    assert [*items, *answer.json()["items"]] == whole.json()["items"]


@pytest.mark.parametrize(
    "other", ["q=force", "asOf=2026-03-01", "lang=uk", "kind=intention", "policy=ranked"]
)
def test_a_cursor_is_no_good_for_another_list(other: str, paris: TestClient) -> None:
    cursor = paris.get("/api/v1/commitments?limit=4&asOf=2026-02-28").json()["next"]
    asked = other if other.startswith("asOf") else f"asOf=2026-02-28&{other}"
    answer = paris.get(f"/api/v1/commitments?limit=4&{asked}&cursor={cursor}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/query/cursor"


@pytest.mark.parametrize("cursor", ["", "4", "-4", "x-4", "\u0664"])
def test_a_cursor_that_no_answer_gave_is_refused(cursor: str, paris: TestClient) -> None:
    answer = paris.get("/api/v1/commitments", params={"cursor": cursor})
    assert answer.status_code == 400
    assert "without a cursor" in answer.json()["hint"]


def test_an_item_leads_to_what_is_said_of_it(ask: Ask, paris: TestClient) -> None:
    (item,) = ask("commitments", DAY, ("q", "multinational force for ukraine"))["items"]
    assert item["id"] == f"{ID}commitment/multinational-force"
    assert [each["state"] for each in item["debtors"]] == ["conditional"] * 3
    assert [each["id"] for each in item["domains"]] == [f"{SV}Air", f"{SV}Land", f"{SV}Sea"]
    found = paris.get(f"{item['href']}?asOf=2026-02-28").json()
    assert (found["undertaking"], found["distribution"]) == (item["id"], item["distribution"])


@pytest.mark.parametrize(
    ("asked", "accept"), [("&format=csv", "*/*"), ("", "text/csv"), ("&format=text/csv", "")]
)
def test_a_list_in_csv_has_a_row_for_each_debtor_that_names_what_it_depends_on(
    asked: str, accept: str, paris: TestClient
) -> None:
    address = f"/api/v1/commitments?asOf=2026-02-28&knownAt=2026-03-05&limit=3{asked}"
    answer = paris.get(address, headers={"Accept": accept})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["vary"] == "Accept, Accept-Datetime"
    assert 'rel="next"' in answer.headers["link"]
    rows = list(csv.DictReader(StringIO(answer.text)))
    items = paris.get(address.removesuffix(asked)).json()["items"]
    assert [(row["id"], row["debtor"], row["state"]) for row in rows] == [
        (item["id"], debtor["id"], debtor["state"])
        for item in items
        for debtor in item["debtors"] or [{"id": "", "state": ""}]
    ]
    assert {(row["asOf"], row["knownAt"], row["policy"]) for row in rows} == {
        ("2026-02-28", "2026-03-05", "sceptical")
    }


@pytest.mark.parametrize("path", ["actors", "instruments", "events", "conditions"])
def test_things_in_csv_have_a_row_each(path: str, paris: TestClient) -> None:
    answer = paris.get(f"/api/v1/{path}?format=csv&limit=1000&set=event/ceasefire=true@2026-02-10")
    rows = list(csv.DictReader(StringIO(answer.text)))
    items = paris.get(f"/api/v1/{path}?limit=1000").json()["items"]
    assert [row["label"] for row in rows] == [item["label"] for item in items]
    assert {row["scenario"] for row in rows} == {f"{ID}event/ceasefire=true@2026-02-10"}


def test_an_empty_list_in_csv_has_a_heading(paris: TestClient) -> None:
    answer = paris.get("/api/v1/actors?q=nobody&format=csv")
    assert answer.text == "asOf,knownAt,policy,sources,scenario,version\r\n"


def test_a_format_that_no_list_has_is_refused_with_those_there_are(paris: TestClient) -> None:
    answer = paris.get("/api/v1/actors?format=ods")
    assert answer.status_code == 406
    assert answer.json()["hint"] == (
        "there is application/json (json), text/csv (csv), "
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet (xlsx)"
    )


# Lists of things


@pytest.mark.parametrize("kind", ["actors", "instruments", "events"])
def test_things_are_listed_with_the_documents_about_them(
    kind: str, ask: Ask, paris: TestClient
) -> None:
    found = ask(kind)
    assert found["total"] == len(found["items"]) > 0
    first = found["items"][0]
    document = paris.get(first["href"], headers={"Accept": "text/turtle"})
    assert document.status_code == 200
    assert first["label"] in document.text


def test_every_condition_that_is_listed_can_be_judged_and_assumed(ask: Ask) -> None:
    found = [each["id"] for each in ask("conditions", ("q", "ceasefire"), DAY)["items"]]
    assert f"{ID}condition/ceasefire" in found
    for each in found:
        judged = ask(f"conditions/{each.removeprefix(ID)}", ("commitment", "multinational-force"))
        assert judged["condition"] == each
        assert ask("gaps", ("set", f"{each}=true"))["scenario"][0]["about"] == each


def test_an_event_is_listed_with_whether_it_has_happened_by_the_day(ask: Ask) -> None:
    def verdict(day: str) -> str:
        (found,) = ask("events", ("asOf", day), ("q", "event/paris-meeting"))["items"]
        return str(found["verdict"])

    assert [verdict("2025-12-31"), verdict("2026-02-28")] == ["waiting", "met"]


def test_labels_come_in_the_language_that_is_asked_for(ask: Ask) -> None:
    def ukraine(language: str) -> str:
        found = ask("actors", ("lang", language), ("q", "actor/ukraine"))["items"]
        (label,) = {item["label"] for item in found if item["id"] == f"{ID}actor/ukraine"}
        return str(label)

    assert ukraine("uk") == ukraine("UK-ua") == "Україна"
    assert ukraine("en") == ukraine("tlh") == "Ukraine"


@pytest.mark.parametrize(
    ("listed", "above"), [(ACTORS, "Actor"), (INSTRUMENTS, "Instrument")], ids=["actors", "texts"]
)
def test_the_classes_that_are_listed_are_those_of_the_ontology(
    listed: tuple[str, ...], above: str, paris: TestClient
) -> None:
    query = f"""
        SELECT ?class WHERE {{
            ?class <{PREFIXES["rdfs"]}subClassOf>* <{SV}{above}>
            FILTER(STRSTARTS(STR(?class), "{SV}"))
        }}"""
    found = paris.get("/sparql", params={"query": query, "format": "json"}).json()
    classes = {row["class"]["value"].removeprefix(SV) for row in found["results"]["bindings"]}
    assert {*listed, above} == classes


# One undertaking


def test_a_scenario_is_laid_over_any_answer_and_named_in_it(ask: Ask) -> None:
    path, scenario = "commitments/multinational-force", ("set", "event/ceasefire=true@2026-02-10")
    plain, assumed = ask(path, DAY), ask(path, DAY, scenario)
    assert plain["scenario"] == []
    assert [each["about"] for each in assumed["scenario"]] == [f"{ID}event/ceasefire"]
    assert plain["debtors"][0]["sentence"].startswith("conditional: waits for a ceasefire, ")
    assert assumed["debtors"][0]["sentence"].startswith("conditional: waits for approval by ")


def test_what_no_source_that_counts_speaks_of_is_unknown(ask: Ask) -> None:
    found = ask("commitments/multinational-force", DAY, ("sources", ""))
    assert found["sources"] == []
    assert {each["state"] for each in found["debtors"]} == {"undetermined"}


def test_a_condition_has_the_value_that_it_has_in_its_gate(ask: Ask) -> None:
    path = "commitments/multinational-force/explanation"
    (france,) = ask(path, DAY, ("debtor", "actor/france"))["debtors"]
    in_gate = france["gates"]["activated when"]
    found = ask(
        f"conditions/{in_gate['condition'].removeprefix(ID)}",
        *(DAY, ("commitment", "multinational-force"), ("debtor", "actor/france")),
    )
    assert [each["tree"] for each in found["debtors"]] == [in_gate]


def test_readings_change_which_circles_are_hard(ask: Ask) -> None:
    (plain,) = ask("deadlocks", DAY)["circles"]
    chosen = ("settlements-are-one", "settlement-needs-ceasefire")
    found = ask("deadlocks", DAY, *(("reading", f"reading/{each}") for each in chosen))
    assert [each["id"].removeprefix(f"{ID}reading/") for each in found["readings"]] == [*chosen]
    assert (plain["hard"], [each["hard"] for each in found["circles"]]) == (False, [True])


def test_what_is_never_in_force_cannot_be_unlocked(paris: TestClient) -> None:
    answer = paris.get("/api/v1/commitments/military-installations/unlock")
    assert answer.status_code == 400
    assert "declared and never in force" in answer.json()["detail"]


# What if


def test_nothing_is_written_by_asking_what_if(paris: TestClient, shipped: Path) -> None:
    def recorded() -> tuple[int, int]:
        with Database.open(shipped, writable=False) as database:
            return database.version, len(list(database.store.quads()))

    before, shown = recorded(), paris.get("/api/v1/commitments?asOf=2026-04").json()
    answer = paris.post("/api/v1/whatif", json={"asOf": "2026-04", "set": CEASEFIRE})
    assert len(answer.json()["changes"]) == 15
    assert recorded() == before
    assert paris.get("/api/v1/commitments?asOf=2026-04").json() == shown


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{", "/body"),
        ("{}", "/body/set"),
        ('{"set": {}}', "/body/set"),
        ('{"set": {"event/ceasefire": 1}}', "/body/set/event~1ceasefire"),
        ('{"set": {"event/ceasefire": true}, "asof": "2026"}', "/body/asof"),
        ('{"set": {"event/ceasefire": true}, "policy": "naive"}', "/body/policy"),
        ('{"set": {"event/ceasefire": true}, "asOf": "soon"}', "`soon` is no date"),
        ('{"set": {"event/ceasefire": "maybe"}}', "`event/ceasefire=maybe` assumes nothing"),
        ('{"set": {"event/ceasefires": true}}', "did you mean `event/ceasefire`"),
        ('{"set": {"event/ceasefire": true}, "sources": ["nobody"]}', "no source is called"),
    ],
)
def test_a_wrong_body_is_refused_with_what_is_wrong(
    body: str, told: str, paris: TestClient
) -> None:
    answer = paris.post("/api/v1/whatif", content=body, headers={"Content-Type": JSON})
    assert answer.status_code == 400
    assert told in answer.text


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_kind_is_not_read(kind: str, paris: TestClient) -> None:
    answer = paris.post("/api/v1/whatif", content="{}", headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert answer.json()["hint"].startswith("send application/json")


def test_a_body_that_is_too_long_is_not_read(paris: TestClient) -> None:
    body = json.dumps({"set": CEASEFIRE, "policy": "x" * 70_000})
    answer = paris.post("/api/v1/whatif", content=body, headers={"Content-Type": JSON})
    assert answer.status_code == 413
    assert "64 kB" in answer.json()["detail"]


def test_whatif_takes_no_parameters_in_its_address(paris: TestClient) -> None:
    answer = paris.post("/api/v1/whatif?asOf=2026-04", json={"set": CEASEFIRE})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/query/asOf"
