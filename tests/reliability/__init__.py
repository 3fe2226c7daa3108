"""Long tests of what must never go wrong: `make soak`."""
