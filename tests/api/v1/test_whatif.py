"""What would be otherwise: what is posted wrongly, and what is too much for one answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.v1.parameters import MOST_JUDGED
from graph.database import Database
from tests.api.conftest import fill
from tests.api.v1.conftest import Json
from tests.settings import patient


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"acts": {"event/truce": "0.5"}}, "event/truce"),
        ({"acts": {"event/ceasefire": "2"}}, "`2` is no probability"),
        ({"acts": {"event/ceasefire": 0.3}}, "/body/acts/event~1ceasefire"),
        ({"otherwise": "1/0"}, "`1/0` is no probability"),
        ({"chance": "0.5"}, "/body/chance"),
    ],
)
def test_wrong_probabilities_are_refused_with_what_is_wrong(
    body: Json, told: str, paris: TestClient
) -> None:
    answer = paris.post("/api/v1/whatif/odds", json=body)
    assert answer.status_code == 400
    assert told in answer.json()["detail"]


LARGE = """
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix id: <https://w3id.org/servanda/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:on-truce a sv:Occurs ; sv:matter id:truce .
id:truce a sv:Event ; sv:monitored true .
id:told a sv:Evidence ; sv:evidenceFor id:truce ; sv:polarity false ; sv:source id:press ;
    sv:validFrom "2026-03-05T00:00:00Z"^^xsd:dateTime .
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give a client of a graph in which more hangs on one event than is judged for one answer."""
    debtors = " , ".join(f"id:d{number}" for number in range(1001))
    commitments = "".join(
        f"id:pact{number} a sv:Commitment ; sv:activatedWhen id:on-truce ; sv:debtor {debtors} .\n"
        for number in range(MOST_JUDGED // 1000)
    )
    directory = tmp_path_factory.mktemp("large")
    with Database.open(directory) as database:
        fill(database, "large", LARGE + commitments)
        with TestClient(create_app(database, patient(data_dir=directory, derive=False))) as client:
            yield client


@pytest.mark.parametrize(
    "asked",
    [
        "whatif/matters",
        "whatif/claims",
        "whatif/no-approvals",
        "diff/policies",
        "diff/knowledge?knownFrom=2026-01",
    ],
)
def test_what_takes_too_many_judgements_is_refused_before_any(
    asked: str, large: TestClient
) -> None:
    _refused(large.get(f"/api/v1/{asked}"))


def test_odds_of_too_many_debtors_are_refused(large: TestClient) -> None:
    _refused(large.post("/api/v1/whatif/odds", json={"otherwise": "0.5"}))


def _refused(answer: Response) -> None:
    problem = answer.json()
    assert answer.status_code == problem["status"] == 422
    assert problem["type"].endswith("/problems/too-much")
    assert f"at most {MOST_JUDGED:,}" in problem["detail"]
    assert "`servanda`" in problem["hint"]
