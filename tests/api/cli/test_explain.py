from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.namespaces import ID
from tests.api.cli.conftest import Answer, Shown

FORCE = "commitment/multinational-force"
NO_CEASEFIRE = {
    "evidence": f"{ID}evidence/no-ceasefire",
    "label": "no ceasefire yet: active warfare continues",
    "holds": False,
    "speakers": [{"id": f"{ID}actor/article-author", "label": "author of the article"}],
    "sources": [
        {"id": f"{ID}source/paris-2026-article", "label": "News article on the Paris meeting"}
    ],
    "paragraphs": ["9"],
    "quotations": ["while active warfare continues"],
}
TREE = """\
  established when
    * met: the framework is endorsed
          for: “endorsed by participating nations”, author of the article, \
News article on the Paris meeting, paragraph 2
  activated when (decides)
    * waiting: the guarantees are activated and the troops approved (all of)
      * waiting: a ceasefire or a settlement, and approval at home after it (all of)
        * waiting: a ceasefire or a settlement (any of)
          * waiting: a ceasefire
                against: “while active warfare continues”, author of the article, \
News article on the Paris meeting, paragraph 9
          * waiting: a peace settlement
          * waiting: a comprehensive settlement
        * waiting: approval at home after a ceasefire or a settlement (after)
          * waiting: approval of carrying out the security guarantees by the Parliament of \
Canada
            later than
          * waiting: a ceasefire or a settlement (any of)
            * waiting: a ceasefire
                  against: “while active warfare continues”, author of the article, \
News article on the Paris meeting, paragraph 9
            * waiting: a peace settlement
            * waiting: a comprehensive settlement
        not needed for Canada: approval of sending troops to Ukraine \
(applies to European countries at the Paris meeting)
"""


def nodes(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield tree
    for operand in tree["operands"]:
        yield from nodes(operand)


def test_the_tree_follows_the_sentence_down_to_the_words_of_the_source(shown: Shown) -> None:
    out, err = shown("explain", FORCE, "--debtor", "actor/canada", "--as-of", "2026-01")
    sentence, tree = out.split("\n", 1)
    assert sentence == (
        "Canada, since 2026-01-31: conditional: waits for a ceasefire, a peace settlement or a "
        "comprehensive settlement, and then for approval by the Parliament of Canada"
    )
    assert tree == TREE
    assert err.startswith(f"{FORCE}; as of 2026-01-31, ")


def test_every_debtor_is_explained_unless_one_is_named(answer: Answer) -> None:
    every = answer("explain", FORCE, "--as-of", "2026-01")["debtors"]
    one = answer("explain", FORCE, "--as-of", "2026-01", "--debtor", "actor/france")["debtors"]
    assert [each["label"] for each in every] == ["Canada", "France", "United Kingdom"]
    assert one == [every[1]]


def test_a_node_shows_its_verdict_its_evidence_and_whether_it_decides(answer: Answer) -> None:
    (canada, *_) = answer("explain", FORCE, "--as-of", "2026-01")["debtors"]
    assert canada["decidedBy"] == "activated when"
    found = {each["condition"]: each for each in nodes(canada["gates"]["activated when"])}
    ceasefire = found[f"{ID}condition/ceasefire"]
    assert ceasefire == {
        "condition": f"{ID}condition/ceasefire",
        "kind": "Occurs",
        "label": "a ceasefire",
        "operator": None,
        "verdict": "waiting",
        "open": True,
        "contributes": True,
        "applies": True,
        "appliesTo": None,
        "for": [],
        "against": [NO_CEASEFIRE],
        "assumed": [],
        "operands": [],
    }
    # Canada is no European country: the approval of troops is met, and what is missing decides.
    troops = found[f"{ID}condition/approval-of-troops"]
    assert (troops["verdict"], troops["contributes"], troops["open"]) == ("met", False, False)


def test_who_needs_no_approval_is_not_said_to_have_given_it(answer: Answer) -> None:
    (canada, france, _) = answer("explain", FORCE, "--as-of", "2026-01")["debtors"]
    for debtor, needs in ((canada, False), (france, True)):
        found = {each["condition"]: each for each in nodes(debtor["gates"]["activated when"])}
        troops = found[f"{ID}condition/approval-of-troops"]
        assert troops["applies"] is needs
        assert troops["appliesTo"]["label"] == "European countries at the Paris meeting"


def test_a_finding_that_nobody_is_named_for_shows_what_is_said(answer: Answer) -> None:
    found = answer("explain", "commitment/response-protocols", "--as-of", "2026-01")
    (canada, *_) = found["debtors"]
    kinds = {each["kind"]: each for each in nodes(canada["gates"]["activated when"])}
    assert (kinds["Determined"]["verdict"], kinds["Determined"]["for"]) == ("waiting", [])


def test_without_named_debtors_there_is_nothing_to_explain(shown: Shown) -> None:
    out, err = shown("explain", "possibility/weapons-instead-of-forces")
    assert out == ""
    assert err.startswith("no debtor is named\n")
