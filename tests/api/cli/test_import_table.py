"""A table goes in whole, or comes back with every mistake by row and column."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

import pytest

from api.cli import run
from graph.database import Database
from tests.api.cli.conftest import SERVANDA, environment
from tests.graph.tables.files import example, examples, xlsx_of


class Analyst(NamedTuple):
    """Somebody with a graph, a folder and the command line."""

    folder: Path
    graph: Path
    capsys: pytest.CaptureFixture[str]

    def file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def imports(self, path: Path, *options: str) -> tuple[int, dict[str, Any]]:
        """Import a file and give the exit code and the report."""
        self.capsys.readouterr()
        code = run(
            ["import", str(path), "--format", "json", *options, "--data-dir", str(self.graph)]
        )
        return code, json.loads(self.capsys.readouterr().out)

    @property
    def version(self) -> int:
        with Database.open(self.graph, writable=False) as database:
            return database.version


@pytest.fixture
def analyst(shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Analyst:
    graph = tmp_path / "graph"
    copytree(shipped, graph)
    return Analyst(tmp_path, graph, capsys)


def test_the_examples_of_the_help_sheet_make_a_graph_that_can_be_asked(analyst: Analyst) -> None:
    file = analyst.file("examples.xlsx", xlsx_of(examples()))
    code, report = analyst.imports(file)
    assert (code, report["state"], report["rows"], report["done"]) == (0, "done", 4, 4)
    assert report["errors"] == report["warnings"] == []
    assert report["version"] == analyst.version == 2
    where = ["--data-dir", str(analyst.graph)]
    assert run(["show", "commitment/examples.R1", "--as-of", "2026-06-01", *where]) == 0
    shown = analyst.capsys.readouterr().out
    assert "Example aid for Ukraine" in shown
    assert "Norway" in shown
    assert "Sweden" in shown
    assert "in force" in shown
    assert run(["validate", "--severity", "violation", *where]) == 0


MISTAKES = [
    # table, row, column, what is said, what is advised
    ("undertakings", 2, "debtor", "`Germny` is no known actor", "did you mean `Germany` (actor/g"),
    ("undertakings", 3, "kind", "`promise` is no kind", "choose `commitment`, `intention` or"),
    ("undertakings", 4, "label", "the row has no label", "fill it in"),
    ("undertakings", 5, "id", "row 2 has the id `U1` too", "an id of its own"),
    ("undertakings", 6, "made on", "`06.01.2026` is no date", "write a day as 2026-01-06"),
    ("undertakings", 6, "domain", "`lnd` is no domain", "choose `air`, `cyber`, `land`"),
    ("undertakings", 7, "creditor", "this commitment is owed to nobody", "add a “creditor”"),
    (
        "undertakings",
        8,
        "activated when",
        "`Ceasefyre` is no known",
        "did you mean `a ceasefire` (condition/ceasefire)",
    ),
    ("undertakings", 9, "instrument", "`Nowhere pact` is no known", "fill in `instrument kind`"),
    ("undertakings", 10, "repeatable", "`often` is neither yes nor no", "write yes or no"),
    ("undertakings", 11, "stated debtor count", "`two` is no whole number", "digits alone"),
    ("evidence", 2, "source address", "`example.org/page` is no address", "https:// before it"),
    ("evidence", 3, "until", "`2026-05-01` is not as fine", "both as months"),
    ("evidence", 4, "from", "valid until a time before it is valid from", "mend “valid from”"),
    ("evidence", 5, "matter kind", "the graph has `endorsement of the Paris", "do not make it"),
    ("evidence", 6, "id", "`row six!` is no id", "letters without accents"),
    ("adherences", 2, "stage", "`initialled` is no stage", "choose `approved at home`"),
    ("adherences", 3, "source title", "differs from `Sweden and Ukraine sign", "leave the cell"),
    ("amounts", 2, "quantity", "`2,5 billion` is no number", "with a point before a fraction"),
    ("amounts", 3, "undertaking", "`Exampel aid` is no known", "did you mean `Example aid"),
]


def mistaken() -> bytes:
    """Write a workbook with those mistakes and no other."""
    aid = "Example aid"
    return xlsx_of(
        {
            "undertakings": [
                example("undertakings", id="U1", debtor="Germny"),
                example("undertakings", id="U2", label=aid, kind="promise"),
                example("undertakings", id="U3", label=None),
                example("undertakings", id="U1", label="Aid 4"),
                example("undertakings", id="U5", made_on="06.01.2026", domain="lnd; air"),
                example("undertakings", id="U6", creditor=None),
                example("undertakings", id="U7", activated_when="Ceasefyre"),
                example("undertakings", id="U8", instrument="Nowhere pact", instrument_kind=None),
                example("undertakings", id="U9", repeatable="often"),
                example("undertakings", id="U10", stated_debtor_count="two"),
            ],
            "evidence": [
                example("evidence", id="E1", source_address="example.org/page"),
                example("evidence", id="E2", until="2026-05-01"),
                example("evidence", id="E3", until="2026-02"),
                example("evidence", id="E4", matter="endorsement of the Paris framework"),
                example("evidence", id="row six!"),
            ],
            "adherences": [
                example("adherences", id="A1", stage="initialled"),
                example("adherences", id="A2", source_title="Another heading"),
            ],
            "amounts": [
                example("amounts", id="M1", undertaking=aid, quantity="2,5 billion"),
                example("amounts", id="M2", undertaking="Exampel aid"),
            ],
        }
    )


def test_each_of_twenty_mistakes_is_told_by_row_and_column_and_nothing_is_loaded(
    analyst: Analyst,
) -> None:
    file = analyst.file("mistaken.xlsx", mistaken())
    code, report = analyst.imports(file)
    assert (code, report["state"], report["version"], analyst.version) == (1, "refused", None, 1)
    told = {(each["table"], each["row"], each["column"]): each for each in report["errors"]}
    assert list(told) == sorted((*each[:3],) for each in MISTAKES)
    for table, row, column, message, hint in MISTAKES:
        mistake = told[table, row, column]
        assert message in mistake["message"], mistake
        assert hint in mistake["hint"], mistake
    assert len(report["errors"]) == 20


def test_a_dry_run_tells_the_same_and_writes_nothing(analyst: Analyst) -> None:
    code, report = analyst.imports(analyst.file("mistaken.xlsx", mistaken()), "--dry-run")
    assert (code, len(report["errors"])) == (1, 20)
    code, report = analyst.imports(analyst.file("good.xlsx", xlsx_of(examples())), "--dry-run")
    assert (code, report["errors"], report["dryRun"]) == (0, [], True)
    assert report["added"] > 100
    assert analyst.version == 1


def said(analyst: Analyst, *arguments: str) -> tuple[int, str, str]:
    """Run a command and give the exit code and what stdout and stderr say."""
    analyst.capsys.readouterr()
    code = run([*arguments, "--data-dir", str(analyst.graph)])
    return code, *analyst.capsys.readouterr()


@pytest.mark.parametrize(
    ("name", "content", "code", "message"),
    [
        ("a.xlsx", b"no archive", 3, "is no workbook"),
        ("a.csv", b"id,label\n1,\xe9\n", 3, "is not in UTF-8"),
        ("a.csv", b"name\nGermany\n", 3, "does not have the headings of one table"),
        ("a.ods", b"", 3, "is no table by its name"),
        ("таблиця.csv", b"", 2, "has no letter or digit"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_with_what_to_do(
    analyst: Analyst, name: str, content: bytes, code: int, message: str
) -> None:
    file = analyst.file(name, content)
    given, out, err = said(analyst, "import", str(file))
    assert (given, out, err.count("\n")) == (code, "", 1)
    assert message in err
    assert analyst.version == 1


def test_a_file_that_is_not_there_and_a_graph_that_is_not_there_are_told(
    analyst: Analyst, tmp_path: Path
) -> None:
    assert said(analyst, "import", "nowhere.csv")[0] == 3
    file = analyst.file("a.csv", b"id\n")
    assert run(["import", str(file), "--data-dir", str(tmp_path / "none")]) == 3
    assert not (tmp_path / "none").exists()


def test_a_redirected_report_holds_no_bar_and_no_colour(analyst: Analyst) -> None:
    file = analyst.file("mistaken.xlsx", mistaken())
    code, out, err = said(analyst, "import", str(file))
    assert code == 1
    assert "`Germny` is no known actor" in out
    assert "reading the rows" not in out + err
    assert "\x1b" not in out + err


def test_rows_that_are_gone_are_named_and_removed_when_asked(analyst: Analyst) -> None:
    sheets = examples()
    analyst.imports(analyst.file("t.xlsx", xlsx_of(sheets)))
    file = analyst.file("t.xlsx", xlsx_of({**sheets, "amounts": []}))
    code, report = analyst.imports(file)
    assert (code, report["rowsGone"], report["version"]) == (0, ["amounts R1"], 2)
    assert "amounts R1, which stay in the graph without --replace" in said(
        analyst, "import", str(file)
    )[2].replace("\n", " ")
    code, report = analyst.imports(file, "--replace")
    assert (code, report["rowsGone"], report["version"]) == (0, ["amounts R1"], 3)
    assert report["removed"] > 10
    assert analyst.imports(file)[1]["rowsGone"] == []


def test_one_sheet_of_a_workbook_can_be_chosen(analyst: Analyst) -> None:
    file = analyst.file("t.xlsx", xlsx_of(examples()))
    code, report = analyst.imports(file, "--sheet", "evidence")
    assert (code, report["rows"], report["errors"]) == (0, 1, [])


def test_an_import_stands_in_the_history_and_can_be_undone(analyst: Analyst) -> None:
    file = analyst.file("t.xlsx", xlsx_of(examples()))
    analyst.imports(file, "--author", "Ada", "--reason", "new pledges")
    code, out, _ = said(analyst, "history")
    assert code == 0
    for word in ("Ada", "new pledges", "t.xlsx"):
        assert word in out
    assert said(analyst, "undo", "2")[0] == 0
    assert said(analyst, "show", "commitment/t.R1")[0] != 0


def test_a_bar_is_for_who_looks_at_stderr_and_the_report_for_who_reads_stdout(
    analyst: Analyst,
) -> None:
    file = analyst.file("t.xlsx", xlsx_of(examples()))
    ours, theirs = pty.openpty()
    command: list[str | Path] = ["import", file, "--format", "json", "--data-dir", analyst.graph]
    with subprocess.Popen(
        [SERVANDA, *command],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment() | {"TERM": "xterm"},
    ) as process:
        os.close(theirs)
        # A terminal that nobody reads is full after 4 kB, and whoever writes to it waits.
        seen = b"".join(shown_on(ours))
        assert process.stdout is not None
        report = json.load(process.stdout)
    os.close(ours)
    assert b"reading the rows" in seen
    assert report["state"] == "done"


def shown_on(terminal: int) -> Iterator[bytes]:
    """Give what is written to a terminal until its last writer has ended, which is an error."""
    with suppress(OSError):
        while piece := os.read(terminal, 65536):
            yield piece


def test_a_graph_that_a_server_writes_takes_the_table_from_the_server(analyst: Analyst) -> None:
    file = analyst.file("aid.xlsx", mistaken())
    with Database.open(analyst.graph, writable=True):
        code, _, err = said(analyst, "import", str(file))
    assert code == 3
    assert "send it to the server: POST /api/v1/imports with a token" in " ".join(err.split())
