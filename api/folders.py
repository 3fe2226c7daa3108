"""Writes a folder of files that appears when it is whole, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from graph.errors import InvalidRequest
from graph.head import sync_folder


def refuse_filled(target: Path) -> None:
    """Raise InvalidRequest for what is there already and no empty folder."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InvalidRequest(
            f"`{target}` is not an empty folder", hint="name one that is new or empty"
        )


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths below a new or empty folder; raises as `refuse_filled` does."""
    refuse_filled(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, data in files.items():
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            (partial / name).write_bytes(data)
        partial.chmod(0o755)
        partial.rename(target)
        sync_folder(target.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
