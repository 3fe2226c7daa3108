"""A file goes in whole or not at all; the same file again, and a changed one, do what they say."""

from __future__ import annotations

from datetime import UTC, datetime

import pyoxigraph as ox
import pytest

from graph.database import Database
from graph.errors import Conflict, InvalidRequest
from graph.namespaces import DATA, ID, PREFIXES
from graph.rules import read_rules
from graph.tables.faults import Place, TableRefused
from graph.tables.intake import Intake, name_of
from graph.tables.plan import Plan
from graph.tables.submission import Origin
from graph.validate import validate
from graph.write import WriteReport
from tests.graph.tables.files import Row, csv_of, example, examples, xlsx_of

GRAPH = ox.NamedNode(DATA + "table-t")
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
MADE = example("undertakings", established_when=None, ends_when=None)


def intake(content: bytes, file: str = "t.xlsx", author: str = "Ada", **asked: bool) -> Intake:
    origin = Origin.of(file, content, author)
    return Intake("t", content, origin, replace=asked.get("replace", False))


def imported(database: Database, handed_in: Intake) -> tuple[Plan, WriteReport]:
    with database.writing:
        plan = handed_in.plan(database.store)
        report, _ = plan.carry_out(database, role="editor", reason="test", source="test")
    return plan, report


def rows(database: Database, *given: Row, replace: bool = False) -> tuple[Plan, WriteReport]:
    """Import a table of undertakings."""
    return imported(database, intake(csv_of("undertakings", given), "t.csv", replace=replace))


def labels(database: Database) -> list[str]:
    """Give the labels of the undertakings that the file made."""
    label = ox.NamedNode(PREFIXES["rdfs"] + "label")
    return sorted(
        quad.object.value  # type: ignore[union-attr]
        for quad in database.store.quads(GRAPH)
        if quad.predicate == label and "/id/commitment/" in str(quad.subject)
    )


def test_an_import_keeps_every_rule_and_says_where_it_comes_from(database: Database) -> None:
    content = xlsx_of(examples())
    imported(database, intake(content))
    found = validate(database.store.quads())
    assert [finding for finding in found if finding.severity == "violation"] == []
    said = {(str(q.predicate)[1:-1], str(q.object)) for q in database.store.quads(GRAPH)}
    assert (
        PREFIXES["dcterms"] + "identifier",
        f'"sha256:{Origin.of("", content, "").sha256}"',
    ) in {*said}
    assert (PREFIXES["sv"] + "title", '"t.xlsx"') in said
    assert any(p == PREFIXES["prov"] + "wasAttributedTo" and "/agent/ada" in o for p, o in said)
    assert any(p == PREFIXES["prov"] + "generatedAtTime" for p, _ in said)


def test_the_same_file_again_changes_nothing_whoever_sends_it(database: Database) -> None:
    content = xlsx_of(examples())
    _, first = imported(database, intake(content))
    _, second = imported(database, intake(content, "renamed.xlsx", "Bob"))
    assert (second.seq, second.version) == (None, first.version)


def test_a_changed_row_replaces_what_it_said(database: Database) -> None:
    rows(database, MADE, {**MADE, "id": "R2", "label": "Second"})
    before = set(database.store.quads(GRAPH))
    rows(
        database,
        {**MADE, "label": "First", "debtor": "Poland"},
        {**MADE, "id": "R2", "label": "Second"},
    )
    assert labels(database) == ["First", "Second"]
    gone = {quad.object for quad in before - set(database.store.quads(GRAPH))}
    assert {ox.NamedNode(ID + "actor/sweden"), ox.NamedNode(ID + "actor/norway")} <= gone


def test_a_removed_row_stays_until_it_is_to_be_replaced(database: Database) -> None:
    second = {**MADE, "id": "R2", "label": "Second", "due by": "2027-01-01"}
    rows(database, MADE, second)
    whole = set(database.store.quads(GRAPH))
    plan, report = rows(database, MADE)
    assert plan.submission.removed == ("undertakings R2",)
    assert report.seq is None
    assert set(database.store.quads(GRAPH)) == whole
    plan, _ = rows(database, MADE, replace=True)
    assert plan.submission.removed == ("undertakings R2",)
    assert labels(database) == ["Example aid for Ukraine"]
    assert not [quad for quad in database.store.quads(GRAPH) if "t.R2" in str(quad)]
    assert rows(database, MADE)[0].submission.removed == ()


def test_a_file_whose_rows_come_one_by_one_says_what_it_says_at_once(database: Database) -> None:
    second = {**MADE, "id": "R2", "label": "Second", "due by": "2027-01-01"}
    rows(database, MADE)
    rows(database, second)
    one_by_one = {quad for quad in database.store.quads(GRAPH) if not _tells_origin(quad)}
    rows(database, MADE, second)
    assert {q for q in database.store.quads(GRAPH) if not _tells_origin(q)} == one_by_one


def test_an_amount_stays_with_its_deed_when_its_row_is_gone(database: Database) -> None:
    sheets = examples()
    imported(database, intake(xlsx_of(sheets)))
    whole = {quad for quad in database.store.quads(GRAPH) if not _tells_origin(quad)}
    imported(database, intake(xlsx_of({**sheets, "amounts": []})))
    assert {q for q in database.store.quads(GRAPH) if not _tells_origin(q)} == whole
    imported(database, intake(xlsx_of({**sheets, "amounts": []}), replace=True))
    assert not [quad for quad in database.store.quads(GRAPH) if "amount/t.R1" in str(quad)]


def test_what_other_graphs_say_is_not_touched(database: Database) -> None:
    before = {quad for quad in database.store.quads() if quad.graph_name != GRAPH}
    imported(database, intake(xlsx_of(examples())))
    imported(database, intake(csv_of("undertakings", [MADE]), "t.csv", replace=True))
    assert {quad for quad in database.store.quads() if quad.graph_name != GRAPH} == before


def test_a_rule_that_is_broken_refuses_all_and_names_the_cell(database: Database) -> None:
    before = database.version
    good = {**MADE, "id": "R2", "label": "Second"}
    bad = {name: text for name, text in MADE.items() if name != "creditor"}
    with pytest.raises(TableRefused) as refused:
        rows(database, good, bad)
    (fault,) = refused.value.faults
    assert fault.place == Place("undertakings", 3, "creditor")
    assert str(fault) == (
        'undertakings, row 3, column "creditor": this commitment is owed to nobody; '
        "add a “creditor”, the actor that can claim it"
    )
    assert database.version == before
    assert labels(database) == []


def test_what_follows_from_a_mistake_is_not_told_beside_it(database: Database) -> None:
    first = {**MADE, "kind": "promise", "instrument kind": "scroll"}
    second = {**MADE, "id": "R2", "label": "Second", "element of": "R1", "instrument kind": ""}
    plan = intake(csv_of("undertakings", [first, second]), "t.csv").plan(database.store)
    found = plan.judged(database.store, read_rules())
    assert sorted(fault.place for fault in found if fault.place) == [
        Place("undertakings", 2, "instrument kind"),
        Place("undertakings", 2, "kind"),
    ]
    assert len(found) == 2


def test_a_warning_is_told_by_row_and_refuses_nothing(database: Database) -> None:
    row = example("evidence", source_address="https://example.org/undated", published_on=None)
    row.pop("read on")
    with database.writing:
        plan = intake(csv_of("evidence", [row]), "t.csv").plan(database.store)
        _, warnings = plan.carry_out(database, role="editor", reason="test", source="test")
    assert [(each.severity, each.place and each.place.row) for each in warnings] == [("warning", 2)]
    assert "since when this is public" in warnings[0].message


def test_a_plan_for_another_version_is_refused(database: Database) -> None:
    plan = intake(xlsx_of(examples())).plan(database.store)
    with pytest.raises(Conflict):
        plan.carry_out(
            database,
            role="editor",
            reason="test",
            source="test",
            if_version=database.version - 1,
        )


def test_a_file_has_the_same_graph_whatever_its_suffix_and_case() -> None:
    assert name_of("Pledges 2026.xlsx") == name_of("folder/pledges-2026.csv") == "pledges-2026"
    with pytest.raises(InvalidRequest, match="give it a name"):
        name_of("Таблиця.csv")


@pytest.mark.parametrize("name", ["", "a/b", "A", "a.b", "-a", "x" * 65, "é"])
def test_a_graph_is_named_by_plain_letters(database: Database, name: str) -> None:
    content = csv_of("undertakings", [MADE])
    with pytest.raises(InvalidRequest, match="no name of a table"):
        Intake(name, content, Origin.of("t.csv", content, "Ada")).plan(database.store)


def _tells_origin(quad: ox.Quad) -> bool:
    """Tell whether a quad is about the file, and so about the moment of its import."""
    return "table-t>" in str(quad.subject) or "/agent/" in str(quad.subject)
