"""A server on a graph that may be changed, with a token for each role."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from graph.accounts import Accounts, Role
from graph.database import Database

UPDATE = "application/sparql-update"
TURTLE = "text/turtle"


class World:
    """A client of the server, the database beside it, and tokens."""

    def __init__(self, client: TestClient, database: Database) -> None:
        accounts = Accounts(database.directory)
        self.client = client
        self.database = database
        self.tokens = {role: accounts.make(role.value, role) for role in Role}

    def send(
        self, method: str, path: str, content: str = "", role: Role = Role.EDITOR, **headers: str
    ) -> Any:
        """Send a request with the token of a role; `if_match` stands for If-Match."""
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        token = {"Authorization": f"Bearer {self.tokens[role]}"}
        return self.client.request(method, path, content=content.encode(), headers=token | given)

    def update(self, text: str, role: Role = Role.EDITOR, **headers: str) -> Any:
        return self.send(
            "POST", "/sparql/update", text, role, **({"content_type": UPDATE} | headers)
        )

    def put(self, path: str, text: str, role: Role = Role.EDITOR, **headers: str) -> Any:
        return self.send("PUT", path, text, role, **({"content_type": TURTLE} | headers))

    def post(self, path: str, text: str = "", role: Role = Role.EDITOR, **headers: str) -> Any:
        return self.send("POST", path, text, role, **({"content_type": TURTLE} | headers))
