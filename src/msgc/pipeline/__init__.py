"""The compiler's phases in their order: check a messaging.yaml, then build from it."""

from msgc.pipeline.check import Checked, check

__all__ = ["Checked", "check"]
