"""Tells whether a word of a SPARQL text is a keyword, which its tokens cannot; it refuses none.

Whether `<` opens an IRI or compares depends on the grammar around it, so tokens alone can be led
astray: FILTER(?a<1)SERVICE#>. The engine itself then says whether the word is a keyword, for a text
in which it is written otherwise parses only if it was none.
"""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import Final

import pyoxigraph as ox

# The engine refuses a variable that is not projected after parsing and before evaluating.
_PARSE_ONLY: Final[dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]] = {
    ox.Variable("parseOnly"): ox.Literal("")
}
_LAST: Final = "q" + ascii_lowercase
_IN_NO_NAME: Final = "\uffff"


def without(text: str, *words: str) -> str | None:
    """Write some words otherwise wherever they stand; None for a text in which they do not.

    What they become is nowhere in the text: with a prefix `trueSERVICq:` declared, `trueSERVICE:a`,
    which is a call, would else become a name.
    """
    there = text.lower()
    last = next(
        (sign for sign in _LAST if not any(word[:-1] + sign in there for word in words)),
        _IN_NO_NAME,
    )
    found, times = re.subn(
        "|".join(words), lambda word: word[0][:-1] + last, text, flags=re.IGNORECASE
    )
    return found if times else None


def parse_query(text: str) -> None:
    """Parse a query; raises SyntaxError for what is none."""
    try:
        ox.Store().query(text, substitutions=_PARSE_ONLY)
    except RuntimeError:
        return


def sees_named_graphs(text: str) -> bool:
    """Tell whether a query asks anything but the merge of what is recorded, or cannot be parsed."""
    otherwise = without(text, "graph", "from")
    if otherwise is None:
        return False
    try:
        parse_query(otherwise)
    except SyntaxError:
        return True
    return False
