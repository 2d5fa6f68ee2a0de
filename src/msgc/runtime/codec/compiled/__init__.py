"""Codecs of classes with many payloads, compiled to Python functions."""
