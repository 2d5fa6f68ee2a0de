"""Emitters: pure functions from a topology and its links to files in memory."""
