"""What holds for every page: well-formed, keeps what is asked, cites itself, leads somewhere."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.api.pages.conftest import BROWSER, DAY, Read, hrefs, parsed, text

KINDS = [
    "/",
    "/matrix",
    "/matrix?cols=component",
    "/commitments",
    "/commitments?state=conditional&debtor=actor/france",
    "/actors",
    "/instruments",
    "/events",
    "/sources",
    "/search",
    "/search?q=force",
    "/circles",
    "/diff?from=2025-12-01",
    "/gaps",
    "/gaps?lacks=end",
    "/ontology/pattern",
    "/ontology/questions",
    "/ontology/questions/27H",
    "/ontology/questions/43X",
    "/whatif",
    "/doc/commitment/multinational-force",
    "/doc/commitment/nato-mutual-defence",
    "/doc/intention/no-italian-ground-deployment",
    "/doc/possibility/technology-instead-of-forces",
    "/doc/actor/france",
    "/doc/actor/russia",
    "/doc/instrument/paris-framework",
    "/doc/event/ceasefire",
    "/doc/approval/france-troops",
    "/doc/source/paris-2026-article",
    "/doc/condition/ceasefire",
    "/doc/evidence/no-ceasefire",
]
ASKED = {
    "asOf": ["2026-02-15"],
    "knownAt": ["2026-11-23"],
    "policy": ["ranked"],
    "set": ["event/ceasefire=true@2026-02-10", "approval/france-troops=false"],
    "lang": ["fr"],
    "reading": ["reading/settlements-are-one"],
}
# Pages that are about the record or the service, not about a day.
DAYLESS = ("/sparql", "/queries", "/ns", "/docs", "/dataset", "/data/", "/ontology", "/static/")


def with_view(path: str) -> str:
    pairs = [f"{name}={quote(each, safe='/:@=')}" for name, many in ASKED.items() for each in many]
    return path + ("&" if "?" in path else "?") + "&".join(pairs)


@pytest.mark.parametrize("path", KINDS)
def test_a_page_is_well_formed_and_has_what_a_screen_reader_needs(read: Read, path: str) -> None:
    page = read(path)
    for name in ("head title", "main", "h1"):
        (element,) = page.query(name)
        assert element.to_text().strip()
    identifiers = [str((each.attrs or {})["id"]) for each in page.query("[id]")]
    assert len(identifiers) == len(set(identifiers))
    assert not page.query("[style], iframe, base, script:not([src^='/static/'])")
    assert len(page.query("table caption")) == len(page.query("table"))
    assert len(page.query(".wide > table")) == len(page.query("table"))


@pytest.mark.parametrize("path", KINDS)
def test_every_link_of_a_page_keeps_what_is_asked(read: Read, path: str) -> None:
    page = read(with_view(path))
    # Those of the bar and of a form are there to change it.
    changing = set(hrefs(page, ".bar a, .hypothetical a, form a"))
    for href in set(hrefs(page)) - changing:
        parts = urlsplit(href)
        if parts.netloc or not parts.path or parts.path.startswith(DAYLESS) or "." in parts.path:
            continue
        given = parse_qs(parts.query)
        # A phase links to its first day; the API calls the day of a difference `to`.
        assert len(given.get("asOf", given.get("to", ()))) == 1, href
        kept = {"knownAt", "policy", "set", "lang"} | ({"reading"} - _unread(parts.path))
        assert {name: given.get(name) for name in kept} == {name: ASKED[name] for name in kept}


def _unread(path: str) -> set[str]:
    """Name what an address does not take: few of those for programs take a reading."""
    return {"reading"} if path.startswith("/api/") else set()


@pytest.mark.parametrize("path", KINDS)
def test_a_page_cites_itself_with_an_address_that_means_the_same_tomorrow(
    site: TestClient, read: Read, path: str
) -> None:
    page = read(f"{path}{'&' if '?' in path else '?'}asOf=2026-02-15")
    cited = text(page, "footer")
    for part in ("Cite this:", "As of 15 February 2026", "sceptical policy", "graph version 1"):
        assert part in cited
    address = text(page, "footer code")
    given = parse_qs(urlsplit(address).query)
    assert given["asOf"] == ["2026-02-15"]
    assert len(given["knownAt"]) == 1
    assert site.get(address, headers=BROWSER).status_code == 200


def test_every_address_for_programs_answers(site: TestClient, read: Read) -> None:
    for path in KINDS:
        for href in hrefs(read(with_view(path)), ".same a"):
            assert site.get(href).status_code == 200, href


def test_no_page_that_can_be_reached_in_three_steps_fails(site: TestClient, read: Read) -> None:
    seen = {f"/?{DAY}"}
    edge = set(seen)
    for _ in range(2):
        found = {href for path in edge for href in hrefs(read(path)) if href.startswith("/")}
        edge = {href for href in found - seen if len(edge) < 400 and _is_page(href)}
        edge = set(sorted(edge)[:150])
        seen |= edge
    failed = {
        path: answer.status_code
        for path in sorted(edge)
        if (answer := site.get(path, headers=BROWSER)).status_code != 200
    }
    assert failed == {}
    assert len(seen) > 200


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("/", "/feeds/all.atom"),
        ("/commitments", "/feeds/all.atom"),
        ("/doc/actor/france", "/feeds/actor/france.atom"),
        ("/doc/instrument/paris-framework", "/feeds/instrument/paris-framework.atom"),
    ],
)
def test_a_page_offers_its_list_as_files_and_the_feed_of_its_changes(
    site: TestClient, read: Read, path: str, feed: str
) -> None:
    page = read(with_view(path))
    assert hrefs(page, "link[type='application/atom+xml']") == [feed]
    offered = hrefs(page, "main a")
    files = [each for each in offered if "format=csv" in each or "format=xlsx" in each]
    assert files
    for each in (feed, *files):
        assert each in offered
        assert site.get(each).status_code == 200, each


def _is_page(href: str) -> bool:
    return not href.startswith(
        ("/static", "/queries", "/sparql", "/docs", "/data/", "/feeds/", "/api/")
    )


def test_every_thing_of_the_shipped_data_has_a_page(site: TestClient) -> None:
    for kind in ("actors", "instruments", "events", "sources", "commitments"):
        found = site.get(f"/api/v1/{kind}?limit=1000").json()["items"]
        assert found
        for item in found[:: max(1, len(found) // 20)]:
            path = item["id"].replace("https://w3id.org/servanda/id/", "/doc/")
            answer = site.get(f"{path}?{DAY}", headers=BROWSER)
            assert answer.status_code == 200, path


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/matrix?asOf=yesterday", "`yesterday` is no date"),
        ("/matrix?asof=2026-01-01", "there is no parameter `asof` here"),
        ("/matrix?policy=trust", "`trust` is no possible value of `policy`"),
        ("/matrix?policy=trust", "choose `sceptical`, `ranked` or `credulous`"),
        ("/matrix?asOf=yesterday", "write it as 2026-01-06, 2026-01 or 2026"),
        ("/commitments?state=lost", "there is no state `lost`"),
        ("/gaps?lacks=courage", "there is no particular `courage`"),
        ("/commitments?debtor=actor/atlantis", "no debtor is called `actor/atlantis`"),
        ("/whatif?set=event/peace=true", "no matter or condition is called `event/peace`"),
        ("/whatif/assume?about=&truth=true", "`=true` assumes nothing"),
        ("/whatif/assume?about=event/ceasefire&then=//example.org/", "is no page here"),
        ("/whatif/assume?about=event/ceasefire&then=https://example.org/", "is no page here"),
        ("/whatif/assume?about=event/ceasefire&then=////example.org/login", "is no page here"),
        ("/whatif/assume?about=event/ceasefire&then=/%09//example.org/", "is no page here"),
        ("/whatif/assume?about=event/ceasefire&then=/%5Cexample.org/", "is no page here"),
        ("/diff?from=2027-01-01&asOf=2026-01-01", "is later than"),
        ("/doc/commitment/multinational-force?debtor=actor/italy", "no named debtor"),
    ],
)
def test_what_cannot_be_asked_is_told_with_what_to_do(
    site: TestClient, path: str, says: str
) -> None:
    answer = site.get(path, headers=BROWSER)
    assert answer.status_code in (400, 404)
    page = parsed(answer.text)
    assert says.replace("`", "") in text(page, "main")
    assert "What to do" in answer.text


def test_what_if_shows_its_form_until_something_is_assumed(read: Read) -> None:
    form = "main form[action='/whatif/assume']"
    assert read("/whatif").query(form)
    assert not read("/whatif?set=event/ceasefire=true").query(form)


def test_a_thing_that_is_not_there_can_be_searched_for(site: TestClient) -> None:
    answer = site.get("/doc/actor/atlantis", headers=BROWSER)
    assert answer.status_code == 404
    page = parsed(answer.text)
    (field,) = page.query("form[action='/search'] input")
    assert (field.attrs or {})["value"] == "atlantis"


@pytest.mark.parametrize(
    ("path", "label", "href"),
    [
        (
            "/doc/actor/frnace?asOf=2026-01-01",
            "France (actor)",
            "/doc/actor/france?asOf=2026-01-01",
        ),
        (
            "/doc/event/multinational-force",
            "Multinational force for Ukraine (commitment)",
            "/doc/commitment/multinational-force",
        ),
        ("/comitments?asOf=2026-01-01", "/commitments", "/commitments?asOf=2026-01-01"),
        ("/ontolgy", "/ontology", "/ontology"),
        ("/data/pariss-2026", "paris-2026", "/data/paris-2026"),
        ("/queries/comitment-list", "commitment-list", "/queries/commitment-list"),
        (
            "/commitments?debtor=actor/frnace&state=conditional",
            "actor/france",
            "/commitments?debtor=actor/france&state=conditional",
        ),
        (
            "/whatif?set=event/ceasefyre=true@2026-02-10",
            "event/ceasefire",
            "/whatif?set=event/ceasefire=true@2026-02-10",
        ),
        (
            "/commitments?creditor=ukrain&debtor=actor/ukraine",
            "actor/ukraine",
            "/commitments?creditor=actor/ukraine&debtor=actor/ukraine",
        ),
    ],
)
def test_what_is_misspelt_is_a_link_to_what_may_have_been_meant(
    site: TestClient, path: str, label: str, href: str
) -> None:
    answer = site.get(path, headers=BROWSER)
    assert answer.status_code in (400, 404)
    page = parsed(answer.text)
    offered = {each.to_text(): str((each.attrs or {})["href"]) for each in page.query("main li a")}
    assert offered[label] == href
    assert site.get(href, headers=BROWSER).status_code == 200


def test_a_page_on_an_error_shows_what_was_given_as_code(site: TestClient) -> None:
    answer = site.get("/matrix?asOf=2026-13", headers=BROWSER)
    page = parsed(answer.text)
    assert "2026-13 is no date" in text(page, "main")
    assert "`" not in text(page, "main p")
    assert "2026-13" in [each.to_text() for each in page.query("main p code")]


def test_a_page_on_an_error_keeps_a_backtick_that_has_no_other(site: TestClient) -> None:
    answer = site.get("/matrix?asOf=20%6026", headers=BROWSER)
    page = parsed(answer.text)
    assert "` is no date" in text(page, "main")


def test_a_page_on_an_error_keeps_what_was_typed(site: TestClient) -> None:
    answer = site.get("/commitments?q=force&state=lost&asOf=2026-02", headers=BROWSER)
    page = parsed(answer.text)
    typed = [
        ((each.attrs or {})["name"], (each.attrs or {})["value"]) for each in page.query("input")
    ]
    assert typed == [("q", "force"), ("state", "lost"), ("asOf", "2026-02")]
