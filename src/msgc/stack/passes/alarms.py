"""Alarms: what CloudWatch watches of a stack, and whom it tells."""

from __future__ import annotations

from msgc.stack.model import Section, Stack
from msgc.stack.passes.changed import changed


def alarms(stack: Stack) -> Stack:
    """Add the alarms that the file asks for."""
    if stack.links.topology.notified is None:
        return stack
    from msgc.stack.resources.alarms import watched  # noqa: PLC0415  # few services have any

    made = tuple(each.alarm for each in watched(stack))
    if not made:
        return stack
    about = "What CloudWatch watches, and whom it tells."
    return changed(stack, {}, Section(name="alarms", about=about, items=made), made=made)
