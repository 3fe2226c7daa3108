from __future__ import annotations

import pytest

from api.numbers import whole_number


def test_a_number_of_18_digits_is_read() -> None:
    assert whole_number("9" * 18) == 10**18 - 1


@pytest.mark.parametrize("text", ["", "-1", "1.0", "1 ", "1\n", "\u0663", "9" * 19, "9" * 5000])
def test_what_is_no_number_or_too_long_is_not_read(text: str) -> None:
    assert whole_number(text) is None
