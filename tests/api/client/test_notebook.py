"""The notebook runs from the first cell to the last, and is kept without what it answered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.api.cli.conftest import environment

NOTEBOOK = Path(__file__).parents[3] / "docs" / "notebooks" / "paris.ipynb"
Json = dict[str, Any]
EXECUTE = Path(sys.executable).parent / "jupyter-execute"


@pytest.fixture(scope="module")
def executed(all_shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Json]:
    """Give the cells as Jupyter leaves it; a cell that fails, fails the test."""
    folder = tmp_path_factory.mktemp("notebook")
    done = subprocess.run(
        [EXECUTE, NOTEBOOK, f"--output={folder / 'executed'}"],
        cwd=folder,
        env=environment()
        | {
            "SERVANDA_DATA_DIR": str(all_shipped),
            "PYTHONWARNINGS": "error::DeprecationWarning:__main__",
            "IPYTHONDIR": str(folder),
            "JUPYTER_PLATFORM_DIRS": "1",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return read(folder / "executed.ipynb")


def read(notebook: Path) -> list[Json]:
    """Give the cells of a notebook that hold code."""
    cells: list[Json] = json.loads(notebook.read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_every_cell_runs_and_says_nothing_on_the_side(executed: list[Json]) -> None:
    assert [cell["execution_count"] for cell in executed] == [*range(1, len(executed) + 1)]
    assert not [out for cell in executed for out in cell["outputs"] if "data" not in out]
    assert sum("assert" in "".join(cell["source"]) for cell in executed) >= 8


def test_an_answer_shows_itself_as_a_table(executed: list[Json]) -> None:
    shown = ["".join(out["data"].get("text/html", "")) for c in executed for out in c["outputs"]]
    (force, *_) = [html for html in shown if "Multinational force for Ukraine" in html]
    assert "<td>conditional</td>" in force
    assert "waits for a ceasefire" in force


def test_what_is_kept_has_no_answers() -> None:
    assert not [cell for cell in read(NOTEBOOK) if cell["outputs"] or cell["execution_count"]]
