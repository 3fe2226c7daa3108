"""Names the machine that a table was measured on, and tells what a process takes of it."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path


def describe(packages: tuple[str, ...]) -> str:
    """Give processor, cores, memory, system and the versions that were measured."""
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}"
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def processor_time(parent: int) -> float:
    """Give the seconds of the processor that the children of a process have taken, one thread each.

    Unlike the time on a clock it hangs little on what else the machine does.
    """
    return sum(_nanoseconds_of_children(parent)) / 1e9


def _nanoseconds_of_children(parent: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            # The name, in parentheses, may hold anything.
            _, above, *_ = status.read_text().rpartition(")")[2].split()
            if int(above) == parent:
                # https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
                yield int(status.with_name("schedstat").read_text().split()[0])


def idle_memory(process: int) -> float:
    """Give the resident memory in MiB, and begin to look for its peak anew."""
    # https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html
    Path(f"/proc/{process}/clear_refs").write_text("5")
    return peak_memory(process)


def peak_memory(process: int) -> float:
    """Give the largest resident memory there has been, in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    return int(fields["VmHWM"].split()[0]) / 1024
