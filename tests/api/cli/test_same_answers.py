"""What a verb writes with `--format json` is what the HTTP API answers."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.api.cli.conftest import Answer

FORCE = "commitment/multinational-force"
CEASEFIRE = "event/ceasefire=true@2026-02-10"
READING = "reading/binding-is-enough"
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
        (
            ("unlock", FORCE, "--debtor", "actor/france", "--set", f"{CEASEFIRE}"),
            f"commitments/multinational-force/unlock?debtor=actor/france&set={CEASEFIRE}",
        ),
        (("unlock", FORCE, "--at-least", "2"), "commitments/multinational-force/unlock?atLeast=2"),
        (("unlock", FORCE, "--power"), "commitments/multinational-force/power"),
        (
            ("unlock", FORCE, "--power", "--debtor", "france", "--reading", READING),
            f"commitments/multinational-force/power?debtor=france&reading={READING}",
        ),
        (("whatif", "--each-matter"), "whatif/matters"),
        (
            ("whatif", "--each-matter", "--set", CEASEFIRE, "--reading", READING),
            f"whatif/matters?set={CEASEFIRE}&reading={READING}",
        ),
        (("whatif", "--each-claim"), "whatif/claims"),
        (("whatif", "--no-approvals"), "whatif/no-approvals"),
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


def test_diff_of_knowledge_and_of_policies_agree(answer: Answer, paris: TestClient) -> None:
    asked = f"asOf=2026-02-28&{QUERY}"
    found = paris.get(f"/api/v1/diff/knowledge?knownFrom=2026-01-05&{asked}").json()
    assert found["changes"] != []
    assert found == answer("diff", "--known-from", "2026-01-05", "--to", "2026-02-28", *DAYS)
    found = paris.get(f"/api/v1/diff/policies?{asked}").json()
    assert found == answer("diff", "--policies", "--to", "2026-02-28", *DAYS)


def test_odds_agree(answer: Answer, paris: TestClient) -> None:
    consent = "condition/ukraine-consents-to-ceasefire"
    body = {
        "asOf": "2026-02-28",
        "knownAt": "2026-03-05",
        "policy": "ranked",
        "acts": {"event/peace-settlement": "0.2", "approval/canada-implementation": "1/2"},
        "waivers": {consent: "0.1"},
        "otherwise": "0.5",
        "readings": [READING],
        "set": {"approval/france-implementation": "true@2026-02-10"},
    }
    found = paris.post("/api/v1/whatif/odds", json=body).json()
    assert any(each["probability"] for each in found["commitments"])
    assert found == answer(
        *("whatif", *ASKED, "--probability", "event/peace-settlement=0.2", "--otherwise", "0.5"),
        *("--probability", "approval/canada-implementation=1/2", "--waiver", f"{consent}=0.1"),
        *("--reading", READING, "--set", "approval/france-implementation=true@2026-02-10"),
    )


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
