"""Drawings of small directed graphs, as numbers that a template writes as SVG."""
