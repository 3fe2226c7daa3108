"""Makes Hypothesis try the same everywhere, never by the clock; tells what long tests did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "servanda",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("servanda")

Done = Callable[[str], None]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have the tests that open a browser run last.

    Playwright keeps an event loop running in the process until its tests are over, in which no
    other test could run one of its own.
    """
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))


@pytest.fixture
def done(record_property: Callable[[str, object], None]) -> Done:
    """Give a function that has a sentence on what was done printed when all tests are over."""
    return lambda sentence: record_property("done", sentence)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests have told with `done`."""
    told = [
        f"{report.nodeid.rpartition('::')[2]}: {sentence}"
        for report in terminalreporter.stats.get("passed", [])
        for name, sentence in report.user_properties
        if name == "done"
    ]
    if told:
        terminalreporter.section("what was done")
        for line in sorted(told):
            terminalreporter.line(line)
