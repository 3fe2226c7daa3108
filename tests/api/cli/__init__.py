"""Tests of `api.cli`: in this process where that is enough, else of the installed command."""
