"""Tests of the judging by slices."""
