"""Tags: every resource that takes them says its service, and who owns that."""

from __future__ import annotations

from msgc.stack.model import Stack

_LONGEST = 256
_MARKS = " _.:/=+-@"
"""Beside letters and digits.

https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
"""


def tags(stack: Stack) -> Stack:
    """Tag a stack with `service`, and with `owner` where that is text that AWS takes."""
    owner = stack.links.topology.owner
    found = {"service": stack.service}
    if owner and len(owner) <= _LONGEST and all(c.isalnum() or c in _MARKS for c in owner):
        found["owner"] = owner
    return stack.replace(tags=found)
