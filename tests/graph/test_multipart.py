"""A form is taken apart byte for byte, and one that is too much is refused before it is."""

from __future__ import annotations

import tracemalloc

import pytest

from graph.errors import InvalidRequest
from graph.multipart import Part, read_form

FORM = "multipart/form-data; boundary=b"


def read(body: bytes, content_type: str = FORM, most: int = 3) -> list[Part]:
    return read_form(content_type, body, most=most)


def test_the_content_of_each_part_is_as_it_was_sent() -> None:
    contents = [b"", b"\r\n", b"a\r\n\r\n--bc\r\n --b", bytes(range(256))]
    sent = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="table"\r\n\r\n%s\r\n' % each
        for each in contents
    )
    parts = read(b"preamble\r\n" + sent + b"--b--\r\nepilogue\r\n--b\r\n", most=4)
    assert [part.content for part in parts] == contents
    names = {part.headers.get_param("name", header="content-disposition") for part in parts}
    assert names == {"table"}


def test_parts_without_headers_and_lines_that_end_as_on_unix_are_read() -> None:
    body = b"--b \n\none\n--b\nContent-Type: text/csv\n\ntwo\n--b--"
    first, second = read(body, 'multipart/form-data; boundary="b"')
    assert (first.content, second.content) == (b"one", b"two")
    assert second.headers.get_content_type() == "text/csv"


@pytest.mark.parametrize(
    ("content_type", "body", "message"),
    [
        ("multipart/form-data", b"x", "does not say how"),
        (f"multipart/form-data; boundary={'b' * 71}", b"x", "does not say how"),
        ("multipart/form-data; boundary*=utf-8''%D0%B0", b"x", "does not say how"),
        (FORM, b"", "has no parts"),
        (FORM, b"--b--\r\n", "has no parts"),
        (FORM, b"--b\r\n\r\nno end", "has no parts"),
        (FORM, b"--b\r\nContent-Type: text/csv\r\n--b--", "headers of part 1 .* do not end"),
        (FORM, b"--b\r\n\r\n\r\n--b\r\nA: %s\r\n\r\n\r\n--b--" % (b"a" * 5000), "of part 2"),
        (FORM, b"--b\r\nContent-Type: multipart/mixed\r\n\r\n\r\n--b--", "parts of its own"),
        (FORM, b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\n\r\n--b--", "in `base64`"),
        (FORM, b"--b\r\n\r\n\r\n" * 4 + b"--b--", "more than 3 parts"),
    ],
)
def test_what_is_no_form_or_too_much_is_refused(
    content_type: str, body: bytes, message: str
) -> None:
    with pytest.raises(InvalidRequest, match=message) as refused:
        read(body, content_type)
    assert refused.value.hint


def test_a_million_boundary_lines_take_no_memory() -> None:
    body = b"--b\r\n" * 1_000_000
    tracemalloc.start()
    try:
        with pytest.raises(InvalidRequest, match="more than 3 parts"):
            read(body)
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()
