"""Over drawn services with drawn placements: a thing is the same in whichever stack it lies."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from msgc.pipeline.check import analyse
from msgc.stack import plan
from msgc.stack.model import Resource, Stack
from msgc.stack.placement.crossings import crossings, deployed_after
from msgc.stack.placement.parts import in_order, parts
from msgc.topology.graph import circles
from tests.files import messaging
from tests.services import MESSAGES, PLACES, Draw, services, text
from tests.stack.template import template

pytestmark = pytest.mark.once

SECTIONS = ("queues", "topics", "buses", "consumers", "producers")
_OWN = ("Undelivered", "LogGroups")
"""What ids have of what each stack has for itself, beside keys."""


@st.composite
def placed(draw: Draw) -> tuple[str, str]:
    """Draw a service as text, alone and with some of its things in two other stacks."""
    drawn = draw(services())
    entries = [*MESSAGES, *PLACES, *(entry for part in drawn for entry in part)]
    stacks: dict[str, dict[str, list[str]]] = {"one": {}, "two": {}}
    made = {(s, n): node for s, n, node in entries if s in SECTIONS and n != "default"}
    for (section, name), node in made.items():
        where = draw(st.sampled_from(["main", "main", *stacks]))
        if where != "main" and "import" not in node:
            stacks[where].setdefault(section, []).append(name)
    said = {name: own for name, own in stacks.items() if own}
    assume(said)
    alone = text(entries)
    return alone, f"{alone}\nstacks: {json.dumps(said)}\n"


def stack_of(written: str) -> tuple[Stack | None, set[str]]:
    """Return the plan of a file, and what stops it."""
    outcome = analyse("messaging.yaml", messaging(written))
    errors = {d.code.name for d in outcome.diagnostics if d.is_error}
    if outcome.value is None:
        return None, errors
    return plan(outcome.value.topology, outcome.value.links), errors


def own(resource: Resource, stack: Stack) -> bool:
    is_key = resource.type in {"AWS::KMS::Key", "AWS::KMS::Alias"}
    return is_key or any(word in stack.logical_id(resource) for word in _OWN)


def names(resource: Resource) -> tuple[Any, ...]:
    found = resource.properties
    return tuple(repr(found.get(key)) for key in ("QueueName", "TopicName", "Name"))


def identities(stack: Stack) -> dict[str, tuple[Any, ...]]:
    return {
        stack.logical_id(each): (each.type, *names(each))
        for each in stack.resources
        if not own(each, stack)
    }


def granted(stack: Stack) -> set[tuple[str, str, str]]:
    """Return who may do what, and why, but on what each stack has for itself."""
    return {
        (str(getattr(g.who, "name", type(g.who).__name__)), g.may, g.by.name)
        for g in stack.access.grants
        if g.may not in {"encrypt", "decrypt"}
    }


@settings(max_examples=40, deadline=None)
@given(placed())
def test_only_the_stack_of_a_thing_depends_on_where_it_lies(drawn: tuple[str, str]) -> None:
    (alone, _), (several, errors) = map(stack_of, drawn)
    assert alone is not None
    if several is None:
        assert errors <= {"not-placed", "names-collide"}, drawn[1]
        return
    assert identities(several) == identities(alone)
    assert granted(several) == granted(alone)
    found = tuple(crossings(several))
    after = deployed_after(found)
    circle = circles({part.name: list(after.get(part.name, ())) for part in parts(several)})
    assert bool(circle) == ("stacks-in-a-circle" in errors)
    assert any(each.place is None for each in found) == ("bound-to-another-stack" in errors)
    assert errors <= {
        "stacks-in-a-circle", "bound-to-another-stack", "empty-stack", "names-collide"
    }, drawn[1]  # fmt: skip
    if not errors:
        check_parts(several)


def check_parts(several: Stack) -> None:
    """Each resource is in one part, whose template refers to nothing that it hasn't got."""
    divided = in_order(parts(several))
    assert sorted(r.path for part in divided for r in part.resources) == sorted(
        r.path for r in several.resources
    )
    done: set[str] = set()
    for part in divided:
        assert done.issuperset(part.after)
        done.add(part.name)
        made = template(part)
        for resource in made.values():
            referred = set(references(resource["Properties"]))
            assert referred <= made.keys()
            assert set(resource.get("DependsOn", ())) <= made.keys()


def references(value: Any) -> list[str]:
    match value:
        case {"Ref": str(name)}:
            return [] if name.startswith(("AWS::", "SsmParameter")) else [name]
        case {"Fn::GetAtt": [str(name), _]}:
            return [name]
        case dict():
            return [name for each in value.values() for name in references(each)]
        case list():
            return [name for each in value for name in references(each)]
        case _:
            return []
