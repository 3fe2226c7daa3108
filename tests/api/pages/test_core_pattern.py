"""The drawing of the core pattern has every class and property of it, in any language."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from api.declared import declarations
from api.pages.core_pattern import core_pattern
from api.pattern import pattern
from api.rendering import href
from api.terms import vocabulary


def drawing(language: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{core_pattern(language)}</div>")


@pytest.mark.parametrize("language", ["en", "fr", "uk"])
def test_every_class_and_property_is_a_link_with_its_label(language: str) -> None:
    found = pattern(declarations())
    terms = [*found.classes, *(one.id for each in found.relations for one in each.properties)]
    names = vocabulary(language)
    links = [
        (each.attrib["href"], "".join(each.itertext())) for each in drawing(language).iter("a")
    ]
    assert sorted(links) == sorted((href(each), names[each].label) for each in terms)


def test_links_are_those_that_are_asked_for() -> None:
    written = ElementTree.fromstring(
        f"<div>{core_pattern(link=lambda iri: iri.partition('#')[2] + '.html')}</div>"
    )
    assert "Undertaking.html" in {each.attrib["href"] for each in written.iter("a")}


def test_it_says_in_words_how_the_classes_relate() -> None:
    (told,) = drawing("en").iter("desc")
    assert "undertaking to actor: beneficiary, creditor, debtor, lead, performer" in str(told.text)


def test_it_is_drawn_alike_each_time() -> None:
    assert core_pattern() == core_pattern()
