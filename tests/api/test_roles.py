"""Who may do what: every route and method, asked by everyone, against a model of a few lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from api.app import create_app
from graph.accounts import Accounts, Role
from graph.database import Database
from tests.api.conftest import PACT, fill
from tests.settings import patient

TABLE: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "roles.yaml").read_text("utf-8")
)
CELLS = [(path, method) for path, methods in TABLE.items() for method in methods]
REVOKED = "revoked"
ASKERS = (None, *Role, REVOKED)
NO_TOKEN, TOO_LITTLE = 401, 403


def refusal(path: str, method: str, asker: Role | str | None) -> int | None:
    """Give the status with which the model sends someone away, None where it lets them in."""
    order = ["reader", "editor", "admin"]
    wanted = TABLE[path][method]
    if wanted == "reader":
        return None
    if asker is None or asker == REVOKED:
        return NO_TOKEN
    return None if order.index(str(asker)) >= order.index(wanted) else TOO_LITTLE


class Server:
    """A small server with a token for everyone who may ask."""

    def __init__(self, client: TestClient, directory: Path) -> None:
        accounts = Accounts(directory)
        self.client = client
        self.tokens: dict[Role | str, str] = {role: accounts.make(role, role) for role in Role}
        self.tokens[REVOKED] = accounts.make(REVOKED, Role.ADMIN)
        accounts.revoke(REVOKED)

    def ask(self, path: str, method: str, asker: Role | str | None) -> int:
        token = {} if asker is None else {"Authorization": f"Bearer {self.tokens[asker]}"}
        address = path.replace("{name}", "checklist") if "queries" in path else path
        address = re.sub(r"\{\w+\}", "1", address)
        return self.client.request(
            method, address, headers=token, follow_redirects=False
        ).status_code


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    directory = tmp_path_factory.mktemp("roles")
    with Database.open(directory) as database:
        fill(database, "pact", PACT)
        with TestClient(create_app(database, patient(data_dir=directory))) as client:
            # An answer means that there is a worker; before that the server is not ready.
            assert client.get("/queries/checklist").status_code == 200
            yield Server(client, directory)


def documented(server: Server) -> dict[str, dict[str, str]]:
    """Build the table from what the OpenAPI document says of each route."""
    found: dict[str, dict[str, str]] = {}
    for path, methods in server.client.get("/openapi.json").json()["paths"].items():
        shared = re.sub("^/queries/.+", "/queries/{name}", path)
        found.setdefault(shared, {}).update({m: least_role(o) for m, o in methods.items()})
    return found


def least_role(operation: Mapping[str, Any]) -> str:
    scopes = [role for one in operation.get("security", []) for role in one["token"]]
    return max(map(Role, scopes), key=list(Role).index, default=Role.READER).value


def routes(of: Any) -> Iterator[Any]:
    """Give the routes of an application or a router, with those of the routers in it."""
    for route in of.routes:
        yield route
        if hasattr(inner := getattr(route, "original_router", route), "routes"):
            yield from routes(inner)


def pages(server: Server) -> dict[str, dict[str, str]]:
    """List the routes that are for people and so in no document: whoever asks may read them."""
    hidden = {
        route.path: route.methods
        for route in routes(server.client.app)
        if not getattr(route, "include_in_schema", False) and getattr(route, "methods", None)
    }
    assert set().union(*hidden.values()) <= {"GET", "HEAD"}
    return {path: {"get": Role.READER.value} for path in hidden}


def test_every_route_has_its_row(server: Server) -> None:
    assert documented(server) | pages(server) == TABLE


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize(("path", "method"), CELLS)
def test_exactly_those_get_in_whom_the_model_lets_in(
    server: Server, path: str, method: str, asker: Role | str | None
) -> None:
    status = server.ask(path, method, asker)
    expected = refusal(path, method, asker)
    if expected is None:
        assert status not in (NO_TOKEN, TOO_LITTLE)
        assert status < 500
    else:
        assert status == expected
