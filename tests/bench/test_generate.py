"""Generated graphs keep the rules and have the proportions of the shipped data."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from bench.generate import GRAPH, LEAST, SHIPPED, generated
from graph.dataset import read_datasets
from graph.namespaces import PREFIXES, SV

ROOT = Path(__file__).resolve().parent.parent.parent
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
STATE = ox.NamedNode(f"{SV}State")
DATASET = ox.NamedNode(f"{SV}Dataset")


def written(triples: int, seed: int, output: str) -> bytes:
    command = [sys.executable, "-m", "bench.generate", "-o", output]
    sizes = ["--triples", str(triples), "--seed", str(seed)]
    return subprocess.run([*command, *sizes], cwd=ROOT, capture_output=True, check=True).stdout


def comparable(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Leave out files, of which a graph is one, and states, of which the world has so many."""
    found = {quad.triple: quad for quad in quads}.values()
    left_out = {quad.subject for quad in found if quad.object in (STATE, DATASET)}
    headers = {quad.graph_name for quad in found} | {GRAPH}
    return [quad for quad in found if quad.subject not in left_out | headers]


def shares(quads: Iterable[ox.Quad], of: Callable[[ox.Quad], object]) -> dict[object, float]:
    counted = Counter(of(quad) for quad in quads)
    counted.pop(None, None)
    return {kind: count / counted.total() for kind, count in counted.items()}


def class_of(quad: ox.Quad) -> object:
    return quad.object if quad.predicate == TYPE else None


def datatype_of(quad: ox.Quad) -> object:
    return quad.object.datatype if isinstance(quad.object, ox.Literal) else None


def language_of(quad: ox.Quad) -> object:
    return quad.object.language if isinstance(quad.object, ox.Literal) else None


@pytest.mark.parametrize(
    "of",
    [class_of, lambda quad: quad.predicate, datatype_of, language_of],
    ids=["classes", "properties", "datatypes", "languages"],
)
def test_the_proportions_are_those_of_the_shipped_data(of: Callable[[ox.Quad], object]) -> None:
    shipped = [quad for dataset in read_datasets([SHIPPED]) for quad in dataset.quads]
    wanted = shares(comparable(shipped), of)
    found = shares(comparable(generated(100_000, seed=1)), of)
    assert found.keys() == wanted.keys()
    assert found == pytest.approx(wanted, rel=0.1, abs=0.0005)


@pytest.mark.parametrize("triples", [LEAST, 10_000, 100_000])
def test_there_are_as_many_triples_as_were_asked_for(triples: int) -> None:
    drawn = list(generated(triples, seed=2))
    assert len(set(drawn)) == len(drawn)
    assert 0.9 * triples <= len(drawn) <= triples


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert written(5_000, 7, "-") == written(5_000, 7, "-")
    assert written(5_000, 7, "-") != written(5_000, 8, "-")


@pytest.mark.parametrize(("triples", "name"), [(1_000, "small.nq"), (10_000, "larger.trig")])
def test_a_generated_graph_breaks_no_rule(triples: int, name: str, tmp_path: Path) -> None:
    written(triples, 3, str(tmp_path / name))
    servanda = Path(sys.executable).parent / "servanda"
    judged = subprocess.run(
        [servanda, "validate", tmp_path / name], cwd=tmp_path, capture_output=True, text=True
    )
    assert judged.returncode == 0, judged.stdout
    assert "violation" not in judged.stderr


def test_a_graph_that_cannot_be_made_is_refused() -> None:
    with pytest.raises(ValueError, match="at least"):
        next(generated(LEAST - 1, seed=1))


def test_memory_does_not_grow_with_the_graph() -> None:
    # In a process of its own, where nothing else has taken memory before.
    peaks = [
        int(
            subprocess.run(
                [sys.executable, "-c", _PEAK, str(size)], cwd=ROOT, capture_output=True, check=True
            ).stdout
        )
        for size in (20_000, 400_000)
    ]
    assert peaks[1] < 1.1 * peaks[0]


_PEAK = """
import resource, sys
from bench.generate import generated
for quad in generated(int(sys.argv[1]), seed=1):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
