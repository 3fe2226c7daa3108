"""Puts a question to the graph of a data directory and writes the answer as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.cli.database import opened_for_reading
from api.cli.terminal import write

if TYPE_CHECKING:
    from api.jobs.job import Job

Json = dict[str, Any]


def answered(data_dir: Path | None, job: Job, version: int | None = None) -> Json:
    """Answer from the graph of the directory an option named, or of the usual one.

    It is the graph as it is, or as it was at a version.
    """
    from api.snapshot import Snapshot

    with opened_for_reading(data_dir, version) as database:
        return job.run(Snapshot.of(database.store))


def write_json(answer: Json) -> None:
    """Write an answer to stdout."""
    write(json.dumps(answer, ensure_ascii=False, indent=2).encode())


def caption(answer: Json) -> str:
    """Name in one line what an answer depends on."""
    assumed = ", ".join(
        f"{each['label']} {each['truth']} from {each['since']}" for each in answer["scenario"]
    )
    return (
        f"as of {answer['asOf']}, known at {answer['knownAt']}, policy {answer['policy']}, "
        f"scenario {assumed or 'none'}, graph version {answer['version']}"
    )


def readings_caption(answer: Json) -> str:
    """Name in one line what an answer depends on, the chosen readings among it."""
    chosen = ", ".join(each["label"] for each in answer["readings"])
    return f"{caption(answer)}, readings {chosen or 'none'}"
