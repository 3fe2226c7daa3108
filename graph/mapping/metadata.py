"""Reads what a mapping file says of tables, their columns and the statements that cells make.

The words are those of https://www.w3.org/TR/tabular-metadata/; it reads no table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox

from graph.mapping.cells import Datatype, datatype_of
from graph.mapping.columns import Column, Mapping, Table
from graph.mapping.document import Part, read_document
from graph.mapping.templates import Template
from graph.namespaces import BASE, DATA
from graph.tables.statements import table_of

METADATA: Final = "csv-metadata.json"
CONTEXT: Final = "http://www.w3.org/ns/csvw"

# Inherited from the outside inwards (tabular-metadata, section 5.7).
_INHERITED: Final = {"aboutUrl", "datatype", "default", "lang", "null", "propertyUrl"} | {
    "required",
    "valueUrl",
}
_OF_GROUP: Final = {"@context", "@id", "@type", "tables", "dialect"} | _INHERITED
_OF_TABLE: Final = {"@context", "@id", "@type", "url", "tableSchema", "suppressOutput"} | {
    "dialect",
    "notes",
}
_OF_SCHEMA: Final = {"@id", "@type", "columns"}
_OF_COLUMN: Final = {"@id", "@type", "name", "titles", "virtual", "suppressOutput"}
_OF_DIALECT: Final = {"@type", "delimiter", "encoding", "quoteChar"}


def read_mapping(file: Path) -> Mapping:
    """Read a mapping file; raises UnreadableInput with the line that cannot be followed."""
    return mapping_of(read_document(file))


def mapping_of(root: Part) -> Mapping:
    """Give what a document says as a mapping; raises as `read_mapping` does."""
    base = _base(root)
    grouped = "tables" in root.members
    _refuse_unknown(root, _OF_GROUP if grouped else _OF_TABLE | _INHERITED)
    parts = list(root.parts("tables")) if grouped else [root]
    outer = _inherited(root, {}) if grouped else {}
    tables = tuple(_table(part, outer, base, root if grouped else part) for part in parts)
    if not tables:
        raise root.refuse("the mapping names no table", at="tables")
    _refuse_twins(root, tables)
    return Mapping(root.file, _graph(root), tables)


def _graph(root: Part) -> str:
    """Give the graph that `@id` names, or one named like the folder or the file."""
    file = root.file
    named = file.parent.name if file.name == METADATA else file.stem.partition(".")[0]
    graph = _absolute(root, "@id", BASE) if "@id" in root.members else DATA + named
    if not graph.startswith(DATA) or graph == DATA or not _is_iri(graph):
        hint = f'write "@id": "{DATA}NAME"'
        raise root.refuse(f"`{graph}` is no name for a dataset", at="@id", hint=hint)
    if "#" in graph or table_of(ox.NamedNode(graph)) is not None:
        hint = f'write "@id": "{DATA}NAME", without # and without table- at the beginning'
        raise root.refuse(f"`{graph}` is kept for tables and their rows", at="@id", hint=hint)
    return graph


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _base(root: Part) -> str:
    """Give the address that all others are relative to: that of Servanda, unless one is given."""
    context = root.members.get("@context")
    words = context if isinstance(context, list) else [context]
    if words[:1] != [CONTEXT]:
        hint = f'begin with "@context": "{CONTEXT}"'
        raise root.refuse("this is no mapping in CSVW", at="@context", hint=hint)
    stated = [each.members.get("@base") for each in words if isinstance(each, Part)]
    base = next((each for each in stated if isinstance(each, str)), BASE)
    try:
        urlsplit(base)
    except ValueError:
        raise root.refuse(f"`{base}` is no address", at="@context") from None
    return base


def _absolute(part: Part, name: str, base: str) -> str:
    """Give the address that a member is."""
    address = _text(part, name)
    try:
        return urljoin(base, address)
    except ValueError:
        raise part.refuse(f"`{address}` is no address", at=name) from None


def _table(part: Part, outer: dict[str, Any], base: str, root: Part) -> Table:
    _refuse_unknown(part, _OF_TABLE | _INHERITED)
    url = _text(part, "url")
    if not url:
        raise part.refuse("a table has no `url`", hint='add "url" with the name of its file')
    schema = part.members.get("tableSchema")
    if not isinstance(schema, Part):
        raise part.refuse(f"the table `{url}` has no `tableSchema`", at="tableSchema")
    _refuse_unknown(schema, _OF_SCHEMA | _INHERITED)
    given = _inherited(schema, _inherited(part, outer))
    address = _absolute(part, "url", base)
    dialect = _dialect(part) or _dialect(root)
    columns = tuple(
        _column(each, number, given, address)
        for number, each in enumerate(schema.parts("columns"), 1)
    )
    table = Table(
        name=urlsplit(address).path.rpartition("/")[2],
        columns=columns,
        says_nothing=part.members.get("suppressOutput") is True,
        delimiter=str(dialect.get("delimiter", ",")),
        quote=str(dialect.get("quoteChar", '"')),
    )
    _check_templates(schema, table)
    return table


def _dialect(part: Part) -> dict[str, Any]:
    dialect = part.members.get("dialect")
    if not isinstance(dialect, Part):
        return {}
    _refuse_unknown(dialect, _OF_DIALECT)
    if str(dialect.members.get("encoding", "utf-8")).lower() != "utf-8":
        raise dialect.refuse("tables are read as UTF-8 alone", at="encoding")
    for name in ("delimiter", "quoteChar"):
        if len(str(dialect.members.get(name, ","))) != 1:
            raise dialect.refuse(f"`{name}` is one character", at=name)
    return dialect.members


def _column(part: Part, number: int, outer: dict[str, Any], address: str) -> Column:
    _refuse_unknown(part, _OF_COLUMN | _INHERITED)
    given = _inherited(part, outer)
    titles, virtual = _titles(part), part.members.get("virtual") is True
    name = _text(part, "name") or next(iter(titles), "")
    if not name and not virtual:
        raise part.refuse("a column has neither `name` nor `titles`")
    # A name of its own, by which no template can call it.
    name = name or f"_col.{number}"
    silent = part.members.get("suppressOutput") is True
    return Column(
        name=name,
        titles=titles or (name,),
        datatype=_datatype(part, given.get("datatype", "string")),
        virtual=virtual,
        null=_null(part, given.get("null", "")),
        default=str(given.get("default", "")),
        required=given.get("required") is True,
        language=_language(part, given.get("lang")),
        about=_template(part, given, "aboutUrl", address),
        property=None if silent else _template(part, given, "propertyUrl", address),
        value=_template(part, given, "valueUrl", address),
        line=part.line,
    )


def _datatype(part: Part, given: Any) -> Datatype:
    described = dict(given.members) if isinstance(given, Part) else {"base": given}
    try:
        return datatype_of(described)
    except ValueError as error:
        raise part.refuse(str(error), at="datatype") from None


def _language(part: Part, given: Any) -> str | None:
    if given is None:
        return None
    try:
        return ox.Literal("", language=given).language
    except (TypeError, ValueError):
        raise part.refuse(f"`{given}` is no language", at="lang", hint="write en") from None


def _null(part: Part, given: Any) -> frozenset[str]:
    signs = given if isinstance(given, list) else [given]
    if not all(isinstance(sign, str) for sign in signs):
        raise part.refuse("`null` is a text or a list of texts", at="null")
    return frozenset(signs)


def _titles(part: Part) -> tuple[str, ...]:
    given = part.members.get("titles", [])
    titles = given if isinstance(given, list) else [given]
    if not all(isinstance(title, str) for title in titles):
        raise part.refuse("`titles` is a text or a list of texts", at="titles")
    return tuple(titles)


def _template(part: Part, given: dict[str, Any], name: str, address: str) -> Template | None:
    text = given.get(name)
    if text is None:
        return None
    if not isinstance(text, str):
        raise part.refuse(f"`{name}` is not a text", at=name)
    template = Template(text, address)
    if not template.is_sound:
        hint = "write the name of a column, as in {name}, or {+name} for a whole address"
        raise part.refuse(f"`{text}` is no template that is followed", at=name, hint=hint)
    return template


def _text(part: Part, name: str) -> str:
    value = part.members.get(name, "")
    if not isinstance(value, str):
        raise part.refuse(f"`{name}` is not a text", at=name)
    return value


def _inherited(part: Part, outer: dict[str, Any]) -> dict[str, Any]:
    return outer | {key: part.members[key] for key in _INHERITED & part.members.keys()}


def _refuse_unknown(part: Part, known: set[str]) -> None:
    for name in part.members:
        # A name with a colon is a remark of the mapping's author (tabular-metadata, section 5.8).
        if name not in known and (":" not in name or name.startswith("@")):
            hint = f"here one can say {', '.join(sorted(known))}"
            raise part.refuse(f"`{name}` is not followed here", at=name, hint=hint)


def _refuse_twins(root: Part, tables: tuple[Table, ...]) -> None:
    names = [table.sql_name for table in tables]
    for name in names:
        if names.count(name) > 1:
            raise root.refuse(f"two tables are named `{name}`", at="tables")


def _check_templates(schema: Part, table: Table) -> None:
    """Refuse what no row could make: a statement about nothing, or from a column that is absent."""
    named = {column.name for column in table.columns}
    parts = list(schema.parts("columns"))
    if len(named) < len(parts):
        names = [column.name for column in table.columns]
        twin = next(name for name in names if names.count(name) > 1)
        raise schema.refuse(f"two columns are named `{twin}`", at="columns")
    for part, column in zip(parts, table.columns, strict=True):
        if column.property and not column.about and not table.says_nothing:
            hint = 'add "aboutUrl" to the column or to its `tableSchema`'
            raise part.refuse(f"nothing tells what `{column.name}` is about", hint=hint)
        for template in filter(None, (column.about, column.property, column.value)):
            for name in sorted(template.names - named - {"_row"}):
                hint = f"the columns are {', '.join(sorted(named))}"
                raise part.refuse(f"`{template.text}` names no column: `{name}`", hint=hint)
