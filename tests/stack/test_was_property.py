"""Over drawn services: whatever is renamed stays what it is in AWS, and has its new name in Python.

An id, a name, a parameter or a variable that is made from the key of a thing, and not from the key
under which it was first built, fails here.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from msgc.stack import plan
from msgc.stack.model import Existing, Resource, Stack
from tests.links.linked import links_of
from tests.renames import renamed
from tests.services import MESSAGES, PLACES, Part, services, text

pytestmark = pytest.mark.once

SERVICE = [*MESSAGES, *PLACES]
EDGES: list[Part] = [
    (("subscriptions", "one", {"from": {"topic": "orders"}, "to": {"queue": "audit"}}),),
    (("subscriptions", "two", {"from": {"bus": "events"}, "to": {"queue": "jobs"}}),),
    (("consumers", "code", {"from": {"queue": "jobs"}, "function": "provided"}),),
    (("consumers", "alarm", {"from": {"topic": "orders"}, "function": "provided"}),),
]


def planned(file: str) -> Stack:
    links = links_of(file)
    return plan(links.topology, links)


def in_aws(stack: Stack) -> dict[str, Any]:
    """Return all that a template has; what exists already is called by how it is found."""
    existing = {each.path: _called(each) for each in stack.existing}
    found = {
        stack.logical_id(each): repr((each.type, each.properties, each.depends_on, each.policies))
        for each in stack.resources
    }
    shown = {each.path: each for each in stack.existing}
    for path in sorted(shown, key=len, reverse=True):
        found = {
            key: value.replace(f"of={path!r}", f"of=({existing[path]})")
            for key, value in found.items()
        }
    found["tags"] = repr(stack.tags)
    return found


def _called(existing: Existing) -> str:
    """Return what is the same of an argument under both of its names."""
    argument = existing.argument
    return repr(existing.path) if argument is None else argument.removeprefix("new_")


def handles(stack: Stack) -> list[str]:
    """Return the attributes, but those of log groups that are called as they are in AWS."""
    items: tuple[Resource | Existing, ...] = (*stack.resources, *stack.existing)
    named = (each.handle.name for each in items if each.handle is not None)
    return sorted(name for name in named if not name.startswith("aws_vendedlogs_"))


def on_the_wire(stack: Stack) -> list[Any]:
    """Return what running code knows: variables, and the types and sources of messages."""
    messages = stack.links.topology.messages.values()
    return [
        *(sorted(each.variables) for each in stack.variables),
        *((each.type, each.source, each.sources) for each in messages),
    ]


@settings(max_examples=40, deadline=None)
@given(services())
def test_what_is_renamed_stays_what_it_is(parts: list[Part]) -> None:
    before = text([*SERVICE, *parts])
    after = renamed(before, lambda name: f"new-{name}", was=True)
    plain = renamed(before, lambda name: f"new-{name}", was=False)
    old, new, other = planned(before), planned(after), planned(plain)
    assert in_aws(new) == in_aws(old)
    assert on_the_wire(new) == on_the_wire(old)
    assert handles(new) == handles(other)


def test_two_that_change_places_stay_what_they_are() -> None:
    before = text([*SERVICE, *EDGES])
    swapped = {"jobs": "audit", "audit": "jobs", "orders": "alerts", "alerts": "orders"}
    after = renamed(before, lambda name: swapped.get(name, f"new-{name}"), was=True)
    assert in_aws(planned(after)) == in_aws(planned(before))


def test_what_is_renamed_twice_is_what_it_was_first() -> None:
    before = text([*SERVICE, *EDGES])
    after = renamed(before, lambda name: f"new-{name}", was=True)
    again = renamed(before, lambda name: f"newer-{name}", was=True)
    assert in_aws(planned(after)).keys() == in_aws(planned(again)).keys()
