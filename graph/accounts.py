"""Who may do what: tokens that stand for a named account and its role, kept only as digests.

It decides nothing about a request; the journal names the account that made a change.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from graph.errors import InvalidRequest, NotFound, UnreadableInput

FILE: Final = "accounts.sqlite"
# So that a scanner for leaked secrets, and a person, can tell what a string is.
_PREFIX: Final = "servanda"
_ID_BYTES: Final = 8
_SECRET_BYTES: Final = 32
_LONGEST_NAME: Final = 200
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS account (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    digest BLOB NOT NULL,
    made_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT
"""


class Role(StrEnum):
    """What an account may do; each role may do all that those before it may.

    A reader needs no account. An editor changes the graph. An admin looks after the server.
    """

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, other: Role) -> bool:
        """Tell whether this role may do all that another may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Account:
    """A name with a role; times are UTC. What is revoked keeps its name, for the journal's sake."""

    name: str
    role: Role
    made_at: datetime
    revoked_at: datetime | None = None


class Accounts:
    """The accounts of one data directory; they may be changed while a server runs on it."""

    def __init__(self, directory: Path) -> None:
        """Name the directory; nothing is made before the first account is."""
        self._path = directory / FILE

    def make(self, name: str, role: Role) -> str:
        """Make an account and give its token, which is shown this once and kept nowhere.

        Raises InvalidRequest for a name that is taken, empty, over 200 characters or has control
        characters in it.
        """
        if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
            raise InvalidRequest(
                f"`{name[:_LONGEST_NAME]}` is no name of an account",
                hint=f"write 1 to {_LONGEST_NAME} characters on one line",
            )
        token_id, secret = secrets.token_hex(_ID_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
        row = (token_id, name, role.value, _digest(secret), _now())
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._opened("rwc") as connection:
            connection.execute(_TABLE)
            try:
                connection.execute("INSERT INTO account VALUES (?, ?, ?, ?, ?, NULL)", row)
            except sqlite3.IntegrityError:
                raise InvalidRequest(
                    f"there is an account called `{name}` already",
                    hint="choose another name: one that was revoked stays in the journal",
                ) from None
        return f"{_PREFIX}_{token_id}_{secret}"

    def revoke(self, name: str) -> None:
        """Let the token of an account open nothing any more; NotFound if there is none."""
        if name not in {each.name for each in self.all() if each.revoked_at is None}:
            raise NotFound(
                f"no account in use is called `{name}`", hint="`servanda token list` shows them"
            )
        with self._opened("rw") as connection:
            connection.execute(
                "UPDATE account SET revoked_at = ? WHERE name = ? AND revoked_at IS NULL",
                (_now(), name),
            )

    def all(self) -> list[Account]:
        """List every account there has been, by name."""
        if not self._path.exists():
            return []
        columns = "name, role, made_at, revoked_at"
        with self._opened("ro") as connection:
            rows = connection.execute(f"SELECT {columns} FROM account ORDER BY name")  # noqa: S608
            return [_account(*row) for row in rows]

    def holder(self, token: str) -> Account | None:
        """Give the account whose token this is, if it is in use.

        It takes the same time whether the token's number or its secret is wrong.
        """
        prefix, _, rest = token.partition("_")
        token_id, _, secret = rest.partition("_")
        found = self._row(token_id) if self._path.exists() else None
        digest = found[0] if found else _digest("")
        right = hmac.compare_digest(digest, _digest(secret))
        if found is None or not right or prefix != _PREFIX:
            return None
        account = _account(*found[1:])
        return account if account.revoked_at is None else None

    def _row(self, token_id: str) -> tuple[bytes, str, str, str, str | None] | None:
        columns = "digest, name, role, made_at, revoked_at"
        query = f"SELECT {columns} FROM account WHERE id = ?"  # noqa: S608
        with self._opened("ro") as connection:
            row: tuple[bytes, str, str, str, str | None] | None = connection.execute(
                query, (token_id,)
            ).fetchone()
            return row

    @contextmanager
    def _opened(self, mode: str) -> Iterator[sqlite3.Connection]:
        """Open the file for one step, so that no thread holds another's connection."""
        try:
            address = f"{self._path.absolute().as_uri()}?mode={mode}"
            with closing(sqlite3.connect(address, uri=True)) as connection, connection:
                if mode == "rwc":
                    self._path.chmod(0o600)
                yield connection
        except sqlite3.Error as error:
            raise UnreadableInput(
                f"the accounts in `{self._path}` cannot be used: {error}",
                hint="check the file's permissions, or restore it from a copy",
            ) from None


def _digest(secret: str) -> bytes:
    # The secret is 256 random bits: nobody can try them all, so a slow hash would gain nothing.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _account(name: str, role: str, made_at: str, revoked_at: str | None) -> Account:
    revoked = None if revoked_at is None else datetime.fromisoformat(revoked_at)
    return Account(name, Role(role), datetime.fromisoformat(made_at), revoked)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
