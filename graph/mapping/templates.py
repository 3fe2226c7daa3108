"""URI templates (RFC 6570, levels 1 and 2), filled with the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final
from urllib.parse import quote, urljoin

from graph.namespaces import PREFIXES
from graph.tables.cells import Unfit

_EXPRESSION: Final = re.compile(r"\{(?P<operator>[+#]?)(?P<name>[A-Za-z_]\w*)\}", re.ASCII)
# https://www.rfc-editor.org/rfc/rfc3986#section-2.2, and the sign of what is escaped already.
_RESERVED: Final = ":/?#[]@!$&'()*+,;=%"
# Of the prefixes that every CSVW document has (https://www.w3.org/2011/rdfa-context/rdfa-1.1).
_PREFIXES: Final = {
    **{name: PREFIXES[name] for name in ("owl", "prov", "rdf", "rdfs", "skos", "xsd")},
    **dict.fromkeys(("dc", "dcterms"), PREFIXES["dcterms"]),
}


@dataclass(frozen=True)
class Template:
    """A template, and the address that what it makes is relative to."""

    text: str
    base: str

    @cached_property
    def names(self) -> frozenset[str]:
        """Give the names of the columns it is filled from."""
        return frozenset(match["name"] for match in _EXPRESSION.finditer(self.text))

    @property
    def is_sound(self) -> bool:
        """Say whether it makes addresses, and every brace belongs to an expression."""
        try:
            self._parts  # noqa: B018 - it raises
        except Unfit:
            return False
        return not re.search(r"[{}]", _EXPRESSION.sub("", self.text))

    def fill(self, cells: Mapping[str, str]) -> str | None:
        """Give the IRI for a row; None where a cell that it names is empty.

        Raises Unfit for what is no address.
        """
        if not self.names <= cells.keys():
            return None
        filled = "".join(
            part if operator is None else _written(cells[part], operator)
            for operator, part in self._parts
        )
        # What a whole address comes from can be told only once it is filled.
        return self._absolute(filled) if self.text.startswith("{") else filled

    @cached_property
    def _parts(self) -> tuple[tuple[str | None, str], ...]:
        """Give the constant parts, without an operator, and the expressions, with theirs."""
        return tuple(self._divided(self._absolute(self.text)))

    @staticmethod
    def _divided(text: str) -> Iterator[tuple[str | None, str]]:
        end = 0
        for match in _EXPRESSION.finditer(text):
            yield None, text[end : match.start()]
            yield match["operator"], match["name"]
            end = match.end()
        yield None, text[end:]

    def _absolute(self, address: str) -> str:
        if address.startswith("{"):
            return address
        prefix, colon, name = address.partition(":")
        if colon and prefix in _PREFIXES:
            return _PREFIXES[prefix] + name
        try:
            return urljoin(self.base, address)
        except ValueError:
            hint = "write it as https://example.org/page"
            raise Unfit(f"`{address}` is no address", hint) from None


@lru_cache(maxsize=4096)
def _written(cell: str, operator: str) -> str:
    if not operator:
        return quote(cell, safe="")
    return ("#" if operator == "#" else "") + quote(cell, safe=_RESERVED)
