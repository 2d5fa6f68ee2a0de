"""Change resources of a stack, and add a section to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from msgc.stack.model import (
    AccountCheck,
    Existing,
    Item,
    Opening,
    Override,
    Resource,
    Rights,
    Section,
    Stack,
    Tagged,
    TimeoutCheck,
)


def changed(
    stack: Stack,
    resources: Mapping[Resource, Resource],
    *more: Section,
    made: tuple[Resource, ...] = (),
) -> Stack:
    """Return a stack with other resources in the place of some, and with more sections.

    `made` are the resources of these sections.
    """

    def new(item: Item) -> Item:
        match item:
            case Resource():
                return resources.get(item, item)
            case (
                Existing() | Rights() | TimeoutCheck() | AccountCheck() | Opening() | Tagged()
                | Override()
            ):  # fmt: skip
                return item
            case _:
                assert_never(item)

    sections = tuple(
        section.replace(items=tuple(map(new, section.items))) for section in stack.sections
    )
    kept = tuple(resources.get(resource, resource) for resource in stack.resources)
    return stack.replace(
        sections=(*sections, *more),
        resources=(*kept, *made),
        items_by_path={
            **stack.items_by_path,
            **{each.path: each for each in (*resources.values(), *made)},
        },
    )
