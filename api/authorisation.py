"""Who asks: the bearer token of a request and the role a path wants; reading needs neither."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes

from graph.accounts import Account, Accounts, Role
from graph.errors import ServandaError

_BEARER: Final = HTTPBearer(
    auto_error=False, scheme_name="token", description="A token made with `servanda token make`."
)


class Unauthenticated(ServandaError):
    """A request needs a token and has none that is in use."""


class NotPermitted(ServandaError):
    """A request's token stands for a role that may not do this."""


def authorised(
    request: Request,
    wanted: SecurityScopes,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
) -> Account:
    """Give the account a request speaks for, if its role includes each one the path names.

    A path says so with `Security(authorised, scopes=[Role.EDITOR])`, which OpenAPI shows too.
    """
    accounts: Accounts = request.app.state.accounts
    account = None if given is None else accounts.holder(given.credentials)
    if account is None:
        raise Unauthenticated(
            "this needs a token" if given is None else "the token is not one in use",
            hint="make one with `servanda token make NAME` and send it as "
            "`Authorization: Bearer TOKEN`",
        )
    for role in map(Role, wanted.scopes):
        if not account.role.includes(role):
            raise NotPermitted(
                f"`{account.name}` is {account.role.value}; this takes the role {role.value}",
                hint="ask whoever runs the server for a token of that role",
            )
    return account
