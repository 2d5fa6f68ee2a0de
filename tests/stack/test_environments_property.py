"""Over drawn services: environments differ in numbers, never in what there is.

But for SNS subscriptions that are switched off. Whatever else an environment would take away or
add is an error.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from msgc.pipeline.check import analyse
from msgc.stack import plan
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
    file = yaml.safe_load(text([*MESSAGES, *PLACES, *draw(services())]))
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


@settings(max_examples=60, deadline=None)
@given(overlaid())
def test_environments_have_the_same(file: str) -> None:
    checked = analyse("messaging.yaml", Memory({"messaging.yaml": file}))
    if any(each.is_error for each in checked.diagnostics) or checked.value is None:
        return
    dev, prod = (
        {
            (stack.logical_id(each), each.type)
            for each in stack.resources
            if each.type != "AWS::SNS::Subscription"
        }
        for links in checked.value.variants
        for stack in (plan(links.topology, links),)
    )
    assert dev == prod
