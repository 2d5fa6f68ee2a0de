"""What one stack of a service uses of another, and in which order stacks are deployed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.record import Record
from msgc.stack.locations import Locations
from msgc.stack.model import (
    AccountCheck,
    Existing,
    Item,
    Opening,
    Override,
    Resource,
    Rights,
    Stack,
    Tagged,
    TimeoutCheck,
)
from msgc.stack.values import Path
from msgc.stack.walk import references
from msgc.topology import ids
from msgc.topology.declared import Declared
from msgc.topology.ends import Place

_NEEDS = frozenset({
    "AWS::Events::Rule", "AWS::Lambda::EventInvokeConfig", "AWS::Lambda::EventSourceMapping",
    "AWS::Pipes::Pipe", "AWS::SNS::Subscription", "AWS::SQS::Queue", "AWS::Scheduler::Schedule",
})  # fmt: skip
"""Types of which AWS looks for what they name when they are made: it must be there. A policy, a
role, an alarm or a variable may name what comes later."""


class Crossing(Record):
    """Something of one stack that refers to a resource of another."""

    declared: Declared
    """What of the file refers to it."""
    stack: str
    """The stack of what refers to it."""
    to: Resource
    place: Place | None
    """What the resource is, if it is a place, which is found by its name; None: nothing finds it
    from elsewhere."""
    is_needed: bool
    """Whether it must be there first."""


def crossings(stack: Stack) -> Iterator[Crossing]:
    """Yield what crosses from one stack to another, each once, in the order of the plan."""
    resources = {each.path: each for each in stack.resources}
    places: dict[Path, Place] = {(ids.place(p),): p for p in stack.links.topology.places}
    locations = Locations(stack)
    for item in (item for section in stack.sections for item in section.items):
        found = {path: resources[path] for path in references(item) if path in resources}
        if not found:
            continue
        declared = _about(item)
        for name in locations.of(item) if declared is not None else ():
            for path, to in found.items():
                if to.stack != name and declared is not None:
                    yield Crossing(
                        declared=declared,
                        stack=name,
                        to=to,
                        place=places.get(path),
                        is_needed=_needs(item),
                    )


def deployed_after(found: Iterable[Crossing]) -> dict[str, dict[str, Crossing]]:
    """Return by stack those that must be deployed before it, each with the first reason."""
    after: dict[str, dict[str, Crossing]] = {}
    for each in found:
        if each.is_needed:
            after.setdefault(each.stack, {}).setdefault(each.to.stack, each)
    return after


def _about(item: Item) -> Declared | None:
    """Return what of the file an item is for; None of what is about resources of its own stack."""
    match item:
        case Resource() | Rights() | Opening():
            return item.declared
        case Existing() | TimeoutCheck() | AccountCheck() | Tagged() | Override():
            return None
        case _:
            assert_never(item)


def _needs(item: Item) -> bool:
    match item:
        case Resource(type=type_):
            return type_ in _NEEDS
        case (
            Existing() | Rights() | Opening() | TimeoutCheck() | AccountCheck() | Tagged()
            | Override()
        ):  # fmt: skip
            return False
        case _:
            assert_never(item)
