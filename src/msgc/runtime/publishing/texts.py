"""Which texts SNS and SQS take as ids, and as values of message attributes."""

from __future__ import annotations

import re

from ..errors import RefusedError

_ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

LONGEST_TOKEN = 128
"""Characters of a group or deduplication id."""


def is_token(text: str) -> bool:
    """Whether SQS and SNS take a text as a group or deduplication id."""
    legal = text.isascii() and text.isprintable() and " " not in text
    return legal and 1 <= len(text) <= LONGEST_TOKEN


def checked_token(text: str, written: str) -> str:
    """Return a group or deduplication id; refuse what AWS would."""
    if not is_token(text):
        message = (
            f"`{written}` is no group or deduplication id: "
            "1 to 128 ASCII letters, digits and punctuation, no spaces"
        )
        raise RefusedError(message)
    return text


def checked_value(text: str, name: str) -> str:
    """Return the value of an attribute; refuse what AWS would."""
    if not text:
        message = f"`{name}` is empty, which a message attribute can't be"
        raise RefusedError(message)
    if not text.isprintable() and re.search(_ILLEGAL, text):
        message = f"`{name}` has characters that a message attribute can't have"
        raise RefusedError(message)
    return text
