"""Overrides: raw properties of CloudFormation, by their paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgc.stack.model import Override, Resource, Section, Stack
from msgc.stack.passes.changed import changed
from msgc.stack.values import Value, value
from msgc.tree import to_json


def overrides(stack: Stack) -> Stack:
    """Set what the file overrides."""
    if not stack.links.topology.overrides:
        return stack
    from msgc.stack.overriding import overridden  # noqa: PLC0415  # few services have any

    items: list[Override] = []
    resources: dict[Resource, Resource] = {}
    for each in overridden(stack):
        properties = {key.text: _json(to_json(node)) for key, node in each.node.items()}
        for resource in each.resources:
            now = resources.get(resource, resource)  # as changed so far
            made: Value = now.properties
            for path, found in properties.items():
                made = _with(made, path.split("."), found)
            assert isinstance(made, dict)  # noqa: S101  # as it was
            resources[resource] = now.replace(properties=made)
            items.append(Override(path=resource.path, properties=properties))
    if not items:
        return stack
    about = "Properties of CloudFormation that have no word of their own."
    return changed(stack, resources, Section(name="overrides", about=about, items=tuple(items)))


def _json(found: Any) -> Value:
    """Return a value of the file, in which `$${` stands for `${`."""
    if isinstance(found, str):
        return found.replace("$${", "${")
    if isinstance(found, list):
        return tuple(map(_json, found))
    if isinstance(found, dict):
        return {key.replace("$${", "${"): _json(item) for key, item in found.items()}
    return value(found)


def _with(into: Value, path: Sequence[str], found: Value) -> Value:
    """Return a value with another one in it at a path; a null takes away what is there."""
    if not path:
        if isinstance(into, dict) and isinstance(found, dict):  # as CDK does
            for key, item in found.items():
                into = _with(into, [key], item)
            return into
        return found
    first, *rest = path
    if isinstance(into, tuple) and first.isdecimal():
        items = list(into) + [None] * (int(first) + 1 - len(into))
        items[int(first)] = _with(items[int(first)], rest, found)
        return tuple(items)
    kept = dict(into) if isinstance(into, dict) else {}
    if not rest and found is None:
        kept.pop(first, None)
        return kept
    kept[first] = _with(kept.get(first), rest, found)
    return kept
