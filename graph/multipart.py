"""Takes a form (multipart/form-data) apart into headers and contents, within bounds.

It judges neither: what a part is for is the caller's to say. What is too much is refused before it
is taken apart, as a parser of mail would not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Final

from graph.errors import InvalidRequest

MULTIPART: Final = "multipart/form-data"
# RFC 2046, section 5.1.1.
_LONGEST_BOUNDARY: Final = 70
_MOST_HEADERS: Final = 4096
_BLANK_LINE: Final = re.compile(rb"\r?\n\r?\n")
# RFC 7578, section 4.7: forms have no use for the others.
_AS_IT_IS: Final = frozenset({"7bit", "8bit", "binary"})


@dataclass(frozen=True)
class Part:
    """A part of a form: what its headers say, and its content, byte for byte."""

    headers: Message
    content: bytes


def read_form(content_type: str, body: bytes, *, most: int) -> list[Part]:
    """Give the parts of a body, whose header Content-Type tells how they are set apart (RFC 7578).

    Raises InvalidRequest for what is no form, one of more than `most` parts, one in which a part
    has parts of its own, and headers of more than 4 kB.
    """
    bounds = _bounds(_delimiter(content_type), body, most)
    return [_part(body, number, *each) for number, each in enumerate(bounds, start=1)]


def _delimiter(content_type: str) -> re.Pattern[bytes]:
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary() or ""
    if not boundary or len(boundary) > _LONGEST_BOUNDARY or not boundary.isascii():
        raise InvalidRequest(
            "the form does not say how its parts are set apart",
            hint=f"add boundary= and up to {_LONGEST_BOUNDARY} signs to the header Content-Type",
        )
    line = re.escape(boundary.encode())
    # The end of the line stays with the part: two such lines in a row have an empty one between.
    return re.compile(rb"(?:\A|\r?\n)--" + line + rb"(--)?[ \t]*(?=\r?\n|\Z)")


def _bounds(delimiter: re.Pattern[bytes], body: bytes, most: int) -> list[tuple[int, int]]:
    """Give where each part begins and ends."""
    begins: list[int] = []
    ends: list[int] = []
    for line in delimiter.finditer(body):
        ends.append(line.start())
        if line[1]:
            break
        if len(begins) == most:
            raise InvalidRequest(
                f"the form has more than {most} parts", hint=f"send no more than {most} at once"
            )
        begins.append(line.end())
    if not begins or len(begins) == len(ends):
        raise InvalidRequest("the form has no parts", hint="set them apart by its boundary")
    return list(zip(begins, ends[1:], strict=True))


def _part(body: bytes, number: int, start: int, end: int) -> Part:
    blank = _BLANK_LINE.search(body, start, min(end, start + _MOST_HEADERS))
    if blank is None:
        raise InvalidRequest(
            f"the headers of part {number} of the form do not end",
            hint=f"put a blank line after them, and keep them within {_MOST_HEADERS // 1024} kB",
        )
    headers = message_from_bytes(body[start : blank.start()].lstrip())
    if headers.get_content_maintype() == "multipart":
        raise InvalidRequest(
            f"part {number} of the form has parts of its own", hint="send each part in the form"
        )
    encoding = str(headers.get("Content-Transfer-Encoding", "binary")).strip().lower()
    if encoding not in _AS_IT_IS:
        raise InvalidRequest(
            f"part {number} of the form is in `{encoding}`", hint="send its bytes as they are"
        )
    return Part(headers, body[blank.end() : end])
