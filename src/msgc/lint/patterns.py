"""How long an event pattern is, in the terms of EventBridge's quota."""

from __future__ import annotations

import json

from msgc.delivery.plan import Rule
from msgc.source import Span

HARD_LIMIT = 4096
QUOTA = 2048
"""What an account has that didn't ask for more."""


def length(rule: Rule) -> int:
    """Return the length of a rule's pattern as JSON, in characters.

    One that consists of a few types is too short to be worth measuring, and counts as none.
    """
    edge = rule.edge
    if not edge.filter and edge.pattern is None and len(edge.messages) < 8:
        return 0
    return len(json.dumps(rule.pattern, separators=(",", ":"), ensure_ascii=False))


def place(rule: Rule) -> Span:
    """Return what makes a rule's pattern long."""
    edge = rule.edge
    if edge.pattern is not None:
        return edge.place("pattern")
    return edge.place("filter") if edge.filter else edge.place("messages")
