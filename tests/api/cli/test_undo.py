from __future__ import annotations

import pytest

from api.cli import run
from tests.api.cli.conftest import Histories


def test_an_undo_and_its_undo(history: Histories, capsys: pytest.CaptureFixture[str]) -> None:
    history.load("Ruritania")
    history.load("Graustark")
    after = history.quads()
    assert run(["undo", "2"]) == 0
    assert capsys.readouterr().err.endswith("transaction 3 undoes 2: 1 quads added, 1 removed\n")
    assert history.quads() == history.quads(version=1) != after
    assert run(["undo", "3"]) == 0
    assert history.quads() == after


def test_what_later_changes_built_on_is_not_undone(
    history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    history.load("Ruritania")
    history.load("Graustark")
    capsys.readouterr()
    assert run(["undo", "1"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "transaction 1 cannot be undone: transaction 2 touched the same quads later" in line


@pytest.mark.parametrize("seq", ["9", "0", "x", "1.0"])
def test_what_is_no_transaction_is_told_in_one_line(
    history: Histories, capsys: pytest.CaptureFixture[str], seq: str
) -> None:
    history.load("Ruritania")
    capsys.readouterr()
    assert run(["undo", seq]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f" {seq};" in line or f"`{seq}` is no number of a transaction" in line


def test_nothing_is_undone_where_nothing_is(
    history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["undo", "1"]) == 3
    assert "load data with" in capsys.readouterr().err
    assert not history.directory.exists()


def test_an_author_that_is_not_text_is_refused(
    history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    history.load("Ruritania")
    before = history.quads()
    assert run(["undo", "1", "--author", "\udcff"]) == 2
    assert "is not text; write it in UTF-8" in capsys.readouterr().err
    assert history.quads() == before
