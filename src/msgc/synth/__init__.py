"""Synthesise the generated stack in a process of its own; the only room that starts Node."""

from __future__ import annotations

from msgc.synth.synthesise import Assembly, synthesise

__all__ = ["Assembly", "synthesise"]
