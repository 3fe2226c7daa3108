from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.snapshot import Latest
from graph.database import Database
from graph.namespaces import ID, SV
from tests.api.conftest import fill


def test_an_answer_is_of_the_version_that_it_names(tmp_path: Path) -> None:
    with (
        Database.open(tmp_path / "graph") as database,
        TestClient(create_app(database, Settings())) as client,
    ):
        for version in (1, 2):
            fill(database, f"v{version}", f"<{ID}commitment/c{version}> a <{SV}Commitment> .")
            for path in ("commitments", "matrix", "commitments"):
                found = client.get(f"/api/v1/{path}").json()
                assert found["version"] == version
            assert found["total"] == version


def test_a_cursor_is_no_good_for_another_version(tmp_path: Path) -> None:
    with (
        Database.open(tmp_path / "graph") as database,
        TestClient(create_app(database, Settings())) as client,
    ):
        for name in ("one", "two"):
            fill(database, name, f"<{ID}commitment/{name}> a <{SV}Commitment> .")
        cursor = client.get("/api/v1/commitments?limit=1").json()["next"]
        asked = f"/api/v1/commitments?limit=1&cursor={cursor}"
        assert len(client.get(asked).json()["items"]) == 1
        fill(database, "three", f"<{ID}commitment/three> a <{SV}Commitment> .")
        assert client.get(asked).status_code == 400


def test_a_version_is_read_once_and_no_older_one_is_kept(tmp_path: Path) -> None:
    with Database.open(tmp_path / "graph") as database:
        latest = Latest(database.store)
        fill(database, "one", f"<{ID}commitment/one> a <{SV}Commitment> .")
        first = latest.snapshot()
        assert latest.snapshot() is first
        fill(database, "two", f"<{ID}commitment/two> a <{SV}Commitment> .")
        assert set(latest.snapshot().model.undertakings) > set(first.model.undertakings)
        assert first not in vars(latest).values()
