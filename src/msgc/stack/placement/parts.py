"""The stacks of a service, each as a plan of its own: what it makes, and what it finds by name.

A link from one stack to another is an ARN made from a name, never an export: each stack is deployed
alone, and none holds another.
"""

from __future__ import annotations

from functools import lru_cache

from msgc.stack.model import Stack


@lru_cache(maxsize=8)  # it is printed, counted and made an inventory of; one for each environment
def parts(stack: Stack) -> tuple[Stack, ...]:
    """Return the stacks of a service; one, if the file doesn't say otherwise."""
    if stack.links.topology.placement is None:
        return (stack,)
    from msgc.stack.placement.split import divided  # noqa: PLC0415  # few services have several

    return divided(stack)


def in_order(found: tuple[Stack, ...]) -> tuple[Stack, ...]:
    """Return stacks in the order in which they are deployed: each after those that it uses."""
    ordered: list[Stack] = []
    left = list(found)
    while left:
        done = {each.name for each in ordered}
        ready = next((each for each in left if done.issuperset(each.after)), left[0])
        ordered.append(ready)
        left.remove(ready)
    return tuple(ordered)
