"""Divide the plan of a service into those of its CloudFormation stacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from msgc.stack.inputs import used_inputs
from msgc.stack.locations import Locations
from msgc.stack.model import (
    AccountCheck,
    Existing,
    Handle,
    Item,
    Opening,
    Override,
    PublisherVariables,
    Resource,
    Rights,
    Section,
    Stack,
    Tagged,
    TimeoutCheck,
)
from msgc.stack.placement.crossings import crossings, deployed_after
from msgc.stack.values import Path
from msgc.stack.walk import attributes, inputs, references
from msgc.topology import ids
from msgc.topology.model import Topology
from msgc.topology.settings import ByName

OTHERS = "other-stacks"
"""The section of what lies in other stacks."""


def divided(stack: Stack) -> tuple[Stack, ...]:
    """Return a plan for each stack: what it makes, what it finds, and what it is deployed after."""
    locations, after = Locations(stack), deployed_after(crossings(stack))
    return tuple(
        _part(stack, name, locations, tuple(n for n in locations.names if n in after.get(name, ())))
        for name in locations.names
    )


def _part(stack: Stack, name: str, locations: Locations, after: tuple[str, ...]) -> Stack:
    own = [
        section.replace(items=tuple(_here(section.items, name, locations, stack)))
        for section in stack.sections
    ]
    variables = _variables(stack, name)
    found = tuple(_others(stack, name, own, variables))
    if found:
        about = "What lies in other stacks of the service, found by its name."
        own.insert(0, Section(name=OTHERS, about=about, items=found))
    sections = tuple(section for section in own if section.items)
    resources: list[Resource] = []
    existing: list[Existing] = []
    rights: list[Rights] = []
    openings: list[Opening] = []
    for item in (item for section in sections for item in section.items):
        match item:
            case Resource():
                resources.append(item)
            case Existing():
                existing.append(item)
            case Rights():
                rights.append(item)
            case Opening():
                openings.append(item)
            case TimeoutCheck() | AccountCheck() | Tagged() | Override():
                pass
            case _:
                assert_never(item)
    everything: tuple[Resource | Existing, ...] = (*resources, *existing)
    used = used_inputs(sections) | {name for each in variables for name in inputs(each.variables)}
    return stack.replace(
        name=name,
        after=after,
        inputs=tuple(each for each in stack.inputs if each.name in used),
        sections=sections,
        variables=variables,
        resources=tuple(resources),
        existing=tuple(existing),
        rights=tuple(rights),
        openings=tuple(openings),
        items_by_path={each.path: each for each in everything},
    )


def _here(items: Iterable[Item], name: str, locations: Locations, stack: Stack) -> Iterable[Item]:
    """Yield the items that are in a stack."""
    for item in items:
        if name not in locations.of(item):
            continue
        match item:
            case Tagged(paths=paths):
                yield item.replace(paths=tuple(p for p in paths if _stack_of(stack, p) == name))
            case (
                Resource() | Existing() | Rights() | TimeoutCheck() | AccountCheck() | Opening()
                | Override()
            ):  # fmt: skip
                yield item
            case _:
                assert_never(item)


def _stack_of(stack: Stack, path: Path) -> str | None:
    item = stack.items_by_path[path]
    match item:
        case Resource(stack=name):
            return name
        case Existing():
            return None
        case _:
            assert_never(item)


def _variables(stack: Stack, name: str) -> tuple[PublisherVariables, ...]:
    """Return the addresses that the publishers of a stack find."""
    topology: Topology = stack.links.topology
    placement = topology.placement
    here = {
        each.name
        for each in topology.publishers
        if placement is None or placement.publisher(each) == name
    }
    return tuple(each for each in stack.variables if each.publisher in here)


def _others(
    stack: Stack, name: str, sections: list[Section], variables: tuple[PublisherVariables, ...]
) -> Iterable[Existing]:
    """Yield what a stack uses of others: places, by their names."""
    used = {path for section in sections for item in section.items for path in references(item)}
    used |= {path for each in variables for path in attributes(each.variables)}
    for place in stack.links.topology.places:
        path = (ids.place(place),)
        if path not in used:
            continue
        item = stack.items_by_path[path]
        match item:
            case Resource(stack=own, type=type_, handle=Handle() as handle) if own != name:
                yield Existing(
                    path=path,
                    type=type_,
                    address=ByName(name=place.physical_name),
                    declared=place,
                    handle=handle,
                )
            case Resource() | Existing():
                pass
            case _:
                assert_never(item)
