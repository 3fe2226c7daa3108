"""Text of the graph and of an address is text on a page, and nothing else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.database import Database
from tests.api.conftest import fill
from tests.api.pages.conftest import BROWSER, parsed
from tests.settings import patient

EVIL = "<script>alert(1)</script>\"'&\u202e"
UNREADABLE = """
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/servanda/id/evidence/one> a sv:Evidence ; rdfs:label "One"@en ;
    sv:evidenceFor <https://w3id.org/servanda/id/event/one> .
"""


@pytest.mark.parametrize(
    "path", ["/", "/actors", "/search?q=script", "/doc/actor/mallory", "/matrix", "/commitments"]
)
def test_a_hostile_label_is_text(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200
    assert not parsed(answer.text).query("script:not([src^='/static/'])")
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("place", ["/search?q=", "/commitments?q=", "/actors?q=", "/matrix?lang="])
def test_a_hostile_parameter_is_text(client: TestClient, place: str) -> None:
    answer = client.get(place + quote(EVIL), headers=BROWSER)
    assert not parsed(answer.text).query("script:not([src^='/static/'])")
    assert "<script>alert" not in answer.text


def test_a_link_cannot_be_made_to_lead_elsewhere(client: TestClient) -> None:
    answer = client.get(f"/actors?q={quote('javascript:alert(1)')}", headers=BROWSER)
    page = parsed(answer.text)
    for link in page.query("a"):
        assert str((link.attrs or {})["href"]).startswith(("/", "#", "?"))


def test_a_record_that_cannot_be_judged_is_shown_without_states(tmp_path: Path) -> None:
    with (
        Database.open(tmp_path) as database,
        TestClient(create_app(database, patient(data_dir=tmp_path))) as client,
    ):
        fill(database, "broken", UNREADABLE)
        for path in ("/", "/doc/evidence/one"):
            answer = client.get(path, headers=BROWSER)
            assert answer.status_code == 200
            assert "The record cannot be judged" in answer.text
            assert not parsed(answer.text).query(".state")
        refused = client.get("/matrix", headers=BROWSER)
        assert refused.status_code == 500
        assert "cannot be judged" in refused.text
