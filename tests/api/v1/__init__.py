"""Tests of the resources under /api/v1."""
