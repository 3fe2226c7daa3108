"""The page for SPARQL: asking, completion, faults, drawings and what is taken away from it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from hatch_build import BUILT
from tests.browser.conftest import PATIENCE_MS, Violations

PREFIXES = "PREFIX sv: <https://w3id.org/servanda/ns#>\n"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
STATES = PREFIXES + f"SELECT ?state ?stateLabel {{ ?state a sv:State ; {LABEL} ?stateLabel }}"
DEBTORS = PREFIXES + "SELECT ?debtor ?undertaking { ?undertaking sv:debtor ?debtor }"
BY_STATE = PREFIXES + (
    "SELECT ?debtor (COUNT(*) AS ?count) { ?u sv:debtor ?debtor } GROUP BY ?debtor"
)
SIGNED = PREFIXES + "SELECT ?event ?date { ?event sv:date ?date }"
DESCRIBED = "DESCRIBE <https://w3id.org/servanda/id/actor/france>"
# Patterns that share no variable: more work than a worker is given time for.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BAD_REQUEST = "the server responded with a status of 400"
# A line of the metrics.
KILLED = r"servanda_workers_killed_total\{.*client left.*\} [1-9]"
FAULT = "SELECT * {\n  ?s ?p ?o .\n  ?s sv:x ?p\n}\n"


@pytest.fixture(autouse=True)
def islands() -> None:
    """Skip where the islands could not be built: `make setup` has said why."""
    if not (BUILT / "sparql.js").exists():
        pytest.skip("the islands were not built: run `make setup` where npm can be reached")


@pytest.fixture
def editor(page: Page) -> Locator:
    """Open the page and give the editor in it."""
    page.goto("/sparql")
    return page.get_by_role("textbox", name="Query (SPARQL 1.1)")


PASTE = """(editor, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
}"""


MARKED_LINE = """() => {
  const root = document.querySelector(".editor").shadowRoot;
  const middle = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return (top + bottom) / 2;
  };
  const marked = middle(root.querySelector(".cm-lint-marker-error"));
  const numbers = [...root.querySelectorAll(".cm-lineNumbers .cm-gutterElement")];
  return numbers.reduce((near, number) =>
    Math.abs(middle(number) - marked) < Math.abs(middle(near) - marked) ? number : near
  ).textContent;
}"""
# What is chosen at once after the list has opened was meant for the text.
OPEN_MS = 100


def empty(editor: Locator) -> None:
    editor.press("ControlOrMeta+a")
    editor.press("Delete")


def write(page: Page, editor: Locator, query: str) -> None:
    """Paste a query over what is there, and ask it."""
    editor.press("ControlOrMeta+a")
    editor.evaluate(PASTE, query)
    page.get_by_role("button", name="Ask").click()


def shows(page: Page) -> Locator:
    return page.locator("#answer figure svg")


def test_a_query_is_written_with_completion_and_asked(page: Page, editor: Locator) -> None:
    empty(editor)
    editor.press_sequentially("SELECT * { ?commitment sv:deb")
    offered = page.get_by_role("option", name="sv:debtor", exact=False).first
    expect(offered).to_be_visible()
    page.wait_for_timeout(OPEN_MS)
    editor.press("Enter")
    editor.press_sequentially(" ?debtor }")
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("columnheader")).to_have_text(["commitment", "debtor"])
    asked = parse_qs(urlsplit(page.url).query)["query"][0]
    assert asked.startswith("PREFIX sv: <https://w3id.org/servanda/ns#>\n")
    assert "?commitment sv:debtor ?debtor }" in asked


def test_a_thing_is_found_by_its_label(page: Page, editor: Locator) -> None:
    empty(editor)
    editor.press_sequentially("DESCRIBE Fran")
    expect(page.get_by_role("option", name="France State").first).to_be_visible()
    page.wait_for_timeout(OPEN_MS)
    editor.press("Enter")
    expect(editor).to_contain_text("DESCRIBE <https://w3id.org/servanda/id/actor/france>")


def test_the_line_of_a_fault_is_marked_and_what_to_do_is_said(
    page: Page, editor: Locator, complaints: list[str]
) -> None:
    write(page, editor, FAULT)
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    assert page.evaluate(MARKED_LINE) == "3"
    expect(page.get_by_role("status")).to_contain_text("line 3")
    assert [BAD_REQUEST in each for each in complaints] == [True]
    complaints.clear()


def test_a_link_to_a_faulty_query_marks_its_line_too(page: Page, complaints: list[str]) -> None:
    page.goto("/sparql?query=" + quote(FAULT))
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    assert [BAD_REQUEST in each for each in complaints] == [True]
    complaints.clear()


def test_tab_goes_through_the_editor_and_on(page: Page, editor: Locator) -> None:
    editor.focus()
    page.keyboard.type("# ")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(editor).to_be_focused()


def test_a_link_shows_its_query_and_its_answer(page: Page, editor: Locator) -> None:
    write(page, editor, STATES)
    expect(page.locator("#answer table")).to_be_visible()
    rows = page.locator("#answer tbody tr").count()
    page.goto(page.url)
    expect(page.get_by_role("textbox", name="Query")).to_contain_text("?stateLabel")
    expect(page.locator("#answer tbody tr")).to_have_count(rows)


@pytest.mark.parametrize(
    ("query", "view"),
    [(BY_STATE, "bar"), (SIGNED, "timeline"), (DESCRIBED, "graph"), (STATES, None)],
)
def test_an_answer_is_drawn_by_its_shape_with_the_table_beside(
    page: Page, editor: Locator, query: str, view: str | None
) -> None:
    write(page, editor, query)
    expect(page.locator("#answer table")).to_be_visible()
    expect(page.locator("#answer figure svg")).to_have_count(1 if view else 0)
    if view:
        expect(page.get_by_role("radio", name=view)).to_be_checked()
        page.get_by_role("radio", name="table").check()
        expect(shows(page)).to_be_hidden()
        expect(page.locator("#answer table")).to_be_visible()


def test_the_layered_graph_has_a_box_for_each_thing_that_leads_to_its_page(
    page: Page, editor: Locator
) -> None:
    query = DEBTORS.replace("?debtor }", "?debtor } LIMIT 12")
    write(page, editor, query)
    expect(shows(page)).to_be_visible()
    things = {link.get_attribute("href") or "" for link in page.locator("#answer tbody a").all()}
    drawn = {link.get_attribute("href") or "" for link in shows(page).locator("a.node").all()}
    assert drawn == things


def test_a_line_is_drawn_through_numbers(page: Page, editor: Locator) -> None:
    write(page, editor, "SELECT ?x (?x * ?x AS ?y) { VALUES ?x { 1 2 3 4 } }")
    expect(shows(page).locator("circle")).to_have_count(4)


def test_more_things_than_can_be_drawn_are_explored(page: Page, editor: Locator) -> None:
    write(page, editor, PREFIXES + "SELECT ?a ?b { ?a sv:aboutUndertaking|sv:debtor ?b }")
    expect(page.get_by_role("img", name="things and")).to_be_visible()
    expect(page.locator("#answer figure canvas").first).to_be_visible()


def test_a_cut_answer_says_so(page: Page, editor: Locator) -> None:
    write(page, editor, "SELECT * { ?s ?p ?o }")
    expect(page.locator("#answer .cut")).to_contain_text("the first 1,000 rows")


def test_every_format_can_be_downloaded(page: Page, editor: Locator) -> None:
    write(page, editor, STATES)
    names = {"json", "xml", "csv", "tsv"}
    links = page.locator("#answer .formats a")
    expect(links).to_have_count(len(names))
    for link in links.all():
        with page.expect_download() as downloaded:
            link.click()
        file = downloaded.value
        names.remove(file.suggested_filename.removeprefix("answer."))
        assert "France" in file.path().read_text("utf-8")
    assert names == set()


@pytest.mark.parametrize(
    ("query", "after"),
    [
        (STATES, "print('France' in set(answer['stateLabel']))"),
        (DESCRIBED, "print(len(answer) > 5)"),
        ("ASK { ?s ?p ?o }", "print(answer)"),
    ],
)
def test_the_lines_of_python_give_the_answer(
    page: Page, editor: Locator, query: str, after: str
) -> None:
    write(page, editor, query)
    page.get_by_text("Use it in Python").click()
    lines = page.locator("#answer pre[aria-label=Python]").inner_text()
    ran = subprocess.run(
        [sys.executable, "-c", f"{lines}\n{after}"], capture_output=True, text=True
    )
    assert (ran.stdout, ran.stderr) == ("True\n", "")


def test_a_question_that_takes_long_can_be_given_up_and_its_worker_stops(
    page: Page, editor: Locator
) -> None:
    write(page, editor, ENDLESS)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("status")).to_contain_text("Cancelled")
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
    for _ in range(PATIENCE_MS // OPEN_MS):
        if killed := re.search(KILLED, page.request.get("/metrics").text()):
            break
        page.wait_for_timeout(OPEN_MS)
    assert killed


def test_an_example_can_be_taken_and_asked(page: Page, editor: Locator) -> None:
    page.get_by_text("Examples").click()
    page.get_by_role("link", name="Which components does the framework have").click()
    expect(page.get_by_role("textbox", name="Query")).to_contain_text("VALUES ?framework")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#answer tbody tr")).to_have_count(5)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_the_page_works_without_javascript(page: Page) -> None:
    page.goto("/sparql")
    page.get_by_label("Query").fill(STATES)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("link", name="France").first).to_be_visible()
    expect(page.get_by_label("Query")).to_have_value(STATES)


@pytest.mark.parametrize("query", [STATES, BY_STATE, SIGNED, DESCRIBED, FAULT])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(
    page: Page,
    query: str,
    violations: Violations,
    scrolls_sideways: Callable[[], bool],
    complaints: list[str],
) -> None:
    page.goto("/sparql?query=" + quote(query))
    expect(page.get_by_role("textbox", name="Query")).to_be_visible()
    assert violations() == []
    assert not scrolls_sideways()
    if query == FAULT:
        complaints.clear()


def test_axe_finds_nothing_in_what_completes(
    page: Page, editor: Locator, violations: Violations
) -> None:
    empty(editor)
    editor.press_sequentially("SELECT * { ?x sv:deb")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations() == []


def test_a_long_list_of_completions_does_not_scroll_and_the_keys_reach_its_end(
    page: Page, editor: Locator, violations: Violations
) -> None:
    empty(editor)
    editor.press_sequentially("SELECT * { ?x sv:")
    options = page.get_by_role("option")
    expect(options).to_have_count(8)
    assert violations() == []
    chosen = page.get_by_role("option", selected=True)
    first = chosen.inner_text()
    for _ in range(8):
        editor.press("ArrowDown")
    expect(chosen).to_be_visible()
    expect(options).not_to_contain_text([first])


def test_a_named_query_shows_its_text_and_draws_its_answer(
    page: Page, violations: Violations
) -> None:
    page.goto("/queries/commitments-owed-by?debtor=actor/france")
    page.get_by_text("The query in SPARQL").click()
    expect(page.get_by_role("textbox", name="Query")).to_contain_text("actor/france")
    page.get_by_role("radio", name="graph").check()
    expect(shows(page)).to_be_visible()
    assert violations() == []
