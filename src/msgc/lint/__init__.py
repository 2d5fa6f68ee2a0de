"""Lint rules: what AWS would refuse, and what would get lost without an error."""

from msgc.lint.run import lint

__all__ = ["lint"]
