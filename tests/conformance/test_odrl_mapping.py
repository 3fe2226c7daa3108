"""What the mapping from ODRL does with a policy of our own, and with terms it has no rule for."""

from __future__ import annotations

import pytest

from tests.conformance.odrl import Translation, Unmapped, by_the_day, by_the_instant
from tests.conformance.odrl_report import Answered
from tests.conformance.odrl_suite import EX, Case, facts

ANN_MAY_SEE_THE_FILM = """
    @prefix : <http://example.org/> .
    @prefix odrl: <http://www.w3.org/ns/odrl/2/> .
    @prefix dct: <http://purl.org/dc/terms/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix report: <https://w3id.org/force/compliance-report#> .
    :policy odrl:permission :may .
    :may odrl:assignee :ann ; odrl:action odrl:read ; odrl:target :film ;
        odrl:constraint :soon ; odrl:duty :pay .
    :soon odrl:leftOperand odrl:dateTime ; odrl:operator odrl:lteq ;
        odrl:rightOperand "2026-01-01T12:00:00Z"^^xsd:dateTime .
    :pay odrl:action odrl:compensate .
    :request odrl:permission :wish .
    :wish odrl:assignee :ann ; odrl:action odrl:read ; odrl:target :film .
    :film odrl:partOf :films .
    :world report:ruleReport :paid ; dct:created "2026-01-01T12:00:00Z"^^xsd:dateTime .
    :paid report:rule :pay ; report:performanceState report:Performed .
    <http://example.com/request/currentTime>
        dct:issued "2026-01-01T12:00:00Z"^^xsd:dateTime .
"""


def answered(old: str = "", new: str = "") -> Answered:
    assert old in ANN_MAY_SEE_THE_FILM
    given = facts(ANN_MAY_SEE_THE_FILM.replace(old, new).encode(), "a policy of our own")
    case = Case(1, "", f"{EX}policy", f"{EX}request", f"{EX}world", given, report=given)
    return Answered(Translation(case, by_the_instant(case)))


def test_a_rule_is_active_when_all_of_its_premises_are_satisfied() -> None:
    assert answered().activation() == "Active"
    assert answered().duties() == {f"{EX}pay": "Fulfilled"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (":may odrl:assignee :ann", ":may odrl:assignee :bea"),
        ("odrl:target :film ;", "odrl:target :book ;"),
        ("odrl:read ; odrl:target :film .", "odrl:sell ; odrl:target :film ."),
        ("odrl:lteq", "odrl:lt"),
        ("odrl:lteq", "odrl:gt"),
        ("report:Performed", "report:Unperformed"),
    ],
)
def test_one_unsatisfied_premise_makes_a_rule_inactive(old: str, new: str) -> None:
    assert answered(old, new).activation() == "Inactive"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (":may odrl:assignee :ann", ":ann odrl:partOf :club . :may odrl:assignee :club"),
        ("odrl:target :film ;", "odrl:target :films ;"),
        ("odrl:read ; odrl:target :film ;", "odrl:use ; odrl:target :film ;"),
        ("odrl:lteq", "odrl:eq"),
    ],
)
def test_a_member_or_a_narrower_action_satisfies_a_premise(old: str, new: str) -> None:
    assert answered(old, new).activation() == "Active"


def test_a_duty_of_which_nothing_is_known_leaves_its_rule_active() -> None:
    unknown = answered("report:Performed", "report:Unknown")
    assert unknown.duties() == {f"{EX}pay": "NonSet"}
    assert unknown.activation() == "Active"


def test_by_the_day_two_instants_of_one_day_are_the_same() -> None:
    given = answered().translation.case
    morning, evening = given.now.replace(hour=1), given.now.replace(hour=23)
    assert by_the_day(given)(morning) == by_the_day(given)(evening) == given.now.toordinal()


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("odrl:lteq", "odrl:isA", "operator `isA`"),
        ("odrl:dateTime ;", "odrl:count ;", "left operand"),
        (":soon odrl:leftOperand", ":soon odrl:unit :day ; odrl:leftOperand", "odrl/2/unit"),
        (":pay odrl:action", ":pay odrl:consequence :fine ; odrl:action", "consequence"),
        (":may odrl:assignee", ":may odrl:remedy :fine ; odrl:assignee", "remedy"),
        (":may odrl:assignee", ":may odrl:target :book ; odrl:assignee", "several values"),
        (":policy odrl:permission", ":policy odrl:obligation", "not just one permission"),
        (":policy odrl:permission", ":policy odrl:prohibition :not ; odrl:permission", "not just"),
        ("report:Performed", "report:Postponed", "performance state `Postponed`"),
    ],
)
def test_a_term_without_a_rule_is_refused(old: str, new: str, refused: str) -> None:
    with pytest.raises(Unmapped, match=refused):
        answered(old, new).activation()
