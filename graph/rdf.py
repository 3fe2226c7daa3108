"""Reads RDF texts into checked quads and writes them; it fetches nothing and keeps nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Final, cast
from xml.parsers import expat

import pyoxigraph as ox

from graph.datatypes import Fault, fault
from graph.errors import UnreadableInput
from graph.namespaces import BASE, PREFIXES
from graph.skolem import ground
from graph.xml_text import check_xml


@dataclass(frozen=True)
class Format:
    """A way to write RDF: `name` is what `--format` and `format=` call it."""

    name: str
    suffixes: tuple[str, ...]
    syntax: ox.RdfFormat

    @property
    def media_type(self) -> str:
        """Give the registered media type, without parameters."""
        return self.syntax.media_type


TURTLE: Final = Format("ttl", (".ttl",), ox.RdfFormat.TURTLE)
N_TRIPLES: Final = Format("nt", (".nt",), ox.RdfFormat.N_TRIPLES)
N_QUADS: Final = Format("nq", (".nq",), ox.RdfFormat.N_QUADS)
TRIG: Final = Format("trig", (".trig",), ox.RdfFormat.TRIG)
RDF_XML: Final = Format("rdf", (".rdf", ".owl"), ox.RdfFormat.RDF_XML)
JSON_LD: Final = Format("jsonld", (".jsonld",), ox.RdfFormat.JSON_LD)
FORMATS: Final = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, N_QUADS, TRIG)
FORMAT_OF_NAME: Final = {each.name: each for each in FORMATS}
FORMAT_OF_SUFFIX: Final = {suffix: each for each in FORMATS for suffix in each.suffixes}

# JSON-LD drops a relative IRI without a word and RDF/XML does not say where it stands, so both
# are read against an address nobody has and the IRIs under it are refused afterwards.
_NOWHERE = BASE + ".well-known/relative/"
_POSITION = re.compile(r"^Parser error (?:at|between) .*?: ")
# The parser recurses into both; some ten thousand end the process. No text of ours has either.
_MOST_NESTED = 100
_MOST_TRIPLE_TERMS = 5000
# What a browser and a server pass on as an address; no thing needs a longer name.
_LONGEST_IRI = 4096
# A text and an IRI are matched so as to be passed over.
_TURTLE_NAME = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>|(?<![\w-])([\w-]*):')
_JSON_NESTING = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)


def read(data: bytes, *, format: Format, graph: ox.NamedNode, source: str) -> list[ox.Quad]:  # noqa: A002
    """Read a text into quads of `graph` without blank nodes, each quad once.

    Quads which a TriG or N-Quads text puts into a graph of its own stay there. Raises
    UnreadableInput with line and column as `parse` does.
    """
    return ground(parse(data, format=format, source=source), graph)


def parse(data: bytes, *, format: Format, source: str) -> list[ox.Quad]:  # noqa: A002
    """Read a text into quads as it wrote them: blank nodes stay, and so do lexical forms.

    `source` names the text in errors. Raises UnreadableInput for bad syntax, a text that is not
    UTF-8, an IRI that is relative or over 4096 characters long, an ill-typed literal, a datatype
    outside OWL 2, RDF 1.2 terms, nesting over 100 levels, and RDF/XML that declares a document type
    or is cut short.
    """
    text = decode(data, source)
    _refuse_deep_nesting(text, format, source)
    if format is RDF_XML:
        _refuse_broken_xml(text, source)
    base = _NOWHERE if format in (RDF_XML, JSON_LD) else None
    encoded = text.encode()
    try:
        quads = list(ox.parse(encoded, format=format.syntax, base_iri=base))
    except SyntaxError as error:
        raise _malformed(error, text, source) from None
    # The parser takes a bare string or number for a text that says nothing.
    if format is JSON_LD and not text.lstrip().startswith(("{", "[")):
        raise _unreadable(
            "a text or a number alone is no JSON-LD",
            source,
            hint="write an object or a list of objects",
        )
    for quad in quads:
        problem = _problem_of(quad)
        if problem:
            line = _line_of(quad, encoded, format, base)
            raise _unreadable(problem.message, source, hint=problem.hint, line=line)
    return quads


def refuse_unreadable_terms(quads: Iterable[ox.Quad], source: str) -> None:
    """Refuse quads with a term that `parse` refuses; raises UnreadableInput, `source` in it."""
    for quad in quads:
        problem = _problem_of(quad)
        if problem:
            raise _unreadable(problem.message, source, hint=problem.hint)


def write(statements: Iterable[ox.Triple] | Iterable[ox.Quad], format: Format) -> bytes:  # noqa: A002
    """Write triples or quads as UTF-8 with the project's prefixes.

    Raises InvalidRequest for RDF/XML of a text that XML cannot hold.
    """
    written = ox.serialize(statements, format=format.syntax, prefixes=PREFIXES)
    assert written is not None
    if format is RDF_XML:
        check_xml(written)
    return _without_idle_prefixes(written) if format is TURTLE else written


def _without_idle_prefixes(turtle: bytes) -> bytes:
    """Leave out the prefixes that no name uses; the engine writes all it is given, one to a line.

    It writes a line break in a text as an escape, so that no text can pass for such a line.
    """
    lines = turtle.decode().split("\n")
    body = "\n".join(line for line in lines if not line.startswith("@prefix "))
    used = _prefixes_of(body)
    declared = re.compile(r"@prefix ([^:]*):")
    kept = [line for line in lines if not (found := declared.match(line)) or found[1] in used]
    return "\n".join(kept).encode()


def _prefixes_of(body: str) -> set[str]:
    """Find the prefixes that names have, until the project's are found: most are soon."""
    possible = {prefix for prefix in PREFIXES if f"{prefix}:" in body}
    used = set[str]()
    for name in _TURTLE_NAME.finditer(body):
        if used >= possible:
            break
        used.add(name[1])
    return used


def in_order(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Sort quads by graph and subject, so that one set of them is written as one text."""
    return sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.triple)))


def nquads(quads: Iterable[ox.Quad]) -> str:
    """Write quads as sorted N-Quads lines: one text for one set of quads."""
    lines = write(quads, N_QUADS).decode().split("\n")
    return "".join(f"{line}\n" for line in sorted(set(lines)) if line)


def read_nquads(text: str) -> tuple[ox.Quad, ...]:
    """Read what `nquads` wrote; raises SyntaxError when it did not."""
    return tuple(ox.parse(text, format=ox.RdfFormat.N_QUADS))


def decode(data: bytes, source: str) -> str:
    """Read UTF-8, with or without a byte order mark; raises UnreadableInput with the place."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        raise _unreadable(
            f"byte 0x{error.object[error.start]:02X} is not UTF-8",
            source,
            hint="save the file as UTF-8",
            line=before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
        ) from None


def _refuse_deep_nesting(text: str, syntax: Format, source: str) -> None:
    if text.count("<<") > _MOST_TRIPLE_TERMS:
        raise _unreadable("RDF 1.2 triple terms are not read", source)
    depth = 0
    for match in _JSON_NESTING.finditer(text) if syntax is JSON_LD else ():
        depth += (match["open"] is not None) - (match["close"] is not None)
        if depth > _MOST_NESTED:
            line = text.count("\n", 0, match.start()) + 1
            raise _unreadable(f"nested more than {_MOST_NESTED} levels deep", source, line=line)


def _refuse_broken_xml(text: str, source: str) -> None:
    parser = expat.ParserCreate()
    depth = 0

    def refuse(message: str, hint: str | None = None) -> None:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        raise _unreadable(message, source, hint=hint, line=line, column=column)

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            refuse(f"the encoding `{encoding}` is not read", "save the file as UTF-8")

    def doctype(*_: object) -> None:
        refuse("a DOCTYPE declaration is not read", "write the entities out")

    def enter(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_NESTED:
            refuse(f"nested more than {_MOST_NESTED} levels deep")

    def leave(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = declaration, doctype
    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        line, column = error.lineno, error.offset + 1
        raise _unreadable(f"not XML: {reason}", source, line=line, column=column) from None


def _malformed(error: SyntaxError, text: str, source: str) -> UnreadableInput:
    reason = _POSITION.sub("", error.msg)
    reason = reason[:1].lower() + reason[1:]
    hint = None
    if "LoadDocumentCallback" in reason:
        reason, hint = (
            "a context from elsewhere is never fetched",
            "write the context into the file",
        )
    elif "no scheme found" in reason:
        reason, hint = "a relative IRI has no base", "write the IRI in full or declare a prefix"
    # The parser counts past the last line when a text ends too early.
    line = min(error.lineno, text.count("\n") + 1) if error.lineno else None
    return _unreadable(reason, source, hint=hint, line=line, column=error.offset)


def _problem_of(quad: ox.Quad) -> Fault | None:
    for term in quad:
        if isinstance(term, ox.Triple):
            return Fault("RDF 1.2 triple terms are not read", "name the statement with an IRI")
        if isinstance(term, ox.NamedNode) and len(term.value) > _LONGEST_IRI:
            return Fault(
                f"an IRI has {len(term.value)} characters, which is over {_LONGEST_IRI}",
                "give the thing a shorter name",
            )
        if isinstance(term, ox.NamedNode) and term.value.startswith(_NOWHERE):
            relative = term.value.removeprefix(_NOWHERE)
            return Fault(f"the relative IRI `{relative}` has no base", "write the IRI in full")
        if isinstance(term, ox.Literal):
            problem = _problem_of_literal(term)
            if problem:
                return problem
    return None


def _problem_of_literal(literal: ox.Literal) -> Fault | None:
    if literal.direction is not None:
        return Fault(
            f"`{literal.value}` has an RDF 1.2 base direction, which is not read",
            "keep the language tag alone",
        )
    return fault(literal.value, literal.datatype.value)


class _LineReader:
    """Hands the parser one line at a time, so that what it has read tells where it stands."""

    def __init__(self, data: bytes) -> None:
        self._lines = data.splitlines(keepends=True)
        self._rest = b""
        self.line = 0

    def read(self, size: int = -1) -> bytes:
        if not self._rest and self.line < len(self._lines):
            self._rest = self._lines[self.line]
            self.line += 1
        size = len(self._rest) if size < 0 else size
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def _line_of(quad: ox.Quad, data: bytes, syntax: Format, base: str | None) -> int:
    """Find the line a quad's object stands on by parsing once more, a line at a time.

    The parser may have to see the line after a literal to know that it ended.
    """
    reader = _LineReader(data)
    for other in ox.parse(cast("IO[bytes]", reader), format=syntax.syntax, base_iri=base):
        if _same(other, quad):
            break
    lines = data.decode().splitlines()
    needle = quad.object.value.split("\n")[0] if isinstance(quad.object, ox.Literal) else ""
    for line in range(reader.line, 0, -1):
        if needle in lines[line - 1]:
            return line
    return reader.line


def _same(one: ox.Quad, other: ox.Quad) -> bool:
    """Compare without blank nodes, whose labels change from one parse to the next."""
    pairs = zip(one, other, strict=True)
    return all(a == b or (type(a) is type(b) is ox.BlankNode) for a, b in pairs)


def _unreadable(
    message: str,
    source: str,
    *,
    hint: str | None = None,
    line: int | None = None,
    column: int | None = None,
) -> UnreadableInput:
    place = f"`{source}`"
    if line:
        place += f", line {line}"
    if line and column:
        place += f", column {column}"
    # A text that is no text may hold what a terminal takes for a command.
    message = "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in message)
    return UnreadableInput(f"{place}: {message}", hint=hint, line=line, column=column)
