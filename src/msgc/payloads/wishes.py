"""What messaging.yaml says of a message's classes in Python, beside what its schema does.

So that a schema of somebody else need not be edited for it.
"""

from __future__ import annotations

from typing import Literal

from msgc.record import Record
from msgc.source import Span
from msgc.tree import Mapping


class Wish(Record):
    """What is said of one field."""

    path: tuple[str, ...]
    span: Span
    words: Mapping


class Wishes(Record):
    """What is said of a message: whether it keeps undeclared properties, and of its fields."""

    extra: Literal["keep", "drop"] | None = None
    fields: tuple[Wish, ...] = ()
