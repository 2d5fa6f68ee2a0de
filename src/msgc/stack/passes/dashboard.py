"""The dashboard: what CloudWatch counts for a stack, on one page."""

from __future__ import annotations

from msgc.stack.model import Section, Stack
from msgc.stack.passes.changed import changed


def dashboard(stack: Stack) -> Stack:
    """Add the dashboard, if the file asks for one and there is something to see."""
    if "dashboard" not in stack.links.topology.root.entries:
        return stack
    from msgc.stack.resources.dashboard import dashboard_in  # noqa: PLC0415  # few services have one

    made = dashboard_in(stack)
    if made is None:
        return stack
    about = "What CloudWatch counts, in the order in which messages go."
    return changed(stack, {}, Section(name="dashboard", about=about, items=(made,)), made=(made,))
