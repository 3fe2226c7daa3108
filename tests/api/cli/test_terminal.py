"""What is shown on a terminal is text, never an order to the terminal."""

from __future__ import annotations

import pytest

from api.cli.terminal import cell, say, show_table, table, visible


def test_control_characters_are_written_out() -> None:
    assert visible("a\x1b[2Jb\x9b\x7f\a") == "a\\x1b[2Jb\\x9b\\x7f\\x07"
    assert visible("Україна\n\tKyiv") == "Україна\n\tKyiv"


def test_a_text_of_the_graph_cannot_clear_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    say("\x1b]0;title\x07")
    assert "\x1b" not in capsys.readouterr().err
    assert cell("\x1b[2J").plain == "\\x1b[2J"


def test_a_name_between_colons_is_no_picture(capsys: pytest.CaptureFixture[str]) -> None:
    said = "rdfs:label: a table has texts"
    say(said)
    shown = table("rdfs:label:")
    shown.add_row(cell(said))
    show_table(shown)
    out, err = capsys.readouterr()
    assert err == f"{said}\n"
    assert [line.strip() for line in out.split("\n") if ":" in line] == ["rdfs:label:", said]
