"""Where the file names a stack, and what findings call it."""

from __future__ import annotations

from msgc.source import Span
from msgc.topology.model import Topology
from msgc.topology.placement import MAIN
from msgc.tree import at


def stack_key(topology: Topology, name: str) -> Span:
    """Return where the file names a stack; that of the service, for what no stack names."""
    placement = topology.placement
    named = {} if placement is None else {each.name: each.key for each in placement.stacks}
    return named.get(name) or at(topology.root, ("service",)).span


def whose(topology: Topology, name: str) -> str:
    """Return what a stack is called: by the service, if that has no other."""
    if topology.placement is None:
        return f"the stack of service `{topology.service}`"
    return f"the stack `{name}`"


def elsewhere(stack: str, *, is_shown: bool) -> str:
    """Return what to do about a stack that has too much; `is_shown` is whether there is a fix."""
    if not is_shown:
        return "let some of it lie in another stack: `stacks`"
    taken = "" if stack == MAIN else f", and take that out of the lists of `{stack}`"
    return f"let some of it lie in another stack, as here{taken}"
