"""Finds what a change can touch by the rules, and judges a slice of the graph around it."""
