"""The same questions over HTTP and from a directory have equal answers."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pandas
import pydantic
import pytest

from api.client import Client
from api.client.listings import Listing
from api.client.rows import Rows, Term
from api.client.sources import Answered, Unreachable
from api.client.tables import Table
from api.memento import NoMemento
from graph.errors import Forbidden, InvalidRequest, NotFound, ServandaError
from graph.namespaces import ID, SV
from tests.api.conftest import HOSTILE_LABEL

FORCE = "multinational-force"
LABELS = (
    "SELECT ?s ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?s ?label"
)
CEASEFIRE = {"event/ceasefire": "true@2026-02-10"}

GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"

QUESTIONS: dict[str, Callable[[Client], Any]] = {
    "commitments": lambda c: c.commitments(as_of="2026-02-28"),
    "filtered": lambda c: c.commitments(
        debtor="france", domain=["sv:Land", "Sea"], state="conditional"
    ),
    "sorted": lambda c: c.commitments(binding="sv:PoliticalForce", sort="-since"),
    "within a component": lambda c: c.commitments(component="none", sort="debtor"),
    "search": lambda c: c.search("multi forc"),
    "search narrowed": lambda c: c.search(
        "fr", kind=["actor", "commitment"], label_language="fr", language="uk"
    ),
    "commitment": lambda c: c.commitment(FORCE, as_of="2026-01"),
    "in another language": lambda c: c.commitment(FORCE, language="uk-UA"),
    "by a policy": lambda c: c.commitment(FORCE, policy="credulous", known_at="2026-03-05"),
    "by no source": lambda c: c.commitment(FORCE, sources=()),
    "by one source": lambda c: c.commitment(FORCE, sources=["source/paris-2026-article"]),
    "by one source and a reading, each as a text": lambda c: c.claims(
        sources="source/paris-2026-article", readings="binding-is-enough", as_of="2026-02-15"
    ),
    "under a scenario": lambda c: c.commitment(FORCE, as_of=date(2026, 4, 1), assume=CEASEFIRE),
    "explain": lambda c: c.explain(FORCE),
    "explain one": lambda c: c.explain(FORCE, debtor="actor/france"),
    "timeline": lambda c: c.timeline("security-guarantees", assume=CEASEFIRE),
    "unlock": lambda c: c.unlock(FORCE),
    "unlock by a reading": lambda c: c.unlock(FORCE, readings=["binding-is-enough"]),
    "unlock for one": lambda c: c.unlock(FORCE, debtor="france"),
    "unlock for some": lambda c: c.unlock(FORCE, at_least=2),
    "power": lambda c: c.power(FORCE, readings=["binding-is-enough"], as_of="2026-02-28"),
    "power of one": lambda c: c.power(FORCE, debtor="france"),
    "condition": lambda c: c.condition("condition/ceasefire", FORCE, as_of="2026-02-28"),
    "condition for one": lambda c: c.condition("ceasefire", FORCE, debtor="france"),
    "matrix": lambda c: c.matrix(columns="component"),
    "gaps": lambda c: c.gaps(),
    "deadlocks": lambda c: c.deadlocks(
        readings=["settlements-are-one", "settlement-needs-ceasefire"]
    ),
    "diff": lambda c: c.diff("2026-01-01", date(2026, 3, 1), assume=CEASEFIRE),
    "whatif": lambda c: c.whatif(
        {"event/ceasefire": "true@2026-02-10", "approval/france-implementation": True},
        as_of="2026-04",
        sources=["source/paris-2026-article"],
    ),
    "whatif by a reading": lambda c: c.whatif(
        CEASEFIRE, as_of="2026-04", readings=["binding-is-enough"], language="fr"
    ),
    "known since": lambda c: c.known_since("2026-01-05", known_at="2026-02", as_of="2026-03"),
    "recorded since": lambda c: c.recorded_since(0, as_of="2026-03"),
    "recorded between": lambda c: c.recorded_since(0, 1, as_of="2026-03"),
    "policies": lambda c: c.policies(as_of="2026-02-15"),
    "odds": lambda c: c.odds(
        {"event/ceasefire": 0.3, "approval/canada-implementation": Fraction(1, 2)},
        otherwise="0.5",
        as_of="2026-02-15",
    ),
    "odds of what is rare": lambda c: c.odds(
        {"event/ceasefire": 0.00001}, otherwise=Decimal("1E-7"), as_of="2026-02-15"
    ),
    "odds of some": lambda c: c.odds(
        {"approval/canada-implementation": "1/3"},
        readings=["binding-is-enough"],
        assume=CEASEFIRE,
        as_of="2026-02-15",
    ),
    "matters": lambda c: c.matters(as_of="2026-02-15", assume=CEASEFIRE),
    "claims": lambda c: c.claims(as_of="2026-02-15"),
    "no approvals": lambda c: c.no_approvals(as_of="2026-02-15", readings=["binding-is-enough"]),
    "actors": lambda c: c.actors(q="france", language="uk"),
    "actor": lambda c: c.actor("france", as_of="2026-02-28"),
    "instruments": lambda c: c.instruments(),
    "instrument": lambda c: c.instrument("paris-framework"),
    "events": lambda c: c.events(as_of="2026-02-28"),
    "event": lambda c: c.event("event/ceasefire", known_at="2026-03-05"),
    "conditions": lambda c: c.conditions(q="ceasefire"),
    "domains": lambda c: c.domains(language="fr"),
    "domain": lambda c: c.domain("sv:Land"),
    "domain by its IRI": lambda c: c.domain(f"{SV}Land"),
    "evidence": lambda c: c.evidence(),
    "claim": lambda c: c.claim("no-ceasefire", sources=()),
    "statements": lambda c: c.statements(q="macron"),
    "statement": lambda c: c.statement("macron-significant-step"),
    "sources": lambda c: c.sources(),
    "source": lambda c: c.source("source/paris-2026-article"),
    "terms": lambda c: c.terms("debt", kind=["property", "thing"], limit=5),
    "terms in another language": lambda c: c.terms("acteur", language="fr-CA"),
    "changes": lambda c: c.changes(),
    "changes since": lambda c: c.changes(since=datetime(2000, 1, 1, tzinfo=UTC)),
    "queries": lambda c: c.queries(),
    "at a version": lambda c: c.at(1).sparql(LABELS),
    "judged at a version": lambda c: c.at(1).commitment(FORCE, as_of="2026-01"),
    "assumed at a version": lambda c: c.at(1).whatif(CEASEFIRE, as_of="2026-04"),
    "derived at a version": lambda c: c.at(1).query("states-on", date="2026-01-31"),
    "at a time": lambda c: c.at(datetime(2100, 1, 1)).matrix(),
    "by the end of a day": lambda c: c.at("2100-01-01").matrix(),
    "by the end of a date": lambda c: c.at(date(2100, 1, 1)).matrix(),
    "sparql": lambda c: c.sparql(LABELS),
    "derived": lambda c: c.query("states-on", date="2026-01-31"),
    "graphs": lambda c: c.sparql(GRAPHS),
    "query": lambda c: c.query("commitments-owed-by", debtor="actor/france"),
}
FAILURES: dict[str, tuple[type[ServandaError], Callable[[Client], Any]]] = {
    "no such commitment": (NotFound, lambda c: c.commitment("multinational-farce")),
    "no such debtor": (InvalidRequest, lambda c: list(c.commitments(debtor="frnce"))),
    "no such binding": (InvalidRequest, lambda c: list(c.commitments(binding="sv:X"))),
    "no such order": (InvalidRequest, lambda c: c.commitments(sort="state")),
    "no such kind": (InvalidRequest, lambda c: list(c.search("force", kind="weapon"))),
    "too many debtors": (InvalidRequest, lambda c: c.unlock(FORCE, at_least=9)),
    "no such version": (NotFound, lambda c: c.at(9).gaps()),
    "before the first": (NotFound, lambda c: c.at(datetime(2000, 1, 1, tzinfo=UTC)).gaps()),
    "before the first, by a day": (NotFound, lambda c: c.at("2020-01-01").gaps()),
    "before the first, by a month": (NotFound, lambda c: c.at("2020-01").gaps()),
    "before the first, by a date": (NotFound, lambda c: c.at(date(2020, 1, 1)).gaps()),
    "no day to be at": (InvalidRequest, lambda c: c.at("yesterday").gaps()),
    "no number to be at": (InvalidRequest, lambda c: c.at(True).gaps()),
    "nothing to be at": (InvalidRequest, lambda c: c.at(None).gaps()),  # type: ignore[arg-type]
    "a misspelt keyword": (InvalidRequest, lambda c: c.commitment(FORCE, asof="2026")),  # type: ignore[call-arg]
    "a keyword of others": (InvalidRequest, lambda c: c.gaps(readings=["reading/x"])),  # type: ignore[call-arg]
    "no such source": (InvalidRequest, lambda c: c.gaps(sources=["source/x"])),
    "days the wrong way": (InvalidRequest, lambda c: c.diff("2026-03", "2026-01")),
    "no such actor": (NotFound, lambda c: c.actor("frnce")),
    "no such condition": (NotFound, lambda c: c.condition("condition/ceasefires", FORCE)),
    "no version to compare": (InvalidRequest, lambda c: c.recorded_since(5)),
    "no probability": (InvalidRequest, lambda c: c.odds({"event/ceasefire": "often"})),
    "nothing so likely": (InvalidRequest, lambda c: c.odds({"event/x": "0.5"})),
    "no kind of term": (InvalidRequest, lambda c: c.terms("debt", kind="verb")),
    "no time": (InvalidRequest, lambda c: list(c.changes(since="yesterday"))),
    "no such reading": (InvalidRequest, lambda c: c.deadlocks(readings=["reading/x"])),
    "nothing to assume of": (InvalidRequest, lambda c: c.whatif({"event/x": True})),
    "no such query": (NotFound, lambda c: c.query("commitments-of")),
    "outside": (Forbidden, lambda c: c.sparql("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }")),
    "no SPARQL": (InvalidRequest, lambda c: c.sparql("SELECT * {")),
    "no rows": (InvalidRequest, lambda c: c.sparql("ASK { ?s ?p ?o }")),
    "no day": (InvalidRequest, lambda c: c.gaps(as_of="soon")),
    "a time for a day": (InvalidRequest, lambda c: c.gaps(as_of=datetime(2026, 1, 6, 9))),
    "no state": (InvalidRequest, lambda c: c.commitments(state="done")),
    "no policy": (InvalidRequest, lambda c: c.gaps(policy="mine")),
}


def read(found: Any) -> Any:
    """Read a list, whose pages are fetched only then."""
    return list(found) if isinstance(found, Listing) else found


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_has_the_same_answer_over_http_and_from_a_directory(
    ask: Callable[[Client], Any], remote: Client, local: Client
) -> None:
    found = read(ask(remote))
    assert found == read(ask(local))
    assert found


def test_every_method_is_asked_over_http_and_from_a_directory() -> None:
    asked = {name for ask in QUESTIONS.values() for name in ask.__code__.co_names}
    methods = {name for name, _ in inspect.getmembers(Client, inspect.isfunction)}
    assert {name for name in methods if name[0] != "_"} - {"close"} <= asked


@pytest.mark.parametrize(("kind", "ask"), FAILURES.values(), ids=FAILURES)
def test_a_failure_says_the_same_over_http_and_from_a_directory(
    kind: type[ServandaError], ask: Callable[[Client], Any], remote: Client, local: Client
) -> None:
    told = []
    for client in (remote, local):
        with pytest.raises(kind) as failure:
            ask(client)
        told.append((failure.value.message, failure.value.hint))
    assert told[0] == told[1]
    assert told[0][1]


def test_a_failure_of_a_server_leads_to_the_problem_document(remote: Client) -> None:
    with pytest.raises(InvalidRequest) as failure:
        list(remote.commitments(debtor="frnce"))
    assert isinstance(failure.value.__cause__, Answered)
    assert failure.value.__cause__.problem["errors"][0]["pointer"] == "/query/debtor"


def test_what_has_no_past_is_refused_alike_over_http_and_from_a_directory(
    remote: Client, local: Client
) -> None:
    for client in (remote, local):
        with pytest.raises(NoMemento, match="past versions"):
            list(client.at(1).changes())


def test_what_is_derived_does_not_change_what_is_judged(shipped: Path, remote: Client) -> None:
    with Client.local(shipped) as client:
        assert client.query("states-on", date="2026-01-31")
        assert client.gaps() == remote.gaps()


def test_the_answers_have_types_and_do_not_change(remote: Client) -> None:
    found = remote.commitment(FORCE, as_of="2026-02-28", known_at="2026-03-05")
    assert (found.undertaking, found.as_of) == (f"{ID}commitment/{FORCE}", "2026-02-28")
    assert {each.state.value for each in found.debtors} == {"conditional"}
    with pytest.raises(pydantic.ValidationError):
        found.label = "another"
    with pytest.raises(dataclasses.FrozenInstanceError):
        Term("uri", "x").value = "y"  # type: ignore[misc]


def test_a_list_is_read_over_its_pages(
    remote: Client, local: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [item.id for item in remote.commitments()]
    monkeypatch.setattr("api.client.asking.PAGE", 4)
    assert [item.id for item in remote.commitments()] == whole
    assert [item.id for item in local.commitments()] == whole
    assert len(whole) == 11


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_what_is_answered_is_a_table_for_pandas(
    ask: Callable[[Client], Any], local: Client
) -> None:
    found = ask(local)
    assert isinstance(found, Table)
    frame = found.to_pandas()
    pandas.testing.assert_frame_equal(frame, pandas.DataFrame(found.rows()))
    assert len(frame) == len(found.rows())


def test_a_notebook_shows_the_state_and_the_sentence(remote: Client) -> None:
    found = remote.commitment(FORCE, as_of="2026-01")
    html = found._repr_html_()
    for each in found.debtors:
        assert f"<td>{each.state.value}</td>" in html
    assert found.distribution in html


def test_what_a_notebook_shows_is_escaped() -> None:
    rows = Rows(("label",), ({"label": Term("literal", HOSTILE_LABEL)},))
    assert "<script>" not in rows._repr_html_()
    assert "&lt;script&gt;" in rows._repr_html_()


def test_a_row_has_terms_with_their_language(local: Client) -> None:
    found = {row["label"] for row in local.sparql(LABELS) if str(row["s"]) == f"{ID}actor/albania"}
    assert Term("literal", "Albanie", language="fr") in found


def test_what_a_newer_server_says_beside_is_left_out(local: Client) -> None:
    from api.client.answers import Gaps

    known = local.gaps()
    written = {**known.model_dump(by_alias=True, mode="json"), "more": 1}
    written["commitments"] = [{**each, "more": 1} for each in written["commitments"]]
    assert Gaps.read(written) == known


def test_a_server_that_is_not_there_is_named_with_what_to_do() -> None:
    with Client("http://127.0.0.1:9") as client, pytest.raises(Unreachable) as failure:
        client.gaps()
    assert "`http://127.0.0.1:9`" in failure.value.message
    assert "servanda serve" in str(failure.value.hint)


def test_a_day_means_its_end(local: Client) -> None:
    *_, last = local.changes()
    assert local.at(last.at[:10]).gaps().version == last.seq


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "localhost:8000", "ftp://x", ""])
def test_an_address_without_its_scheme_is_refused_with_the_whole(address: str) -> None:
    with pytest.raises(InvalidRequest) as failure:
        Client(address)
    assert f"`{address}`" in failure.value.message
    assert "`http://" in str(failure.value.hint)


def test_a_misspelt_keyword_is_answered_with_those_there_are(local: Client) -> None:
    with pytest.raises(InvalidRequest) as failure:
        local.commitment(FORCE, asof="2026-01")  # type: ignore[call-arg]
    assert "`asof`" in failure.value.message
    assert "as_of, assume, known_at, language, policy, sources" in str(failure.value.hint)


def test_a_server_of_something_else_is_told_from_ours() -> None:
    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(502)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Other) as server:
        Thread(target=server.handle_request, daemon=True).start()
        with (
            Client(f"http://127.0.0.1:{server.server_port}") as client,
            pytest.raises(Unreachable, match="502"),
        ):
            client.gaps()
