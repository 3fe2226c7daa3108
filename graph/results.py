"""What a query found: read as rows or triples, or written in a format; once, as it is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import IO, Final, Literal, cast

import pyoxigraph as ox

from graph.errors import InvalidRequest
from graph.rdf import FORMAT_OF_NAME, write
from graph.xml_text import CheckedXml, Sink

Kind = Literal["solutions", "boolean", "triples"]

SOLUTION_FORMATS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_FORMATS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "solutions": tuple(SOLUTION_FORMATS),
    "boolean": ("json", "xml"),
    "triples": tuple(FORMAT_OF_NAME),
}
_NAMES: Final[Mapping[Kind, str]] = {
    "solutions": "a table",
    "boolean": "a yes or no",
    "triples": "a graph",
}


class Results:
    """What a query found; it can be read or written once.

    `kind` says which of `rows`, `boolean` and `triples` there are.
    """

    def __init__(self, found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> None:
        """Wrap what the engine found."""
        self._found = found
        self.kind: Kind = "triples"
        self.variables: tuple[str, ...] = ()
        if isinstance(found, ox.QuerySolutions):
            self.kind = "solutions"
            self.variables = tuple(variable.value for variable in found.variables)
        elif isinstance(found, ox.QueryBoolean):
            self.kind = "boolean"

    @property
    def boolean(self) -> bool:
        """Give the answer to an ASK."""
        assert isinstance(self._found, ox.QueryBoolean)
        return bool(self._found)

    def rows(self) -> Iterator[ox.QuerySolution]:
        """Give the solutions of a SELECT; an unbound variable is None."""
        assert isinstance(self._found, ox.QuerySolutions)
        yield from self._found

    def triples(self) -> Iterator[ox.Triple]:
        """Give the triples of a CONSTRUCT or DESCRIBE."""
        assert isinstance(self._found, ox.QueryTriples)
        yield from self._found

    def __iter__(self) -> Iterator[ox.QuerySolution | ox.Triple]:
        """Give the rows or the triples."""
        assert not isinstance(self._found, ox.QueryBoolean)
        yield from self._found

    def write(self, format: str) -> bytes:  # noqa: A002
        """Write everything: json, xml, csv, tsv for a table, json, xml for a yes or no, RDF else.

        Raises InvalidRequest for any other format.
        """
        written = BytesIO()
        self.write_to(written, format)
        return written.getvalue()

    def write_to(self, sink: Sink, format: str) -> None:  # noqa: A002
        """Write everything to `sink`, a table as it is found.

        Raises InvalidRequest as `write` does, and for a text that XML cannot hold.
        """
        if format not in _FORMATS[self.kind]:
            raise InvalidRequest(
                f"{_NAMES[self.kind]} cannot be written as `{format}`",
                hint=f"choose one of {', '.join(_FORMATS[self.kind])}",
            )
        if isinstance(self._found, ox.QueryTriples):
            sink.write(write(self.triples(), FORMAT_OF_NAME[format]))
        else:
            checked = CheckedXml(sink) if format == "xml" else sink
            # The engine asks of a sink just what is asked here, which is less than its types say.
            self._found.serialize(cast("IO[bytes]", checked), format=SOLUTION_FORMATS[format])
