"""The whole graph as NumPy arrays: the answers of `graph.lifecycle`, for all debtors at once."""
