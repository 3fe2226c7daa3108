from __future__ import annotations

from io import BytesIO
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidRequest
from graph.xml_text import CheckedXml, check_xml


def is_xml(document: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(document, True)
    except expat.ExpatError:
        return False
    return True


def is_accepted(document: bytes) -> bool:
    try:
        check_xml(document)
    except InvalidRequest:
        return False
    return True


@given(st.characters(codec="utf-8", exclude_characters="<&"))
def test_just_what_a_parser_refuses_is_refused(character: str) -> None:
    document = f"<a>{character}</a>".encode()
    assert is_accepted(document) is is_xml(document)


@pytest.mark.parametrize("character", [*map(chr, range(32)), "\ufffd", "\ufffe", "\uffff", "\x7f"])
def test_the_characters_at_the_borders_are_told_apart(character: str) -> None:
    document = f"<a>{character}</a>".encode()
    assert is_accepted(document) is is_xml(document)


@pytest.mark.parametrize("cut", [1, 2, 3, 4])
def test_a_character_is_found_across_two_writes(cut: int) -> None:
    written = BytesIO()
    sink, text = CheckedXml(written), "a\uffffb".encode()
    parts = [text[:cut], text[cut:]]
    with pytest.raises(InvalidRequest, match="U\\+FFFF"):
        sink.write(parts[0]), sink.write(parts[1])


def test_xml_is_passed_on_as_it_is() -> None:
    written = BytesIO()
    sink = CheckedXml(written)
    for part in (b"<a>", "é\ufffd".encode(), b"</a>"):
        assert sink.write(part) == len(part)
    sink.flush()
    assert written.getvalue() == "<a>é\ufffd</a>".encode()
