"""The pages of competency questions have all 54, each with what the query or the engine answers."""

from __future__ import annotations

import csv
import json
import shlex
from collections.abc import Callable, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from justhtml import JustHTML

from api.asked import Asked
from api.cli import run
from api.jobs import rows
from api.pages.commands import command
from api.rendering import href
from api.situation import Json
from graph.competency import Asking, Question, questions
from graph.namespaces import SV
from graph.query import find
from tests.api.pages.conftest import DAY, Read, hrefs, text

LIST = f"/ontology/questions?{DAY}"
MOST = 200
FORCE = "/api/v1/commitments/commitment/multinational-force"
CEASEFIRE = "event/ceasefire=true@2026-02-10"
DENIED = "&".join(
    f"set=approval/{each}-implementation=false" for each in ("france", "united-kingdom")
)
# What asks the same over HTTP as the command on the page, and how that is tabulated.
COMMANDS: dict[str, tuple[str, Callable[[Json], rows.Table]]] = {
    "28H": (f"{FORCE}?asOf=2026-02-15&knownAt=2026-01-05", rows.standings),
    "30H": (f"/api/v1/whatif/matters?{DAY}&set={CEASEFIRE}", rows.matters),
    "37H": (f"/api/v1/gaps?{DAY}", rows.gaps),
    "43X": (f"{FORCE}/unlock?{DAY}", rows.unlocking),
    "44X": (f"{FORCE}/unlock?{DAY}", rows.unlocking),
    "47X": (f"{FORCE}/unlock?{DAY}&atLeast=1&{DENIED}", rows.unlocking),
    "48X": (f"/api/v1/diff/policies?{DAY}", rows.policies),
    "49X": (f"/api/v1/whatif/claims?{DAY}", rows.claims),
    "52X": (f"/api/v1/whatif/no-approvals?{DAY}", rows.without_approvals),
}
TABULATED: dict[str, Callable[[Json], rows.Table]] = {
    "show": rows.standings,
    "gaps": rows.gaps,
    "unlock": rows.unlocking,
    "whatif": rows.outcomes,
    "--each-matter": rows.matters,
    "--each-claim": rows.claims,
    "--no-approvals": rows.without_approvals,
    "--policies": rows.policies,
}
each_question = pytest.mark.parametrize("question", questions(), ids=lambda each: each.number)


def page_of(question: Question) -> str:
    return f"/ontology/questions/{question.number}?{DAY}"


def first_table(page: JustHTML, within: str = "main section") -> list[list[tuple[str, bool]]]:
    """Give the cells of the first answer: the text of each, and whether it is a link."""
    (section,) = page.query(within)[:1]
    return [
        [(" ".join(cell.to_text().split()), bool(cell.query("a"))) for cell in row.query("td")]
        for row in section.query("tbody tr")
    ]


def tabulated(words: Sequence[str], answer: str) -> list[list[str]]:
    """Give the cells that the JSON answer of a command is shown in."""
    (tabulate, *_) = [TABULATED[each] for each in (*words[1:], words[0]) if each in TABULATED]
    found = tabulate(json.loads(answer)).rows
    return [[" ".join(str("" if each is None else each).split()) for each in row] for row in found]


def words(cells: Sequence[object]) -> set[str]:
    return {" ".join(str(each).removesuffix("T00:00:00Z").split()) for each in cells}


def test_the_list_has_every_question_with_what_asks_it_and_its_terms(read: Read) -> None:
    page = read(LIST)
    shown = [str((each.attrs or {})["id"]) for each in page.query("article")]
    assert shown == [f"q{each.number}" for each in questions()]
    for each in questions():
        article = f"#q{each.number}"
        assert each.text in text(page, f"{article} h3")
        assert each.command.split(" --")[0] in text(page, f"{article} .ask")
        linked = set(hrefs(page, f"{article} .terms a"))
        assert linked == {href(SV + term) for term in each.terms}


@each_question
def test_the_list_has_the_first_rows_of_the_answer(read: Read, question: Question) -> None:
    whole = first_table(read(page_of(question)))
    few = first_table(read(LIST), f"#q{question.number}")
    assert len(few) == min(3, len(whole))
    for short, long in zip(few, whole, strict=False):
        there = words([cell for cell, _ in long])
        assert all(
            not cell or any(each.startswith(cell.removesuffix(" …")) for each in there)
            for cell, _ in short
        )
    if not few:
        assert "No row" in text(read(LIST), f"#q{question.number}") or question.number in {
            "38H",
            "48X",
        }


@each_question
def test_the_answer_on_its_page_is_what_the_query_gives(
    site: TestClient, read: Read, question: Question
) -> None:
    if (asking := Asking.of(question.command)) is None:
        assert question.number in {*COMMANDS, "38H", "46X"}
        return
    arguments = {**asking.arguments}
    if "date" in {each.name for each in find(asking.query).parameters}:
        arguments["date"] = "2026-02-15"
    asked = "&".join(f"{name}={quote(value)}" for name, value in arguments.items())
    answer = site.get(f"/queries/{asking.query}?format=csv&{asked}")
    _, *expected = csv.reader(StringIO(answer.text))
    shown = first_table(read(page_of(question)))
    assert len(shown) == min(len(expected), MOST)
    for cells, row in zip(shown, expected, strict=False):
        there = words(row)
        assert {cell for cell, is_link in cells if not is_link} <= {*there, ""}


@pytest.mark.parametrize("number", COMMANDS)
def test_the_answer_of_a_command_is_what_the_engine_gives(
    site: TestClient, read: Read, number: str
) -> None:
    path, tabulate = COMMANDS[number]
    expected = [
        [" ".join(str("" if each is None else each).split()) for each in row]
        for row in tabulate(site.get(path).json()).rows
    ]
    shown = first_table(read(f"/ontology/questions/{number}?{DAY}"))
    assert [[cell for cell, _ in row] for row in shown] == expected[:MOST]


def test_a_scenario_is_answered_as_over_http(site: TestClient, read: Read) -> None:
    answer = site.post(
        "/api/v1/whatif",
        json={"asOf": "2026-02-15", "knownAt": "2026-11-23", "set": {"event/ceasefire": True}},
    )
    found = rows.outcomes(answer.json())
    page = read(f"/ontology/questions/46X?{DAY}")
    assert len(first_table(page)) == min(len(found.rows), MOST)
    assert found.told[1:] in text(page, "main section")


@pytest.mark.parametrize("number", ["6E", "13M", "25M", *COMMANDS, "27H", "32H", "46X", "54X"])
def test_the_command_that_is_shown_gives_the_rows_that_are_shown(
    read: Read, all_shipped: Path, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    page = read(f"/ontology/questions/{number}?asOf=2026-02-20&knownAt=2026-02-01&policy=credulous")
    for section in page.query("main section[aria-labelledby^=answer-]"):
        line = text(section, ".ask")
        _, *words = shlex.split(line)
        is_query = Asking.of(line) is not None
        form = "csv" if is_query else "json"
        capsys.readouterr()
        assert run([*words, "--format", form, "--data-dir", str(all_shipped)]) == 0
        out = capsys.readouterr().out
        shown = [
            [" ".join(cell.to_text().split()) for cell in row.query("td")]
            for row in section.query("tbody tr")
        ]
        if is_query:
            assert len(shown) == min(len(list(csv.reader(StringIO(out)))) - 1, MOST)
        else:
            assert shown == tabulated(words, out)[:MOST]


def test_what_the_page_assumes_is_told_to_a_command_that_takes_it(read: Read) -> None:
    assumed = "set=event/ceasefire=true@2026-02-10"
    told = text(read(f"/ontology/questions/43X?{DAY}&{assumed}"), ".ask")
    assert "--set event/ceasefire=true@2026-02-10" in told
    own = text(read(f"/ontology/questions/46X?{DAY}&set=event/renewed-aggression=true"), ".ask")
    assert "--set event/renewed-aggression=true --set event/ceasefire=true" in own
    gaps = read(f"/ontology/questions/37H?{DAY}&{assumed}&sources=source/paris-2026-article")
    assert "--set" not in text(gaps, ".ask")
    assert (
        "Here what is assumed and the choice of sources count; the command cannot be told."
        in text(gaps, "main section")
    )


@pytest.mark.parametrize("path", ["/ontology/questions", "/ontology/questions/9E"])
def test_what_does_not_reach_queries_is_said(read: Read, path: str) -> None:
    queries_answer = "Queries answer from all that is recorded."
    assert queries_answer not in text(read(f"{path}?asOf=2026-02-15"), "main")
    known = text(read(f"{path}?knownAt=2026-01-05"), "main")
    assert f"The day of knowledge counts for the answers of commands. {queries_answer}" in known
    chosen = "knownAt=2026-01-05&sources=source/paris-2026-article&set=event/ceasefire=true"
    assert (
        "What is assumed, the day of knowledge and the choice of sources count for the answers "
        f"of commands. {queries_answer}"
    ) in text(read(f"{path}?{chosen}"), "main")


@each_question
def test_a_query_without_a_day_says_that_it_speaks_of_the_record(
    read: Read, question: Question
) -> None:
    asking = Asking.of(question.command)
    has_day = asking is None or "date" in {each.name for each in find(asking.query).parameters}
    (article,) = read(LIST).query(f"#q{question.number}")
    assert ("whatever the day" in article.to_text()) is not has_day
    assert ("2026-02-15" in text(article, ".ask")) is has_day


@pytest.mark.parametrize("number", ["30H", "48X", "49X", "52X"])
def test_where_no_page_shows_the_answer_no_link_says_so(read: Read, number: str) -> None:
    page = read(f"/ontology/questions/{number}?{DAY}")
    assert "Where pages show it" not in text(page, "main section[aria-labelledby=answer-1]")


def test_the_page_with_the_answer_is_asked_the_same(read: Read) -> None:
    path = "/ontology/questions/28H?asOf=2026-02-15&knownAt=2026-02-01"
    (link,) = hrefs(read(path), "main section .formats a")
    assert link == ("/doc/commitment/multinational-force?asOf=2026-02-15&knownAt=2026-01-05")
    (link,) = hrefs(
        read("/ontology/questions/46X?asOf=2026-02-15&set=event/renewed-aggression=true"),
        "main section .formats a",
    )
    assert link == (
        "/whatif?asOf=2026-02-15&set=event/renewed-aggression=true&set=event/ceasefire=true"
    )


def test_what_compares_versions_says_why_it_is_not_answered(read: Read) -> None:
    assert "compares versions" in text(read(f"/ontology/questions/38H?{DAY}"), "main section")


def test_the_day_of_the_page_is_the_day_that_is_asked_about(read: Read) -> None:
    page = read("/ontology/questions/27H?asOf=2026-01-15")
    assert "--set date=2026-01-15" in text(page, ".ask")
    states = {cell for row in first_table(page) for cell, _ in row}
    assert "undetermined" in states


def test_a_query_leads_to_the_sparql_page_with_its_text(site: TestClient, read: Read) -> None:
    (link,) = [each for each in hrefs(read(f"/ontology/questions/32H?{DAY}")) if "/sparql?" in each]
    answer = site.get(link, headers={"Accept": "text/csv"})
    assert answer.status_code == 200
    assert len(answer.text.splitlines()) - 1 == len(
        first_table(read(f"/ontology/questions/32H?{DAY}"))
    )


def test_where_a_question_is_about_nothing_recorded_the_others_are_answered(
    client: TestClient,
) -> None:
    answer = client.get("/ontology/questions", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.text.count("cannot be answered here") > 1
    assert "No row" in answer.text


def test_an_unknown_question_is_not_found(site: TestClient) -> None:
    answer = site.get("/ontology/questions/99X", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "there is no question" in answer.text


@pytest.mark.parametrize(
    "line",
    ["servanda explain ID", "servanda show --version SEQ", "servanda timeline ID"],
)
def test_a_command_that_leaves_open_what_it_is_about_is_not_asked(line: str) -> None:
    assert command(line, Asked(date(2026, 2, 15), date(2026, 11, 23))) is None
