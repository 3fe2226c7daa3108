"""Reads a mapping that was sent by someone: it may name the tables sent with it, and nothing else.

Nothing is fetched, and no file is opened but those that were sent.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from graph.mapping.columns import VIEW, Mapping
from graph.mapping.document import Part, read_document
from graph.mapping.metadata import METADATA, mapping_of

FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,127}")


def read_sent_mapping(document: bytes, folder: Path) -> Mapping:
    """Put a mapping into an empty folder and read it from there.

    Raises UnreadableInput with the line of what cannot be followed; that is more than in a mapping
    of one's own: an address or a path in the place of a file's name, and a query.
    """
    file = folder / METADATA
    file.write_bytes(document)
    root = read_document(file)
    if "@id" not in root.members:
        raise root.refuse(
            "the mapping does not say which graph it makes", hint='add "@id": "data/NAME"'
        )
    for part in root.parts("tables") if "tables" in root.members else [root]:
        _check_url(part)
    return mapping_of(root)


def _check_url(part: Part) -> None:
    url = part.members.get("url")
    if not isinstance(url, str):
        return  # The reader tells it with what is to be written there.
    if not FILE_NAME.fullmatch(url):
        raise part.refuse(
            f"`{url}` is not the name of a file that was sent",
            at="url",
            hint="send the table along, and write its name alone: nothing is fetched or looked up",
        )
    if url.lower().endswith(VIEW):
        raise part.refuse(
            f"`{url}` is a query, which only mappings on this machine can have",
            at="url",
            hint="use a mapping that comes along, or `servanda import --mapping`",
        )
