"""Diagnostics to text and JSON."""
