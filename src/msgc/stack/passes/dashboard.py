"""The dashboard: what CloudWatch counts for a stack, on one page."""

from __future__ import annotations

from msgc.stack.model import Section, Stack
from msgc.stack.passes.changed import changed
from msgc.topology.placement import MAIN


def dashboard(stack: Stack) -> Stack:
    """Add the dashboard of each stack, if the file asks for one and there is something to see."""
    if "dashboard" not in stack.links.topology.root.entries:
        return stack
    from msgc.stack.resources.dashboard import dashboard_in  # noqa: PLC0415  # few services have one

    placement = stack.links.topology.placement
    names = (MAIN,) if placement is None else placement.names
    found = (dashboard_in(stack, name) for name in names)
    made = tuple(each for each in found if each is not None)
    if not made:
        return stack
    about = "What CloudWatch counts, in the order in which messages go."
    return changed(stack, {}, Section(name="dashboard", about=about, items=made), made=made)
