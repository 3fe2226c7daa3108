"""What goes over a connection is HTTP/1.1, in as few pieces as can be."""

from __future__ import annotations

import h11
import pytest

from api.connections import JoinedHeads

LENGTH = ("Content-Length", "4")


def server_asked() -> JoinedHeads:
    connection = JoinedHeads(h11.SERVER)
    connection.receive_data(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
    assert isinstance(connection.next_event(), h11.Request)
    assert isinstance(connection.next_event(), h11.EndOfMessage)
    return connection


def test_a_head_is_given_with_the_first_piece_of_its_body_and_once() -> None:
    connection = server_asked()
    assert connection.send(h11.Response(status_code=200, headers=[LENGTH])) == b""
    first = connection.send(h11.Data(data=b"ab"))
    assert first is not None
    assert first.startswith(b"HTTP/1.1 200")
    assert first.endswith(b"\r\n\r\nab")
    assert connection.send(h11.Data(data=b"cd")) == b"cd"
    assert connection.send(h11.EndOfMessage()) == b""


@pytest.mark.parametrize("status", [204, 304])
def test_a_head_without_a_body_is_given_with_its_end(status: int) -> None:
    connection = server_asked()
    assert connection.send(h11.Response(status_code=status, headers=[])) == b""
    end = connection.send(h11.EndOfMessage())
    assert end is not None
    assert end.startswith(b"HTTP/1.1 %d" % status)
    connection.start_next_cycle()


def test_each_answer_over_a_connection_has_its_own_head() -> None:
    connection = server_asked()
    for _ in range(2):
        connection.send(h11.Response(status_code=200, headers=[LENGTH]))
        given = connection.send(h11.Data(data=b"abcd"))
        assert given is not None
        assert given.count(b"HTTP/1.1") == 1
        connection.send(h11.EndOfMessage())
        connection.start_next_cycle()
        connection.receive_data(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        assert isinstance(connection.next_event(), h11.Request)
        assert isinstance(connection.next_event(), h11.EndOfMessage)
