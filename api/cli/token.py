"""`servanda token`: who may change the graph over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import AnswerFormat, DataDir, FormatOption, listed, one_of, settings
from api.cli.terminal import cell, say, show_table, table, write
from graph.accounts import Account, Accounts, Role

if TYPE_CHECKING:
    from pathlib import Path

token = typer.Typer(
    name="token",
    help="Make, revoke and list the tokens with which accounts change the graph over HTTP.",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(help="The name that the journal gives for each change.")]


@token.command()
def make(
    name: Name,
    role: Annotated[
        Role,
        typer.Option(
            parser=one_of(Role, "role"), metavar=listed(Role), help="What the account may do."
        ),
    ] = Role.EDITOR,
    data_dir: DataDir = None,
) -> None:
    """Make an account and print its token, this once."""
    made = _accounts(data_dir).make(name, role)
    write(made.encode())
    say(f"`{name}` is {role.value}; the token is kept nowhere: store it now")


@token.command()
def revoke(name: Name, data_dir: DataDir = None) -> None:
    """Let the token of an account open nothing any more, at once."""
    _accounts(data_dir).revoke(name)
    say(f"the token of `{name}` opens nothing any more")


@token.command("list")
def list_accounts(
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """List every account there has been; no token is shown."""
    accounts = _accounts(data_dir).all()
    if format is AnswerFormat.json:
        import json

        write(json.dumps([_json(each) for each in accounts], ensure_ascii=False, indent=2).encode())
        return
    shown = table("name", "role", "made", "revoked")
    for each in accounts:
        shown.add_row(*map(cell, _json(each).values()))
    show_table(shown)


def _accounts(data_dir: Path | None) -> Accounts:
    return Accounts(settings(data_dir=data_dir).data_dir)


def _json(account: Account) -> dict[str, str | None]:
    revoked = account.revoked_at
    return {
        "name": account.name,
        "role": account.role.value,
        "made_at": account.made_at.isoformat(),
        "revoked_at": None if revoked is None else revoked.isoformat(),
    }
