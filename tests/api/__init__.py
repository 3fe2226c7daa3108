"""Tests of `api`: real databases in temporary folders, real clients, real server processes."""
