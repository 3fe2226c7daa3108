"""Inputs that mean harm, each sent to a running server or read by the command line's loader."""
