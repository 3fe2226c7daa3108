"""The knowledge graph: keeps, judges and queries what sources say, and derives what follows."""
