"""A second evaluator, written straight from docs/semantics.md: slow, day by day, with no memory.

It shares no function with `graph`, only the model's values and the words for truth, so that a
mistake in one of the two shows as a difference.
"""
