"""Named queries say what they take, and their arguments are terms, never text."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import InvalidRequest, NotFound, UnreadableInput
from graph.memory_store import MemoryStore
from graph.namespaces import ID, SV
from graph.parameters import Parameter
from graph.query import NamedQuery, find, queries, read_query, run, unprojected
from tests.graph.conftest import quad, typed
from tests.graph.test_memory_store import transaction

TEXT = f"""#+ summary: Who owes what?
#+ description: |
#+   Every commitment with its debtor.
#+   One row each.
#+ question: 3E 4E
#+ parameters:
#+   - name: debtor
#+     type: iri
#+     description: the actor who owes
#+   - name: amount
#+     type: decimal
#+     default: 1.5
PREFIX sv: <{SV}>
SELECT ?commitment ?debtor ?amount {{ ?commitment sv:debtor ?debtor ; sv:amount ?amount }}
ORDER BY ?commitment
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "owed.rq").write_text(TEXT)
    (tmp_path / "all-domains.rq").write_text("#+ summary: Which domains are there?\nASK { }")
    (tmp_path / "README.md").write_text("not a query")
    return tmp_path


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    adds = []
    for number, actor in enumerate(["ukraine", "france"]):
        adds.append(quad(f"p{number}", "debtor", ox.NamedNode(f"{ID}actor/{actor}")))
        adds.append(quad(f"p{number}", "amount", typed("1.50", "decimal")))
    store.apply(transaction(1, tuple(adds)))
    return store


def query(*parameters: Parameter, text: str = "ASK { }") -> NamedQuery:
    return NamedQuery("q", "summary", "", (), parameters, text)


def test_the_header_says_what_the_query_is(folder: Path) -> None:
    owed = find("owed", folder)
    assert (owed.summary, owed.question) == ("Who owes what?", ("3E", "4E"))
    assert owed.description == "Every commitment with its debtor.\nOne row each."
    assert owed.parameters == (
        Parameter("debtor", "iri", description="the actor who owes"),
        Parameter("amount", "decimal", default="1.5"),
    )
    assert owed.text == TEXT


def test_queries_are_listed_by_name(folder: Path) -> None:
    assert [each.name for each in queries(folder)] == ["all-domains", "owed"]


def test_every_shipped_query_projects_its_parameters() -> None:
    assert {each.name: unprojected(each) for each in queries() if unprojected(each)} == {}


def test_an_unknown_query_suggests_the_nearest(folder: Path) -> None:
    with pytest.raises(NotFound, match="no query `owned`") as caught:
        find("owned", folder)
    assert caught.value.hint == "did you mean `owed`?"
    with pytest.raises(NotFound) as caught:
        find("xyz", folder)
    assert caught.value.hint == "there are all-domains, owed"


@pytest.mark.parametrize("given", ["actor/ukraine", "id:actor/ukraine", f"{ID}actor/ukraine"])
def test_an_iri_may_be_given_in_three_ways(folder: Path, store: MemoryStore, given: str) -> None:
    (row,) = run(store, find("owed", folder), {"debtor": given}).rows()
    assert row["debtor"] == ox.NamedNode(f"{ID}actor/ukraine")
    assert row["commitment"] == ox.NamedNode(SV + "p0")


def test_a_parameter_left_out_takes_its_default_or_stays_free(
    folder: Path, store: MemoryStore
) -> None:
    owed = find("owed", folder)
    assert len(list(run(store, owed, {}).rows())) == 2
    assert list(run(store, owed, {"amount": "2"}).rows()) == []


def test_an_argument_is_never_read_as_sparql(store: MemoryStore) -> None:
    text = "SELECT ?x { ?s ?p ?o FILTER(?x = 'a') }"
    hostile = "a') } # ' || true || \""
    parameter = Parameter("x", "string")
    assert list(run(store, query(parameter, text=text), {"x": hostile}).rows()) == []
    assert len(list(run(store, query(parameter, text=text), {"x": "a"}).rows())) == 4


def test_an_unknown_parameter_names_the_legal_ones(folder: Path, store: MemoryStore) -> None:
    with pytest.raises(InvalidRequest, match="no parameter `debitor`") as caught:
        run(store, find("owed", folder), {"debitor": "actor/ukraine"})
    assert caught.value.hint == "it takes debtor, amount"
    with pytest.raises(InvalidRequest) as caught:
        run(store, find("all-domains", folder), {"x": ""})
    assert caught.value.hint == "it takes none"


def test_a_required_parameter_may_not_be_left_out(store: MemoryStore) -> None:
    wanted = query(Parameter("x", "date", required=True))
    with pytest.raises(InvalidRequest, match="needs the parameter `x`") as caught:
        run(store, wanted, {})
    assert caught.value.hint == "give one such as 2026-01-06"


def test_a_parameter_that_is_not_projected_is_found() -> None:
    declared = (Parameter("x", "string"), Parameter("y", "string"))
    assert unprojected(query(*declared, text="SELECT ?y { ?x ?p ?y }")) == ["x"]
    assert unprojected(query(*declared, text="ASK { ?x ?p ?y }")) == []
    assert unprojected(query(*declared, text="ASK { FILTER(?x = ?y) }")) == ["x", "y"]


def test_an_ask_may_be_given_what_it_matches(store: MemoryStore) -> None:
    asked = query(Parameter("o", "iri"), text="ASK { ?s ?p ?o }")
    assert run(store, asked, {"o": "actor/france"}).boolean
    assert not run(store, asked, {"o": "sv:p1"}).boolean


def test_a_thing_that_is_not_there_is_refused_with_the_nearest_one(store: MemoryStore) -> None:
    asked = query(Parameter("actor", "iri"), text="SELECT ?actor { ?actor ?p ?o }")
    with pytest.raises(InvalidRequest, match="nothing here is called `actor/frnce`") as refused:
        run(store, asked, {"actor": "actor/frnce"})
    assert refused.value.hint == "did you mean `actor/france`"


@pytest.mark.parametrize("given", ["france", "France"])
def test_the_last_part_of_an_identifier_is_refused_with_the_whole(
    store: MemoryStore, given: str
) -> None:
    asked = query(Parameter("actor", "iri"), text="SELECT ?actor { ?actor ?p ?o }")
    with pytest.raises(InvalidRequest, match=f"`{given}` is not an IRI") as refused:
        run(store, asked, {"actor": given})
    assert refused.value.hint == "did you mean `actor/france`"


def test_a_last_part_of_nothing_is_refused_with_an_example(store: MemoryStore) -> None:
    asked = query(Parameter("actor", "iri"), text="SELECT ?actor { ?actor ?p ?o }")
    with pytest.raises(InvalidRequest) as refused:
        run(store, asked, {"actor": "ruritania"})
    assert refused.value.hint == "write it as actor/ukraine"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("", "there is none"),
        ("#+ just words", "there is none"),
        ("#+ description: x", "it has no summary"),
        ("#+ summary: [x", "line 1"),
        ("#+ summary: a: b", "line 1"),
        ("#+ summary: x\n#+ paramters: []", "`paramters` is not one of"),
        ("#+ summary: x\n#+ parameters: y", "not a list"),
        ("#+ summary: x\n#+ parameters:\n#+   - type: iri", "no name"),
        ("#+ summary: x\n#+ parameters:\n#+   - name: y\n#+     type: url", "type of `y`"),
        (
            "#+ summary: x\n#+ parameters:\n#+   - name: y\n#+     type: date\n#+     default: z",
            "`z` is not a date",
        ),
    ],
)
def test_a_header_that_cannot_be_read_is_refused(tmp_path: Path, header: str, reason: str) -> None:
    file = tmp_path / "a.rq"
    file.write_text(header + "\nASK { }")
    with pytest.raises(UnreadableInput) as caught:
        read_query(file)
    assert str(file) in caught.value.message
    assert reason in caught.value.message


def test_a_default_may_be_written_as_yaml_has_it(tmp_path: Path) -> None:
    file = tmp_path / "a.rq"
    listed = "".join(
        f"#+   - name: {kind}\n#+     type: {kind}\n#+     default: {value}\n"
        for kind, value in (("boolean", "true"), ("integer", "5"), ("date", "2026-01-06"))
    )
    file.write_text(f"#+ summary: x\n#+ parameters:\n{listed}ASK {{ }}")
    assert [each.default for each in read_query(file).parameters] == ["true", "5", "2026-01-06"]


def test_a_query_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.rq"
    file.write_bytes("#+ summary: é".encode("latin-1"))
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_query(file)
