"""docs/export.md is run from top to bottom, in a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.test_import_page import ROOT, SERVANDA, lines

PAGE = (ROOT / "docs" / "export.md").read_text("utf-8")
COMMANDS = [
    found
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for found in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


def typed(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a shell does that finds `servanda`."""
    path = f"{SERVANDA.parent}{os.pathsep}{os.environ['PATH']}"
    variables = {**os.environ, "PATH": path, "SERVANDA_DATA_DIR": str(folder / "graph")}
    return subprocess.run(
        command, shell=True, cwd=folder, env=variables, capture_output=True, text=True
    )


def test_the_page_shows_what_the_program_says(tmp_path: Path) -> None:
    assert typed(f"servanda load '{ROOT / 'data'}'", tmp_path).returncode == 0
    for command, shown in COMMANDS:
        done = typed(command, tmp_path)
        assert done.returncode == 0, done.stderr
        said = lines(done.stdout + done.stderr)
        assert [line for line in lines(shown) if line not in said] == [], command
    assert len(COMMANDS) == 10


def test_every_format_and_file_is_on_the_page(tmp_path: Path) -> None:
    said = typed("servanda export --format none", tmp_path).stderr
    formats = set(re.findall(r"\w[\w-]*", said.partition("choose ")[2])) - {"or"}
    assert len(formats) == 8
    assert {each for each in formats if f"`{each}`" not in PAGE} == set()


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)[)#]", PAGE)
    assert links
    assert not [link for link in links if not (ROOT / "docs" / link).exists()]
