"""Writes feeds in Atom (RFC 4287), with the links of a feed in pages (RFC 5005); it makes none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from graph.namespaces import PREFIXES
from graph.xml_text import xml_text

MEDIA_TYPE: Final = "application/atom+xml"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_DATE: Final = f"{{{PREFIXES['dcterms']}}}date"

register_namespace("", _ATOM)
register_namespace("dcterms", PREFIXES["dcterms"])


@dataclass(frozen=True)
class Link:
    """A link of a feed or an entry."""

    rel: str
    href: str
    type: str


@dataclass(frozen=True)
class Entry:
    """An entry: `updated` is when it was last other than it is, `day` the day it speaks of."""

    id: str
    title: str
    summary: str
    updated: datetime
    day: str
    category: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Feed:
    """A feed, or a page of one."""

    id: str
    title: str
    subtitle: str
    author: str
    updated: datetime
    links: tuple[Link, ...]
    entries: tuple[Entry, ...]


def write(feed: Feed) -> bytes:
    """Write a feed; a character that XML cannot hold becomes U+FFFD."""
    root = Element(f"{{{_ATOM}}}feed")
    _texts(root, {"id": feed.id, "title": feed.title, "subtitle": feed.subtitle})
    _texts(root, {"updated": _moment(feed.updated)})
    _texts(SubElement(root, f"{{{_ATOM}}}author"), {"name": feed.author})
    _links(root, feed.links)
    for entry in feed.entries:
        _entry(SubElement(root, f"{{{_ATOM}}}entry"), entry)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(element: Element, entry: Entry) -> None:
    _texts(element, {"id": entry.id, "title": entry.title, "updated": _moment(entry.updated)})
    SubElement(element, _DATE).text = entry.day
    SubElement(element, f"{{{_ATOM}}}category", {"term": entry.category})
    _links(element, entry.links)
    _texts(element, {"summary": entry.summary})


def _texts(element: Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        SubElement(element, f"{{{_ATOM}}}{name}").text = xml_text(text)


def _links(element: Element, links: Iterable[Link]) -> None:
    for link in links:
        given = {"rel": link.rel, "href": link.href, "type": link.type}
        SubElement(element, f"{{{_ATOM}}}link", given)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
