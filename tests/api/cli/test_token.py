"""Tokens are made, listed and revoked from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import run
from graph.accounts import Accounts


def test_a_token_is_printed_once_and_stands_for_the_account(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["token", "make", "Ada", "--role", "admin", "--data-dir", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    holder = Accounts(tmp_path).holder(out.strip())
    assert holder is not None
    assert holder.name == "Ada"
    assert "store it now" in err
    assert run(["token", "list", "--data-dir", str(tmp_path)]) == 0
    listed = capsys.readouterr().out
    assert "Ada" in listed
    assert out.strip() not in listed


def test_a_revoked_one_is_listed_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["make", "Ada"], ["revoke", "Ada"]):
        assert run(["token", *arguments, "--data-dir", str(tmp_path)]) == 0
    capsys.readouterr()
    assert run(["token", "list", "--format", "json", "--data-dir", str(tmp_path)]) == 0
    (account,) = json.loads(capsys.readouterr().out)
    assert (account["name"], account["role"]) == ("Ada", "editor")
    assert account["revoked_at"] is not None


def test_a_role_there_is_not_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["token", "make", "Ada", "--role", "king", "--data-dir", str(tmp_path)]) == 2
    assert "`king` is no role; choose reader, editor or admin" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
