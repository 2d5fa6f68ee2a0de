"""Placement: in which of a service's CloudFormation stacks each resource lies."""

from __future__ import annotations

from msgc.stack.model import Stack


def placement(stack: Stack) -> Stack:
    """Say of each resource in which stack it lies, if there are several."""
    if stack.links.topology.placement is None:
        return stack
    from msgc.stack.passes.changed import changed  # noqa: PLC0415  # few services have several
    from msgc.stack.placement.placed import placed  # noqa: PLC0415

    return changed(stack, placed(stack))
