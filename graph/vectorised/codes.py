"""The six values as small integers, and the array types that hold them."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.truth import DISPUTED, HOLDING, MET, RULED_OUT, UNKNOWN, WAITING, Value

Days: TypeAlias = NDArray[np.int32]
Codes: TypeAlias = NDArray[np.int8]
Places: TypeAlias = NDArray[np.int64]
Numbers: TypeAlias = NDArray[np.int32]
Marks: TypeAlias = NDArray[np.bool_]

VALUES: Final[tuple[Value, ...]] = (MET, HOLDING, WAITING, RULED_OUT, UNKNOWN, DISPUTED)
"""A value's code is its place here: true below `C_WAITING`, unknown from `C_UNKNOWN` on."""

CODE: Final = {value: place for place, value in enumerate(VALUES)}
C_MET, C_HOLDING, C_WAITING, C_RULED_OUT, C_UNKNOWN, C_DISPUTED = (np.int8(n) for n in range(6))


def true(codes: Codes) -> Marks:
    """Mark the values that are true."""
    return codes < C_WAITING


def unknown(codes: Codes) -> Marks:
    """Mark the values that are unknown, disputed or not."""
    return codes >= C_UNKNOWN


def false(codes: Codes) -> Marks:
    """Mark the values that are false."""
    return (codes >= C_WAITING) & (codes < C_UNKNOWN)
