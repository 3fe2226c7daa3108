"""Writes exact fractions as JSON: the nearest floating point number, and exactly."""

from __future__ import annotations

from fractions import Fraction

from api.situation import Json


def fraction_json(fraction: Fraction) -> Json:
    """Give a fraction; `exact` has numerator and denominator."""
    return {"value": float(fraction), "exact": str(fraction)}
