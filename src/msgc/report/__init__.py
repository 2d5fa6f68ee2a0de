"""Findings to text for people, and to formats that programs read."""
