"""What a verb writes with `--format json` is what the HTTP API answers."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.api.cli.conftest import Answer

FORCE = "commitment/multinational-force"
DAYS = ("--known-at", "2026-03-05", "--policy", "ranked")
ASKED = ("--as-of", "2026-02-28", *DAYS)
QUERY = "knownAt=2026-03-05&policy=ranked"


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        (("show", FORCE), "commitments/multinational-force"),
        (("explain", FORCE), "commitments/multinational-force/explanation"),
        (
            ("explain", FORCE, "--debtor", "actor/france"),
            "commitments/multinational-force/explanation?debtor=actor/france",
        ),
        (("timeline", FORCE), "commitments/multinational-force/timeline"),
        (("unlock", FORCE), "commitments/multinational-force/unlock"),
        (("matrix",), "matrix"),
        (("matrix", "--cols", "component"), "matrix?cols=component"),
        (("gaps",), "gaps"),
        (("deadlocks",), "deadlocks"),
    ],
    ids=lambda given: given if isinstance(given, str) else " ".join(given),
)
def test_a_verb_and_its_resource_agree(
    verb: tuple[str, ...], path: str, answer: Answer, paris: TestClient
) -> None:
    asked = f"/api/v1/{path}{'&' if '?' in path else '?'}asOf=2026-02-28&{QUERY}"
    assert paris.get(asked).json() == answer(*verb, *ASKED)


def test_diff_agrees(answer: Answer, paris: TestClient) -> None:
    found = paris.get(f"/api/v1/diff?from=2026-01-01&to=2026-02-28&{QUERY}").json()
    assert found["changes"] != []
    assert found == answer("diff", "--from", "2026-01-01", "--to", "2026-02-28", *DAYS)


def test_whatif_agrees(answer: Answer, paris: TestClient) -> None:
    body = {
        "asOf": "2026-04",
        "knownAt": "2026-03-05",
        "policy": "ranked",
        "set": {"event/ceasefire": "true@2026-02-10", "approval/france-implementation": True},
    }
    found = paris.post("/api/v1/whatif", json=body).json()
    assert found["changes"] != []
    assert found == answer(
        *("whatif", "--as-of", "2026-04", *DAYS),
        *("--set", "event/ceasefire=true@2026-02-10"),
        *("--set", "approval/france-implementation=true"),
    )
