"""Find what of messaging.yaml a finding of CDK is about, by the path of a construct."""

from __future__ import annotations

import re

from msgc.source import Span
from msgc.stack import Resource, Stack
from msgc.stack.overriding import overridden

_OVERRIDE = re.compile(r"messaging\.yaml: `overrides` of (\S+) has `([^`]+)`")
"""What the kit says of a property that there isn't."""


def resource_at(path: str, stacks: list[Stack]) -> Resource | None:
    """Return the resource that a path ends in: `Shop/Messaging/JobsQueue/Policy/Resource`."""
    steps = tuple(path.removesuffix("/Resource").split("/"))
    for stack in stacks:
        for resource in stack.resources:
            if steps[-len(resource.path) :] == resource.path:
                return resource
    return None


def override_at(said: str, stacks: list[Stack]) -> Span | None:
    """Return the place of the override that what an exception says is about."""
    found = _OVERRIDE.search(said)
    resource = None if found is None else resource_at(found[1], stacks)
    if found is None or resource is None:
        return None
    keys = (
        key.span
        for stack in stacks
        for each in overridden(stack)
        if any(made.path == resource.path for made in each.resources)
        for key, _ in each.node.items()
        if key.text == found[2]
    )
    return next(keys, None)
