"""The README shows what the program prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVANDA = Path(sys.executable).parent / "servanda"
README = (ROOT / "README.md").read_text("utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return str(found)


def servanda(*arguments: str, cwd: Path, given: str = "") -> str:
    done = subprocess.run(
        [SERVANDA, *arguments], cwd=cwd, input=given, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_question_at_the_top_has_the_answer_below_it(tmp_path: Path) -> None:
    servanda("load", str(ROOT / "data"), cwd=tmp_path)
    command, _, shown = block("console").partition("\n")
    assert command.startswith("$ servanda ")
    assert servanda(*command.split()[2:], cwd=tmp_path).startswith(shown)


def test_the_sparql_query_has_the_answer_below_it(tmp_path: Path) -> None:
    servanda("load", str(ROOT / "data"), cwd=tmp_path)
    answer = servanda("query", "-", "--format", "csv", cwd=tmp_path, given=block("sparql"))
    assert answer.replace("\r\n", "\n") == block("csv")


def test_every_command_it_lists_exists_and_every_command_is_listed(tmp_path: Path) -> None:
    listed = set(re.findall(r"^servanda ([a-z-]+)", README, re.MULTILINE))
    shown = set(re.findall(r"^│ ([a-z][a-z-]*) ", servanda("--help", cwd=tmp_path), re.MULTILINE))
    assert listed == shown


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]


def test_its_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"(?:`|    )make ([a-z]+)", README))
    assert {"serve", "test", "lint", "bench", "ontology"} <= targets
    assert not [target for target in targets if f"\n{target}:" not in makefile]
