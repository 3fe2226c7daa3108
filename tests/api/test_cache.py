from __future__ import annotations

from api.cache import Cache, Kept


def of(size: int) -> Kept:
    return Kept(200, (), b"x" * size)


def test_what_was_put_is_found_again_under_its_key_alone() -> None:
    cache = Cache(100)
    cache.put((1, b"a"), of(10))
    assert cache.get((1, b"a")) == of(10)
    assert cache.get((2, b"a")) is None


def test_room_is_made_by_what_was_not_asked_for_the_longest() -> None:
    cache = Cache(100)
    for key in "abc":
        cache.put(key, of(30))
    cache.get("a")
    cache.put("d", of(30))
    assert [key for key in "abcd" if cache.get(key)] == ["a", "c", "d"]


def test_what_is_put_twice_counts_once() -> None:
    cache = Cache(100)
    cache.put("a", of(40))
    for _ in range(10):
        cache.put("b", of(40))
    assert cache.get("a")


def test_what_is_larger_than_all_room_is_not_kept() -> None:
    cache = Cache(100)
    cache.put("a", of(40))
    cache.put("b", of(101))
    assert cache.get("a")
    assert cache.get("b") is None
