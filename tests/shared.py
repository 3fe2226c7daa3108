"""Where test data lies that may not be copied into the project; tests without it are skipped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_BESIDE: Final = Path(__file__).parent.parent / ".." / "shared"
SHARED: Final = Path(os.environ.get("SERVANDA_SHARED", _BESIDE))
FACTS: Final = SHARED / "data" / "facts"
W3C: Final = SHARED / "w3c" / "rdf-tests" / "sparql" / "sparql11"
