"""Tests of the rules in shapes/."""
