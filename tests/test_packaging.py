"""The wheel holds everything the program needs, and works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hatch_build import BUILT

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"

READ_EVERYTHING = """
import sys
from importlib.metadata import packages_distributions
from graph.resources import resource
assert "_resources" in str(resource("ontology")), resource("ontology")
owners = packages_distributions()
assert owners["graph"] == owners["api"] == ["servanda"], owners
from graph.mapping.follow import find_mapping
assert [find_mapping(each).tables for each in ("atop", "support-tracker")]
from graph.competency import questions
assert len(questions()) == 54
import pyoxigraph
for folder, pattern in (
    ("ontology", "*.ttl"), ("shapes", "*.ttl"), ("shapes", "*.rq"), ("queries", "*.rq")
):
    for path in sorted(resource(folder).rglob(pattern)):
        if path.suffix == ".ttl":
            assert list(pyoxigraph.parse(path=path)), path
        else:
            assert path.read_text("utf-8").startswith("#+"), path
        print(f"{folder}/{path.relative_to(resource(folder)).as_posix()}")
"""


def run(
    *command: str | Path, cwd: Path, project_environment: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    if project_environment is not None:
        environment["UV_PROJECT_ENVIRONMENT"] = str(project_environment)
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it in a fresh environment, give that environment's bin folder.

    The locked dependencies come from uv's cache, which building `.venv` has filled: no network.
    """
    place = tmp_path_factory.mktemp("wheel")
    environment = place / "venv"
    built = run(
        UV, "build", "--wheel", "--no-build-isolation", "--python", sys.executable, "--offline",
        "--out-dir", place, ROOT, cwd=place,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    synced = run(
        UV, "sync", "--locked", "--offline", "--no-default-groups", "--no-install-project",
        "--python", sys.executable, cwd=ROOT, project_environment=environment,
    )  # fmt: skip
    if "network was disabled" in synced.stderr:
        pytest.skip("uv's cache does not hold the locked dependencies: nothing to install from")
    assert synced.returncode == 0, synced.stderr
    wheel = next(place.glob("servanda-*.whl"))
    added = run(
        UV, "pip", "install", "--offline", "--no-deps", "--python", environment / "bin" / "python",
        wheel, cwd=place,
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    return environment / "bin"


def test_the_command_runs_from_anywhere(installed: Path, tmp_path: Path) -> None:
    shown = run(installed / "servanda", "--help", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "load" in shown.stdout
    assert "serve" in shown.stdout


def test_every_ontology_shape_and_query_file_can_be_read(installed: Path, tmp_path: Path) -> None:
    shown = run(installed / "python", "-c", READ_EVERYTHING, cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    shipped = {
        f"{folder}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, pattern in (
            *(("ontology", "*.ttl"), ("shapes", "*.ttl")),
            *(("shapes", "*.rq"), ("queries", "*.rq")),
        )
        for path in (ROOT / folder).rglob(pattern)
    }
    assert set(shown.stdout.split()) == shipped
    assert len(shipped) > 30


def test_the_islands_are_in_the_wheel_and_what_they_are_built_with_is_not(
    installed: Path, tmp_path: Path
) -> None:
    if not (BUILT / "page.js").exists():
        pytest.skip("the islands were not built: run `make setup` where npm can be reached")
    listed = "from graph.resources import resource; print(*resource('web').rglob('*'), sep='\\n')"
    shown = run(installed / "python", "-c", listed, cwd=tmp_path)
    names = {Path(line).name for line in shown.stdout.splitlines()}
    assert {file.name for file in BUILT.glob("*.js")} <= names
    assert {"base.html", "style.css", "v1.jsonld"} <= names
    assert not names & {"node_modules", "package-lock.json", "page.ts"}


def test_the_wheel_loads_a_dataset_and_answers_a_question(installed: Path, tmp_path: Path) -> None:
    loaded = run(installed / "servanda", "load", ROOT / "data", cwd=tmp_path)
    assert loaded.returncode == 0, loaded.stderr
    asked = run(installed / "servanda", "query", "components", "--format", "csv", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    assert len(asked.stdout.splitlines()) == 6


def test_the_makefile_brings_the_locked_uv() -> None:
    version = run(UV, "--version", cwd=ROOT).stdout.split()[1]
    assert f"UV_VERSION := {version}\n" in (ROOT / "Makefile").read_text("utf-8")
