"""Tags: every resource that takes them says its service, who owns that, and what the file says."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.stack.model import Section, Stack, Tagged
from msgc.stack.passes.changed import changed
from msgc.stack.tagging import dead_letters, is_named, of_service
from msgc.stack.values import Path
from msgc.topology.declared import Declared


def tags(stack: Stack) -> Stack:
    """Tag a stack, and beside that each resource for which the file has tags of its own."""
    topology = stack.links.topology
    stack = stack.replace(tags=of_service(topology) | topology.tags)
    items = tuple(_tagged(stack))
    if not items:
        return stack
    named = {path: item.tags for item in items for path in item.paths}
    resources = {
        resource: resource.replace(tags=found)
        for resource in stack.resources
        if (found := named.get(resource.path[:1])) is not None
    }
    section = Section(name="tags", about="Tags that not everything has.", items=items)
    return changed(stack, resources, section)


def _tagged(stack: Stack) -> Iterator[Tagged]:
    """Yield what has tags of its own, by what of the file it is made for."""
    owners = dead_letters(stack.links.topology)
    paths: dict[Declared, list[Path]] = {}
    for resource in stack.resources:
        declared = owners.get(resource.declared, resource.declared)
        if declared.tags and is_named(resource):
            paths.setdefault(declared, []).append(resource.path)
    for declared, found in paths.items():
        yield Tagged(paths=tuple(found), tags=declared.tags)
