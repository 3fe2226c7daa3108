"""docs/reliability.md promises what a test shows: each it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "reliability.md").read_text("utf-8")
ROWS = [line.split(" | ") for line in TEXT.splitlines() if re.match(r"\| \d+ \|", line)]
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def functions_in(path: str) -> set[str]:
    file = ROOT / path
    if not file.exists():
        return set()
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def missing(text: str) -> list[str]:
    return [
        f"{path}::{name}" for path, name in TEST.findall(text) if name not in functions_in(path)
    ]


def test_each_promise_names_tests_that_are_there() -> None:
    assert [int(row[0].strip("| ")) for row in ROWS] == list(range(1, 14))
    assert all(TEST.search(row[2]) for row in ROWS)
    assert missing(TEXT) == []


def test_each_promise_has_a_control() -> None:
    assert [row[1] for row in ROWS if not TEST.search(row[3]) and "as well" not in row[3]] == []


def test_every_file_of_the_long_tests_stands_behind_a_promise() -> None:
    named = {path for path, _ in TEST.findall(TEXT)}
    here = {
        f"tests/reliability/{file.name}" for file in (ROOT / "tests/reliability").glob("test_*")
    }
    # Slices are held to the whole graph: an agreement, which 0010 tells of.
    assert here - named == {"tests/reliability/test_many_writes.py"}


def test_a_test_that_is_gone_is_found() -> None:
    assert missing("`tests/test_reliability.py::test_gone`") == [
        "tests/test_reliability.py::test_gone"
    ]
    assert missing("`tests/test_none.py::test_gone`") == ["tests/test_none.py::test_gone"]
