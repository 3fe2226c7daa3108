from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import NoChromium, find, of_playwright, on_path

WORKS = "#!/bin/sh\necho Chromium 156\n"
LACKS_A_LIBRARY = (
    "#!/bin/sh\necho 'error while loading shared libraries: libnss3.so' >&2\nexit 127\n"
)


def browser(folder: Path, script: str, name: str = "chromium") -> Path:
    folder.mkdir()
    path = folder / name
    path.write_text(script)
    path.chmod(0o755)
    return path


def absent() -> Path:
    raise NoChromium("there is none")


def test_the_one_on_path_is_taken(tmp_path: Path) -> None:
    found = browser(tmp_path / "bin", WORKS)
    assert on_path(str(tmp_path / "bin")) == found


def test_a_path_without_one_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(NoChromium, match=r"none of chromium, .* is on PATH"):
        on_path(str(tmp_path))


def test_what_playwright_has_is_not_downloaded_again(tmp_path: Path) -> None:
    own = browser(tmp_path / "own", WORKS, "chrome")
    assert of_playwright(own) == own


def test_one_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    broken = browser(tmp_path / "broken", LACKS_A_LIBRARY)
    working = browser(tmp_path / "working", WORKS)
    assert find([absent, lambda: broken, lambda: working]) == working


def test_where_there_is_none_every_reason_is_told(tmp_path: Path) -> None:
    broken = browser(tmp_path / "broken", LACKS_A_LIBRARY)
    with pytest.raises(NoChromium, match=r"there is none; .* failed: .*libnss3\.so"):
        find([absent, lambda: broken])


def test_tests_that_start_playwright_run_after_all_others(request: pytest.FixtureRequest) -> None:
    start = ["playwright" in getattr(item, "fixturenames", ()) for item in request.session.items]
    assert start == sorted(start)
