"""Measurements: ratios between programs that run side by side in one run."""
