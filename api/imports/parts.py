"""Reads what a client sends to be followed by a mapping: a form with the mapping and its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from api.bodies import decoded
from api.errors import InvalidParameter
from graph.mapping.columns import VIEW
from graph.mapping.sent import FILE_NAME
from graph.multipart import MULTIPART, read_form

MOST_TABLES: Final = 16
_MAPPING: Final = "mapping"
_TABLE: Final = "table"
_HINT: Final = f"send a part `{_MAPPING}`, and each table as a file in a part `{_TABLE}`"
SCHEMA: Final[dict[str, Any]] = {
    MULTIPART: {
        "schema": {
            "type": "object",
            "required": [_MAPPING, _TABLE],
            "properties": {
                _MAPPING: {
                    "type": "string",
                    "description": "The name of a mapping that comes along; or, as a file, a "
                    "mapping in CSV on the Web that names the tables sent with it",
                },
                _TABLE: {
                    "type": "array",
                    "maxItems": MOST_TABLES,
                    "items": {"type": "string", "format": "binary"},
                    "description": "The tables as CSV, each a file under the name that the "
                    "mapping has for it",
                },
            },
        }
    }
}
"""How OpenAPI describes the form."""


@dataclass(frozen=True)
class Sent:
    """What was sent: the text of a mapping, or the name of one, and the tables by their names."""

    mapping: bytes | str
    tables: dict[str, bytes]


def read_parts(content_type: str, body: bytes) -> Sent:
    """Read a form.

    Raises InvalidRequest for what is none, and for files that cannot be meant.
    """
    mappings: list[bytes | str] = []
    tables: dict[str, bytes] = {}
    for part in read_form(content_type, body, most=MOST_TABLES + 1):
        name = _text(part.headers.get_param("name", header="content-disposition"))
        file = part.headers.get_filename()
        if name == _MAPPING:
            mappings.append(_mapping(part.content, is_file=file is not None))
        elif name == _TABLE:
            _add_table(tables, file or "", part.content)
        else:
            raise InvalidParameter(f"there is no part `{name}`", name=name or "part", hint=_HINT)
    if len(mappings) != 1 or not tables:
        raise InvalidParameter(
            f"the form has {len(mappings)} mappings and {len(tables)} tables",
            name=_TABLE if mappings else _MAPPING,
            hint=_HINT,
        )
    return Sent(mappings[0], tables)


def _text(value: object) -> str:
    """Give what a header says; none where it says it in a way of its own."""
    return value if isinstance(value, str) else ""


def _mapping(content: bytes, *, is_file: bool) -> bytes | str:
    return content if is_file else decoded(content).strip()


def _add_table(tables: dict[str, bytes], name: str, content: bytes) -> None:
    if not FILE_NAME.fullmatch(name) or name.lower().endswith((VIEW, ".json")):
        raise InvalidParameter(
            f"`{name}` is no name of a table",
            name=_TABLE,
            hint="send it as a file, and name it alone, such as pledges.csv",
        )
    if name in tables:
        raise InvalidParameter(f"`{name}` is sent twice", name=_TABLE, hint="send each table once")
    tables[name] = content
