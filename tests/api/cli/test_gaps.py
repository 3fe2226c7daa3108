from __future__ import annotations

from graph.namespaces import ID
from tests.api.cli.conftest import Answer, Shown


def test_each_commitment_is_given_with_what_it_lacks_and_what_is_left_open(
    answer: Answer,
) -> None:
    found = answer("gaps", "--as-of", "2026-01")["commitments"]
    assert len(found) == 6
    by_id = {each["commitment"].removeprefix(f"{ID}commitment/"): each for each in found}
    assert by_id["multinational-force"] == {
        "commitment": f"{ID}commitment/multinational-force",
        "label": "Multinational force for Ukraine",
        "distribution": "3 conditional, further debtors not named (number not stated)",
        "absent": [
            "all debtors named",
            "deadline",
            "discharge",
            "quantity to provide",
            "end",
            "remedy",
        ],
        "particulars": {
            "deadline": "open: unstated",
            "amount": "open: unstated",
            "lead": "open: unnamed",
            "financing": "open: unresolved",
            "monitor": "not recorded",
        },
    }


def test_the_record_and_the_gates_agree_on_deadlines(answer: Answer) -> None:
    for each in answer("gaps")["commitments"]:
        assert ("deadline" in each["absent"]) == (each["particulars"]["deadline"] != "stated")


def test_the_table_has_a_column_for_each_particular(shown: Shown) -> None:
    out, _ = shown("gaps")
    for column in ("deadline", "amount", "lead", "financing", "monitor", "open: unresolved"):
        assert column in out
