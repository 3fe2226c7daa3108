"""What a thing is called by: its IRI."""

from __future__ import annotations

from typing import TypeAlias

Id: TypeAlias = str
