"""docs/import.md is run from top to bottom, in a folder of its own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVANDA = Path(sys.executable).parent / "servanda"
PAGE = (ROOT / "docs" / "import.md").read_text("utf-8")
BLOCKS = re.findall(r"```(console|csv)\n(.*?)```", PAGE, re.DOTALL)


def servanda(command: str, folder: Path) -> str:
    """Run a command as the page has it and give what a terminal shows."""
    program, *arguments = shlex.split(command)
    assert program == "servanda"
    done = subprocess.run(
        [SERVANDA, *arguments],
        cwd=folder,
        env={**os.environ, "SERVANDA_DATA_DIR": str(folder / "graph")},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_the_page_shows_what_the_program_says(tmp_path: Path) -> None:
    servanda(f"servanda load {ROOT / 'data'}", tmp_path)
    commands = 0
    for kind, text in BLOCKS:
        if kind == "csv":
            (tmp_path / "aid.csv").write_text(text, "utf-8")
            continue
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
            said = lines(servanda(command, tmp_path))
            assert [line for line in lines(shown) if line not in said] == [], command
            commands += 1
    assert commands == 5


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)[)#]", PAGE)
    assert links
    assert not [link for link in links if not (ROOT / "docs" / link).exists()]
