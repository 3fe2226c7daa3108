from __future__ import annotations

import pickle
import socket

import pytest

from api.errors import InvalidParameter, InvalidQuery
from api.negotiation import NotAcceptable
from graph import channel
from graph.errors import InvalidRequest, NotFound, ServandaError

ERRORS = [
    NotFound("nothing is called `x`", hint="did you mean `y`"),
    InvalidRequest("wrong", line=3, column=4),
    InvalidQuery(InvalidRequest("wrong", line=2, column=1), "one\ntwo"),
    InvalidParameter("unknown", name="limit", hint="leave it out"),
    NotAcceptable("nothing here is `image/png`"),
]


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 1_000_000])
def test_a_frame_arrives_as_it_was_sent(content: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * 10**6)
        ours.sendall(channel.frame(channel.CHUNK, content) + channel.frame(channel.END))
        assert channel.receive(theirs) == (channel.CHUNK, content)
        assert channel.receive(theirs) == (channel.END, b"")


def test_a_closed_connection_has_no_frame_even_when_one_had_begun() -> None:
    for begun in (b"", b"\0\0", b"\0\0\0\x09C"):
        ours, theirs = socket.socketpair()
        with theirs:
            with ours:
                ours.sendall(begun)
            assert channel.receive(theirs) is None


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_is_the_same_on_the_other_side(error: ServandaError) -> None:
    read = channel.read_refusal(pickle.dumps(error))
    assert type(read) is type(error)
    assert str(read) == str(error)
    assert vars(read) == vars(error)
    assert read.args == error.args[:1]


class Act:
    """What a pickle of would do something where it is read."""

    def __reduce__(self) -> tuple[object, ...]:
        return print, ("done",)


@pytest.mark.parametrize("content", [Act(), ValueError("x"), "text", channel.receive])
def test_a_refusal_that_is_no_error_of_ours_is_not_read(
    content: object, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(pickle.UnpicklingError):
        channel.read_refusal(pickle.dumps(content))
    assert capsys.readouterr().out == ""
