"""Keeps texts with characters that XML 1.0 cannot hold out of XML; the engine writes them as is.

https://www.w3.org/TR/xml/#charsets has them: most control characters, U+FFFE and U+FFFF.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

from graph.errors import InvalidRequest

_OUTSIDE: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class Sink(Protocol):
    """What can be written to."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes."""

    def flush(self) -> None:
        """Do what is put off."""


def check_xml(document: bytes) -> None:
    """Refuse UTF-8 that is no XML for its characters; raises InvalidRequest."""
    if found := _OUTSIDE.search(document):
        raise InvalidRequest(
            f"a text in the answer has the character U+{ord(found[0].decode()):04X}, which XML "
            "cannot hold",
            hint="ask for another format, such as json for a table or ttl for a graph",
        )


def xml_text(text: str) -> str:
    """Put U+FFFD in the place of each character that XML cannot hold."""
    return _OUTSIDE.sub("\ufffd".encode(), text.encode("utf-8", "replace")).decode()


class CheckedXml:
    """Passes XML on as long as it is XML; `write` raises InvalidRequest as `check_xml` does."""

    def __init__(self, sink: Sink) -> None:
        """Pass on to `sink`."""
        self._sink = sink
        self._tail = b""

    def write(self, data: bytes, /) -> int:
        """Check and pass on."""
        text = self._tail + data
        check_xml(text)
        # A character may be cut in two by the end of what is written at once.
        self._tail = text[-2:]
        return self._sink.write(data)

    def flush(self) -> None:
        """Do what is put off."""
        self._sink.flush()
