"""Finds the folders that travel with the code: in a wheel and in a checkout they lie apart."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

Folder = Literal["ontology", "shapes", "queries", "web", "mappings", "docs"]

_PACKAGED = files("graph") / "_resources"
_CHECKOUT = Path(__file__).resolve().parent.parent


def resource(folder: Folder, name: str = "") -> Path:
    """Give the path of a shipped folder, or of a file in it; it may not exist.

    In an installed wheel the folders lie under `graph/_resources`; a checkout has them beside
    the package, and no `_resources`.
    """
    packaged: Traversable = _PACKAGED / folder
    beside = _CHECKOUT / ("data/mappings" if folder == "mappings" else folder)
    root = Path(str(packaged)) if packaged.is_dir() else beside
    return root / name if name else root
