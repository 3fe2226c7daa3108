"""Tokens stand for accounts with a role; what is kept of a token opens nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.accounts import FILE, Accounts, Role
from graph.errors import InvalidRequest, NotFound, UnreadableInput


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path)


def test_a_token_stands_for_its_account(accounts: Accounts) -> None:
    token = accounts.make("Ada", Role.EDITOR)
    holder = accounts.holder(token)
    assert holder is not None
    assert (holder.name, holder.role, holder.revoked_at) == ("Ada", Role.EDITOR, None)


def test_each_account_has_a_token_of_its_own(accounts: Accounts) -> None:
    tokens = {name: accounts.make(name, Role.EDITOR) for name in ("Ada", "Bob", "Cy")}
    holders = {name: accounts.holder(token) for name, token in tokens.items()}
    assert {name: each.name for name, each in holders.items() if each} == {n: n for n in tokens}


def test_a_revoked_token_stands_for_nobody_and_its_name_stays(accounts: Accounts) -> None:
    token = accounts.make("Ada", Role.ADMIN)
    accounts.revoke("Ada")
    assert accounts.holder(token) is None
    (kept,) = accounts.all()
    assert kept.revoked_at is not None


def test_the_file_holds_no_secret_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    token = Accounts(tmp_path).make("Ada", Role.ADMIN)
    secret = token.split("_", 2)[2]
    assert secret.encode() not in (tmp_path / FILE).read_bytes()
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "x", lambda t: t.upper()])
def test_a_token_changed_in_any_way_stands_for_nobody(accounts: Accounts, change: object) -> None:
    assert callable(change)
    assert accounts.holder(change(accounts.make("Ada", Role.ADMIN))) is None


def test_a_secret_of_one_account_does_not_open_another(accounts: Accounts) -> None:
    ada, bob = (accounts.make(name, Role.ADMIN).split("_", 2) for name in ("Ada", "Bob"))
    assert accounts.holder("_".join([*ada[:2], bob[2]])) is None


@given(st.text())
def test_no_text_is_taken_for_a_token(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    accounts = Accounts(tmp_path_factory.getbasetemp() / "accounts")
    if not accounts.all():
        accounts.make("Ada", Role.ADMIN)
    assert accounts.holder(text) is None
    assert accounts.holder(f"servanda_{text}") is None


def test_without_accounts_no_token_stands_for_anybody_and_no_file_is_made(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    assert accounts.holder("servanda_00_x") is None
    assert accounts.all() == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00b", "x" * 201])
def test_a_name_the_journal_could_not_show_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(InvalidRequest, match="no name of an account"):
        accounts.make(name, Role.READER)


def test_a_name_is_given_once_even_after_it_was_revoked(accounts: Accounts) -> None:
    accounts.make("Ada", Role.EDITOR)
    accounts.revoke("Ada")
    with pytest.raises(InvalidRequest, match="already"):
        accounts.make("Ada", Role.EDITOR)


def test_who_has_no_token_in_use_cannot_be_revoked(accounts: Accounts) -> None:
    with pytest.raises(NotFound, match="`Ada`"):
        accounts.revoke("Ada")


def test_a_file_that_is_no_list_of_accounts_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database, not by far" * 100)
    with pytest.raises(UnreadableInput, match="cannot be used"):
        Accounts(tmp_path).all()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_includes_itself_and_those_before_it(role: Role) -> None:
    order = list(Role)
    assert [role.includes(each) for each in order] == [
        place <= order.index(role) for place in range(len(order))
    ]
