"""A file that msgc would write."""

from __future__ import annotations

from msgc.record import Record


class Artifact(Record):
    """A generated file: its path relative to the folder of messaging.yaml, and its text (LF)."""

    path: str
    text: str
