"""The replica does what it is told, and begins each day by itself."""

from __future__ import annotations

import json
import socket
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from graph import replica
from graph.database import Database
from graph.namespaces import DERIVED, SV
from graph.replica import Replica
from tests.api.conftest import PACT, fill

MADE = """
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/servanda/id/commitment/aid>
    sv:debtor <https://w3id.org/servanda/id/actor/ruritania> ;
    sv:madeOn "2026-01-06T00:00:00Z"^^xsd:dateTime .
"""
BEFORE, AFTER = date(2025, 12, 31), date(2026, 2, 1)
CURRENT = f"SELECT ?state FROM <{DERIVED}sceptical/current> {{ ?c <{SV}currentState> ?state }}"


def heard(connection: socket.socket) -> Any:
    return json.loads(connection.recv(1 << 16))


def test_a_day_that_begins_is_told_and_derived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Database.open(tmp_path) as writer:
        fill(writer, "pact", PACT)
        fill(writer, "more", MADE)
    days = iter([BEFORE, AFTER])
    now = [next(days)]
    monkeypatch.setattr(replica, "today", lambda: now[0])
    monkeypatch.setattr(replica, "_seconds_of_day_left", lambda: 0.01)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, Database.open(tmp_path, writable=False) as reader:
        running = Replica(reader, theirs, 1 << 30, derives=True, follows=True)
        thread = Thread(target=running.run)
        thread.start()
        try:
            assert heard(ours) == {"at": 2, "day": BEFORE.toordinal()}
            now[0] = next(days)
            assert heard(ours) == {"at": 2, "day": AFTER.toordinal()}
        finally:
            ours.shutdown(socket.SHUT_WR)
            thread.join()
            theirs.close()
        (row,) = reader.store.query(CURRENT).rows()
        assert row["state"].value == SV + "InForce"
