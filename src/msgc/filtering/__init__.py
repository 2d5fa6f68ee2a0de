"""Filters: compiled, explained, and checked against the payloads of their messages."""
