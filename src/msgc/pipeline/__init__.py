"""The story of msgc: check, then build."""

from msgc.pipeline.check import Checked, check

__all__ = ["Checked", "check"]
