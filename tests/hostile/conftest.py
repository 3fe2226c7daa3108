"""The servers of the command line's tests."""

from __future__ import annotations

from tests.api.cli.conftest import serve

__all__ = ["serve"]
