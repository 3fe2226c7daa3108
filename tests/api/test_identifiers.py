from __future__ import annotations

import pytest

from api.identifiers import called, ended, identified
from graph.errors import NotFound
from graph.namespaces import ID, SV

FORCE = "commitment/multinational-force"


@pytest.mark.parametrize("text", [FORCE, f"id:{FORCE}", ID + FORCE, f" {FORCE} "])
def test_an_identifier_may_be_short_prefixed_or_whole(text: str) -> None:
    assert identified(text, {ID + FORCE}, "undertaking") == ID + FORCE


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("commitment/multinational-forces", f"did you mean `{FORCE}`"),
        ("multinational-force", f"did you mean `{FORCE}`"),
        ("xyz", f"give an identifier such as `{FORCE}`"),
    ],
)
def test_an_unknown_identifier_suggests_the_nearest(text: str, hint: str) -> None:
    with pytest.raises(NotFound) as refused:
        identified(text, {ID + FORCE}, "undertaking")
    assert str(refused.value) == f"no undertaking is called `{text}`; {hint}"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("FRANCE", "actor/france"),
        ("France", "actor/france"),
        ("Actor/FRANCE", "actor/france"),
        ("event/france", "actor/france"),
        ("FRNACE", "actor/france"),
        ("land", "Land"),
        ("Lnad", "Land"),
        ("sv:Lnad", "Land"),
    ],
)
def test_the_nearest_has_the_same_ending_whatever_its_case_or_is_written_alike(
    text: str, near: str
) -> None:
    known = {f"{ID}actor/france", f"{ID}actor/finland", f"{SV}Land", f"{SV}Air"}
    with pytest.raises(NotFound) as refused:
        identified(text, known, "thing")
    assert refused.value.hint == f"did you mean `{near}`"


def test_an_unknown_identifier_where_there_is_none_says_so() -> None:
    with pytest.raises(NotFound, match="the graph holds no undertaking"):
        identified(FORCE, set(), "undertaking")


def test_the_last_part_is_enough_where_no_other_thing_ends_in_it() -> None:
    known = {ID + FORCE, f"{ID}intention/visit", f"{ID}possibility/visit"}
    assert ended("multinational-force", known, "undertaking") == ID + FORCE
    assert ended("intention/visit", known, "undertaking") == f"{ID}intention/visit"
    with pytest.raises(NotFound) as refused:
        ended("visit", known, "undertaking")
    assert str(refused.value) == (
        "several things are called `visit`; did you mean `intention/visit` or `possibility/visit`"
    )


LABELS = [
    (ID + FORCE, "Multinational force for Ukraine"),
    (ID + FORCE, "Багатонаціональні сили"),
    (f"{ID}commitment/reception", "Reception of the multinational force"),
    (f"{ID}commitment/one", "Training"),
    (f"{ID}commitment/two", "training"),
    (f"{ID}actor/training", "Training"),
]
KNOWN = {iri for iri, _ in LABELS if "/commitment/" in iri}


@pytest.mark.parametrize(
    "text", ["Multinational force for Ukraine", " multinational FORCE  for ukraine", FORCE]
)
def test_a_whole_label_names_a_thing_whatever_its_case(text: str) -> None:
    assert called(text, KNOWN, "undertaking", LABELS) == ID + FORCE


def test_a_label_may_be_in_any_language() -> None:
    assert called("багатонаціональні сили", KNOWN, "undertaking", LABELS) == ID + FORCE


def test_a_label_of_several_things_is_refused_with_all_of_them() -> None:
    with pytest.raises(NotFound) as refused:
        called("Training", KNOWN, "undertaking", LABELS)
    assert str(refused.value) == (
        "several things are called `Training`; did you mean `commitment/one` (Training) or "
        "`commitment/two` (training)"
    )


def test_a_part_of_a_label_is_refused_with_those_that_have_its_words() -> None:
    with pytest.raises(NotFound) as refused:
        called("multinational force", KNOWN, "undertaking", LABELS)
    assert str(refused.value) == (
        f"no undertaking is called `multinational force`; did you mean `{FORCE}` (Multinational "
        "force for Ukraine) or `commitment/reception` (Reception of the multinational force)"
    )


def test_of_many_things_the_first_are_offered() -> None:
    labels = [(f"{ID}commitment/c{number}", f"Aid {number}") for number in range(9)]
    with pytest.raises(NotFound, match=r"`commitment/c4` \(Aid 4\), or one of 4 more"):
        called("aid", {iri for iri, _ in labels}, "undertaking", labels)


@pytest.mark.parametrize("text", ["", " ", "commitment/multinational-forces", "xyz"])
def test_what_no_label_has_is_refused_as_an_identifier(text: str) -> None:
    with pytest.raises(NotFound) as refused:
        called(text, KNOWN, "undertaking", LABELS)
    with pytest.raises(NotFound) as expected:
        ended(text, KNOWN, "undertaking")
    assert str(refused.value) == str(expected.value)
