"""Imports of tables over HTTP: taken, worked on in the background, watched and reported."""
