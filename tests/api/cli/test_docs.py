from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import run


def test_the_pages_of_the_ontology_are_written_into_a_folder(
    all_shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deep" / "pages"
    assert run(["docs", str(out), "--data-dir", str(all_shipped)]) == 0
    assert "An example from the record" in (out / "classes" / "Actor.html").read_text("utf-8")
    count = sum(path.is_file() for path in out.rglob("*"))
    assert capsys.readouterr().err == f"`{out}` holds {count} files\n"


def test_where_no_graph_is_loaded_examples_are_left_out_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_DATA_DIR", str(tmp_path / "nothing"))
    assert run(["docs", str(tmp_path / "pages")]) == 0
    assert "without examples, since no graph is loaded" in capsys.readouterr().err
    assert (tmp_path / "pages" / "index.html").exists()


def test_a_graph_that_is_asked_for_must_be_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["docs", str(tmp_path / "pages"), "--data-dir", str(tmp_path / "nothing")]) == 3
    assert "nothing" in capsys.readouterr().err
    assert not (tmp_path / "pages").exists()


def test_a_folder_that_holds_something_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    assert run(["docs", str(tmp_path)]) == 2
    assert "is not an empty folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
