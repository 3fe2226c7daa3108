"""Identifiers and labels as people write them: found, or refused with the nearest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from graph.errors import NotFound
from graph.namespaces import ID, SV

_MOST_OFFERED: Final = 5


def identified(text: str, known: Collection[str], noun: str) -> str:
    """Find what a short identifier, `id:` name or IRI names; raises NotFound with the nearest."""
    iri = _iri(text)
    if iri in known:
        return iri
    raise _unknown(text, known, noun)


def _iri(text: str) -> str:
    given = text.strip().removeprefix("id:")
    return given if "://" in given else ID + given


def _unknown(text: str, known: Collection[str], noun: str) -> NotFound:
    names = sorted(short(each).removeprefix(SV) for each in known)
    near = _nearest(short(_iri(text)).removeprefix("sv:"), names)
    hint = f"did you mean `{near}`" if near else _example(names, noun)
    return NotFound(f"no {noun} is called `{text}`", hint=hint)


def _nearest(given: str, names: Sequence[str]) -> str | None:
    """Give the name that is the same but for case, ends alike, or is written much like a text.

    A bare name is compared with the ends of names, a whole one with the whole.
    """
    wholes = {each.casefold(): each for each in names}
    ends = {ending(each.casefold()): each for each in names}
    whole, end = given.casefold(), ending(given.casefold())
    if whole in wholes or end in ends:
        return wholes.get(whole) or ends[end]
    if close := get_close_matches(whole, wholes, n=1):
        return wholes[close[0]]
    return next((ends[each] for each in get_close_matches(end, ends, n=1)), None)


def ended(text: str, known: Collection[str], noun: str) -> str:
    """Find what an identifier names, or its last part where no other thing ends in that.

    Raises NotFound with the nearest, or with all that end in it.
    """
    iri = _named(text, known)
    if iri is None:
        raise _unknown(text, known, noun)
    return iri


def _named(text: str, known: Collection[str]) -> str | None:
    found = sorted(each for each in known if ending(each) == text)
    if len(found) > 1:
        names = " or ".join(f"`{short(each)}`" for each in found)
        raise NotFound(f"several things are called `{text}`", hint=f"did you mean {names}")
    iri = found[0] if found else _iri(text)
    return iri if iri in known else None


def called(text: str, known: Collection[str], noun: str, labels: Iterable[tuple[str, str]]) -> str:
    """Find what an identifier, the last part of one, or a whole label names.

    `labels` are those of things, in every language; case does not matter. Raises NotFound with all
    that are called so, else with those whose labels have the words, else with the nearest.
    """
    named = _named(text, known)
    if named is not None:
        return named
    words = text.casefold().split()
    if not words or "/" in text:
        raise _unknown(text, known, noun)
    having = [(iri, label) for iri, label in labels if iri in known and _has(label, words)]
    exact = {iri: label for iri, label in having if label.casefold().split() == words}
    if len(exact) == 1:
        return next(iter(exact))
    if exact:
        raise NotFound(f"several things are called `{text}`", hint=_offer(exact))
    if not having:
        raise _unknown(text, known, noun)
    # Of its labels the last is told: with the words as they were given, and few besides.
    phrase = " ".join(words)
    having.sort(key=lambda each: (phrase in each[1].casefold(), -len(each[1]), each[1]))
    raise NotFound(f"no {noun} is called `{text}`", hint=_offer(dict(having)))


def _has(label: str, words: Iterable[str]) -> bool:
    return all(word in label.casefold() for word in words)


def _offer(found: Mapping[str, str]) -> str:
    names = [f"`{short(iri)}` ({label})" for iri, label in sorted(found.items())]
    more = len(names) - _MOST_OFFERED
    told = " or ".join(names[:_MOST_OFFERED])
    return f"did you mean {told}" + (f", or one of {more} more" if more > 0 else "")


def _example(known: list[str], noun: str) -> str:
    if not known:
        return f"the graph holds no {noun}"
    return f"give an identifier such as `{known[0]}`"


def short(iri: str) -> str:
    """Write an identifier without what all of ours begin with."""
    return iri.removeprefix(ID)


def ending(iri: str) -> str:
    """Give the last part of an identifier."""
    return iri.rpartition("/")[2]
