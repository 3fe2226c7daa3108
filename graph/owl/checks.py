"""One check of the quality report, and the files that it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph import catalog
from graph.errors import ServandaError
from graph.namespaces import SV
from graph.resources import resource

Outcome = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, the places where it fails, and what to do about them.

    A skipped check could not be made; `mend` then says what is missing.
    """

    name: str
    outcome: Outcome
    places: tuple[str, ...]
    mend: str

    @property
    def passed(self) -> bool:
        """Tell whether the check was made and found nothing."""
        return self.outcome == "passed"


@dataclass(frozen=True)
class Files:
    """The Turtle files under judgement; `base` is the folder their names are told from."""

    base: Path
    ontology: tuple[Path, ...]
    data: tuple[Path, ...]

    @property
    def all(self) -> tuple[Path, ...]:
        """Give the ontology files, then the data."""
        return self.ontology + self.data

    @property
    def roots(self) -> tuple[Path, ...]:
        """The ontology files no other imports: what holds in their closures holds everywhere."""
        imported = {file for path in self.ontology for file in catalog.closure(path)[1:]}
        return tuple(path for path in self.ontology if path not in imported)


def found(folder: Path | None) -> Files:
    """Find the Turtle files of a folder; without one, those that came with the code."""
    base = (folder or resource("ontology").parent).resolve()
    ontology, data = (sorted((base / name).rglob("*.ttl")) for name in ("ontology", "data"))
    return Files(base, tuple(ontology), tuple(data))


def check(name: str, places: Sequence[str], mend: str) -> Check:
    """Make a check that failed where there are places."""
    return Check(name, "failed" if places else "passed", tuple(places), mend)


def each(base: Path, paths: Iterable[Path], judge: Callable[[Path], Iterable[str]]) -> list[str]:
    """Say what is wrong with each file, whatever cannot be read included."""
    places: list[str] = []
    for path in paths:
        name = path.relative_to(base).as_posix()
        try:
            places += [f"`{name}`: {wrong}" for wrong in judge(path)]
        except ServandaError as error:
            line = f", line {error.line}" if error.line else ""
            places.append(f"{str(error).replace(f'{base}/', '')}{line}")
    return list(dict.fromkeys(places))


def short(text: str) -> str:
    """Write the terms in a text by their prefixed names."""
    return text.replace(SV, "sv:")
