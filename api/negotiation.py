"""Picks the representation a client prefers (RFC 9110, section 12.5.1); it writes none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph.errors import ServandaError

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_RANGE = re.compile(rf"\s*(?P<type>{_WORD})/(?P<subtype>{_WORD})\s*")
_PARAMETER = re.compile(rf";\s*(?:(?P<name>{_WORD})\s*=\s*(?P<value>{_WORD}|{_QUOTED}))?\s*")
# A quote left open takes the rest of the header, so that no part of it is read twice.
_MEMBER = re.compile(r'(?:"(?:[^"\\]|\\.)*(?:"|$)|[^,"])+')
_WEIGHT = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")
# Every text here is UTF-8, and RFC 6906 lets a server ignore a profile it does not know: asking
# for either leaves the representation acceptable.
_HARMLESS = {"charset", "profile"}


class NotAcceptable(ServandaError):
    """No representation that exists is one the client takes."""


@dataclass(frozen=True)
class Offer:
    """A representation that exists: `name` is what `format=` and a suffix call it."""

    name: str
    media_type: str


AnyOffer = TypeVar("AnyOffer", bound=Offer)


@dataclass(frozen=True)
class _MediaRange:
    type: str
    subtype: str
    parameters: frozenset[str]
    quality: float

    @property
    def specificity(self) -> tuple[bool, bool, int]:
        return self.type != "*", self.subtype != "*", len(self.parameters)

    def matches(self, media_type: str) -> bool:
        main, _, sub = media_type.partition("/")
        if self.parameters - _HARMLESS:
            return False
        return self.type in ("*", main) and self.subtype in ("*", sub)


def choose(offers: Sequence[AnyOffer], *, accept: str | None, wanted: str | None) -> AnyOffer:
    """Give the offer named `wanted`, else the one that `accept` rates highest.

    `wanted` is the value of `format=`, a name or a media type, and outranks the header. Among
    equals the earlier offer wins. Raises NotAcceptable, which lists what exists.
    """
    if wanted is not None:
        return _named(offers, wanted)
    if accept is None or not accept.strip():
        return offers[0]
    ranges = list(_media_ranges(accept))
    # max() keeps the first of equals, so the order of the offers is the server's preference.
    best = max(offers, key=lambda offer: _quality(offer, ranges))
    if _quality(best, ranges) > 0:
        return best
    raise NotAcceptable(f"nothing here is `{accept}`", hint=_what_exists(offers))


def find(offers: Sequence[AnyOffer], name: str) -> AnyOffer | None:
    """Give the first offer with this name or media type."""
    return next((offer for offer in offers if name in (offer.name, offer.media_type)), None)


def format_schema(offers: Sequence[Offer]) -> dict[str, object]:
    """Describe to OpenAPI what `format=` can be where these offers are."""
    names = [name for one in offers for name in (one.name, one.media_type)]
    return {"type": "string", "enum": list(dict.fromkeys(names)), "examples": names[:1]}


def _named(offers: Sequence[AnyOffer], wanted: str) -> AnyOffer:
    offer = find(offers, wanted.strip().lower())
    if offer is None:
        raise NotAcceptable(f"there is no format `{wanted}` here", hint=_what_exists(offers))
    return offer


def _what_exists(offers: Sequence[Offer]) -> str:
    return "there is " + ", ".join(f"{offer.media_type} ({offer.name})" for offer in offers)


def _quality(offer: Offer, ranges: Sequence[_MediaRange]) -> float:
    fitting = [one for one in ranges if one.matches(offer.media_type)]
    return max(fitting, key=lambda one: one.specificity).quality if fitting else 0.0


def _media_ranges(accept: str) -> Iterator[_MediaRange]:
    """Read what is well formed; a malformed member accepts nothing."""
    for member in _MEMBER.findall(accept):
        head = _RANGE.match(member)
        if head is None:
            continue
        parameters = _parameters(member, head.end())
        if parameters is None:
            continue
        weight = parameters.pop("q", "1")
        if _WEIGHT.fullmatch(weight):
            yield _MediaRange(
                head["type"].lower(), head["subtype"].lower(), frozenset(parameters), float(weight)
            )


def _parameters(member: str, position: int) -> dict[str, str] | None:
    found: dict[str, str] = {}
    while position < len(member):
        match = _PARAMETER.match(member, position)
        if match is None:
            return None
        if match["name"]:
            found[match["name"].lower()] = match["value"].strip('"')
        position = match.end()
    return found
