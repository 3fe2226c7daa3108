from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from api.snapshot import Latest
from graph.database import Database
from graph.derivation import Derivation
from graph.namespaces import ID, SV
from tests.api.conftest import fill
from tests.settings import patient


def test_an_answer_is_of_the_version_that_it_names(tmp_path: Path) -> None:
    with (
        Database.open(tmp_path / "graph") as database,
        TestClient(create_app(database, patient())) as client,
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
        TestClient(create_app(database, patient())) as client,
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


def test_what_was_derived_is_kept_for_the_last_worlds_alone(tmp_path: Path) -> None:
    with Database.open(tmp_path / "graph") as database:
        snapshot = Latest(database.store).snapshot()
        made: list[int] = []

        def kept(world: int) -> int:
            return snapshot.kept(world, lambda: _noted(made, world) + 1)

        assert [kept(1), kept(1), kept(2)] == [2, 2, 3]
        assert made == [1, 2]
        for world in range(3, 20):
            kept(world)
        kept(19)
        assert made == list(range(1, 20))
        assert kept(1) == 2
        assert made == [*range(1, 20), 1]


def _noted(made: list[int], world: int) -> int:
    made.append(world)
    return world


def test_a_thread_is_given_nothing_that_another_is_still_deriving(tmp_path: Path) -> None:
    with Database.open(tmp_path / "graph") as database, ThreadPoolExecutor(1) as other:
        snapshot = Latest(database.store).snapshot()
        mine = snapshot.kept("world", object)
        assert snapshot.kept("world", object) is mine
        assert other.submit(snapshot.kept, "world", object).result() is not mine


def test_the_days_on_which_phases_begin_are_those_of_the_derived_graph(shipped: Path) -> None:
    with Database.open(shipped, writable=False) as database:
        assert Latest(database.store).snapshot().turning_days("sceptical") == []
        Derivation(database.store, date(2026, 2, 15).toordinal())
        found = Latest(database.store).snapshot().turning_days("sceptical")
        assert {date(2026, 1, 1), date(2026, 1, 31)} <= set(found)
        assert list(found) == sorted(set(found))
