"""Passes over a planned stack, for what concerns all of it: one file each, in one order."""

from __future__ import annotations

from collections.abc import Callable

from msgc.stack.model import Stack
from msgc.stack.passes.alarms import alarms
from msgc.stack.passes.dashboard import dashboard
from msgc.stack.passes.overrides import overrides
from msgc.stack.passes.placement import placement
from msgc.stack.passes.removal import removal
from msgc.stack.passes.tags import tags

PASSES: tuple[Callable[[Stack], Stack], ...] = (
    removal,
    overrides,
    alarms,
    placement,
    dashboard,
    tags,
)
"""In the order in which they run; each sees what those before it did."""


def passed(stack: Stack) -> Stack:
    """Return a stack after every pass."""
    for each in PASSES:
        stack = each(stack)
    return stack
