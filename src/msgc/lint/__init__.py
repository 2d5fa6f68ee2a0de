"""Rules over the resolved topology: what AWS would refuse, and what it would lose in silence."""

from msgc.lint.run import lint

__all__ = ["lint"]
