"""Payloads between JSON and Python, checked in both directions."""
