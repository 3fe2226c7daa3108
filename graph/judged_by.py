"""What a graph was last judged by: the rules, and the texts that its datasets quote from.

It lies beside the journal and is no part of the truth: without it the next write is judged whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import Final

import pyoxigraph as ox

RULES: Final = "judged-by"
TEXTS: Final = "texts"


class JudgedBy:
    """The files in a data directory that tell what the graph in it keeps to."""

    def __init__(self, directory: Path) -> None:
        """Look into a data directory."""
        self._directory = directory

    @property
    def rules(self) -> str | None:
        """Give the digest of the rules that the whole graph was judged by, if that is known."""
        file = self._directory / RULES
        return file.read_text("ascii") if file.is_file() else None

    def keep_rules(self, digest: str) -> None:
        """Note that the whole graph was judged by these rules."""
        if digest != self.rules:
            (self._directory / RULES).write_text(digest, "ascii")

    def text(self, graph: ox.NamedNode, version: int) -> str | None:
        """Give the source text that a dataset quoted from at a version, if there was one."""
        until = self._text_file(graph, version)
        kept = sorted(file for file in until.parent.glob("*.json") if file <= until)
        text: str | None = json.loads(kept[-1].read_text("utf-8")) if kept else None
        return text

    def keep_text(self, graph: ox.NamedNode, version: int, text: str | None) -> None:
        """Keep what a dataset quotes from since a version; None is for no text any more."""
        file = self._text_file(graph, version)
        file.parent.mkdir(parents=True, exist_ok=True)
        _replace(file, text)

    def erase_texts(self, words: Collection[str]) -> int:
        """Erase the source texts that hold any of the words and give how many those were.

        At the versions they were of, their datasets have none then. Begun files go as well.
        """
        erased = 0
        for file in (self._directory / TEXTS).glob("*/*"):
            if file.suffix == ".new":
                file.unlink()
            elif any(each in (json.loads(file.read_text("utf-8")) or "") for each in words):
                _replace(file, None)
                erased += 1
        return erased

    def _text_file(self, graph: ox.NamedNode, version: int) -> Path:
        name = hashlib.sha256(graph.value.encode()).hexdigest()
        return self._directory / TEXTS / name / f"{version:012}.json"


def _replace(file: Path, text: str | None) -> None:
    written = file.with_suffix(".new")
    written.write_text(json.dumps(text, ensure_ascii=False), "utf-8")
    written.replace(file)
