"""Over drawn services: environments differ in numbers, never in what there is.

But for SNS subscriptions that are switched off: these aren't made, and what they deliver with goes
with them. Whatever else an environment would take away or add is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from msgc.pipeline.check import analyse
from msgc.stack import Stack, plan
from msgc.stack.model import Resource
from tests.files import Memory
from tests.services import MESSAGES, PLACES, Draw, services, text

pytestmark = pytest.mark.once

RIGHT: dict[str, tuple[dict[str, Any], ...]] = {
    "queues": ({"retention": "9d"}, {"delay": "3s"}, {"wait": "4s"}),
    "topics": ({"tags": {"team": "other"}},),
    "consumers": ({"tags": {"team": "other"}},),
    "subscriptions": ({"enabled": False}, {"enabled": True}),
}
"""What an environment says of something that the service makes."""
WRONG: dict[str, tuple[dict[str, Any], ...]] = {
    "queues": ({"dead_letter": False}, {"encryption": {"key": "managed-by-stack"}}, {"alarms": {}}),
    "topics": ({"encryption": {"key": "managed-by-stack"}}, {"archive": {"retention": "9d"}}),
    "buses": ({"archive": {"retention": "9d"}}, {"schemas": True}),
    "subscriptions": ({"dead_letter": False}, {"retry": {"attempts": 2}}, {"raw": False}),
}
"""What it mostly can't say, since there would be more of something, or less."""


@st.composite
def overlaid(draw: Draw) -> str:
    """Draw a service with two environments, one of which says something else of some things."""
    file = yaml.safe_load(text([*MESSAGES, *PLACES, *draw(services(most=3))]))
    overlay: dict[str, Any] = {}
    things = [
        (section, name)
        for section in RIGHT
        for name, own in file.get(section, {}).items()
        if "import" not in own
    ]
    for section, name in draw(st.lists(st.sampled_from(things), unique=True)):
        overlay.setdefault(section, {})[name] = draw(st.sampled_from(RIGHT[section]))
    if draw(st.integers(0, 2)) == 0:
        section = draw(st.sampled_from(sorted(WRONG.keys() & file.keys())))
        name = draw(st.sampled_from(sorted(file[section])))
        overlay.setdefault(section, {})[name] = draw(st.sampled_from(WRONG[section]))
    file["environments"] = {"dev": {}, "prod": overlay}
    return yaml.safe_dump(file, sort_keys=False)


SWITCHED_OFF = """
version: 1
service: shop
messages: {Placed: {schema: {type: object}}}
topics:
  orders: {messages: [Placed], external: publish}
  late: {messages: [Placed], external: publish}
subscriptions:
  late-orders: {from: {topic: late}, to: {consumer: billing}}
consumers: {billing: {from: {topic: orders}, function: provided}}
environments: {dev: {}, prod: {subscriptions: {late-orders: {enabled: false}}}}
"""


@settings(max_examples=25, deadline=None)
@example(SWITCHED_OFF)
@given(overlaid())
def test_environments_have_the_same(file: str) -> None:
    checked = analyse("messaging.yaml", Memory({"messaging.yaml": file}))
    if any(each.is_error for each in checked.diagnostics) or checked.value is None:
        return
    stacks = [plan(links.topology, links) for links in checked.value.variants]
    dev, prod = ({(each.path, each.type) for each in stack.resources} for stack in stacks)
    assert dev ^ prod == {
        (each.path, each.type)
        for stack, other in (stacks, reversed(stacks))
        for each in delivering(stack, switched_off(other))
    }


def switched_off(stack: Stack) -> set[str]:
    return {each.construct_id for each in stack.links.sns_subscriptions if not each.is_made}


def delivering(stack: Stack, subscriptions: set[str]) -> Iterator[Resource]:
    """Yield the SNS subscriptions of a stack that are among some, and what they deliver with."""
    for name in subscriptions:
        own = {(name,), (f"{name}Role",)}
        yield from (each for each in stack.resources if each.path in own or each.by == (name,))
