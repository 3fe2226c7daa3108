from __future__ import annotations

import pytest

from api.negotiation import NotAcceptable, Offer, choose

OFFERS = [
    Offer("ttl", "text/turtle"),
    Offer("jsonld", "application/ld+json"),
    Offer("html", "text/html"),
]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "ttl"),
        ("", "ttl"),
        ("*/*", "ttl"),
        (BROWSER, "html"),
        ("text/html", "html"),
        ("TEXT/HTML", "html"),
        ("application/*", "jsonld"),
        ("text/turtle;q=0.5, text/html;q=0.6", "html"),
        ("text/html, text/turtle", "ttl"),
        ("text/*;q=0.9, text/turtle;q=0.1, application/ld+json;q=0.5", "html"),
        ("*/*, text/turtle;q=0", "jsonld"),
        ("text/html;level=1, application/ld+json;q=0.1", "jsonld"),
        ("text/turtle;charset=utf-8", "ttl"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, x"', "jsonld"),
        ("text/html;q=1.000, text/turtle;q=0.999", "html"),
        ("text/html;q=2, application/ld+json;q=0.1", "jsonld"),
        ("nonsense, text/html", "html"),
        ("text/html ; q=0.3 , application/ld+json ; q=0.4", "jsonld"),
    ],
)
def test_the_representation_the_client_rates_highest_is_chosen(
    accept: str | None, name: str
) -> None:
    assert choose(OFFERS, accept=accept, wanted=None).name == name


@pytest.mark.parametrize(
    "accept", ["image/png", "text/turtle;q=0", "*/*;q=0", "nonsense", "text/html;level=1", '"']
)
def test_what_nobody_offers_is_refused_with_a_list_of_what_exists(accept: str) -> None:
    with pytest.raises(NotAcceptable) as refused:
        choose(OFFERS, accept=accept, wanted=None)
    assert refused.value.hint is not None
    for offer in OFFERS:
        assert offer.media_type in refused.value.hint


@pytest.mark.parametrize("wanted", ["html", "HTML", "text/html"])
def test_a_format_that_is_named_outranks_the_header(wanted: str) -> None:
    assert choose(OFFERS, accept="text/turtle", wanted=wanted).name == "html"


def test_an_unknown_format_is_refused_although_the_header_fits() -> None:
    with pytest.raises(NotAcceptable, match="`pdf`"):
        choose(OFFERS, accept="text/turtle", wanted="pdf")


def test_a_weight_between_equals_does_not_reorder_the_servers_preference() -> None:
    assert choose(OFFERS, accept="*/*;q=0.1", wanted=None) is OFFERS[0]
