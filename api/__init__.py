"""Serves the graph over HTTP and on the command line; what it means is decided in `graph`."""
