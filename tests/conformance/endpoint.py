"""An endpoint that may be changed by foreign data, which keep none of our rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.accounts import Accounts, Role
from graph.database import Database
from graph.journal import Change


@contextmanager
def changeable(directory: Path, quads: Iterable[ox.Quad] = ()) -> Iterator[TestClient]:
    """Give a client with the token of an editor; the shapes of its server demand nothing."""
    shapes = directory / "shapes"
    shapes.mkdir()
    (shapes / "none.ttl").write_text("# No shape.\n", "utf-8")
    settings = Settings(data_dir=directory, shapes=shapes, workers=0)
    token = Accounts(directory).make("W3C", Role.EDITOR)
    with Database.open(directory) as database:
        database.commit(
            Change(adds=tuple(dict.fromkeys(quads))),
            author="test",
            role="editor",
            reason="test",
            source="W3C",
        )
        headers = {"Authorization": f"Bearer {token}"}
        app = create_app(database, settings)
        with TestClient(app, base_url="http://www.example", headers=headers) as client:
            yield client
