"""Runs a generated stack; the only room that starts Node."""
