"""Over drawn services: a place that takes over from another one changes no identity of what stays,
and whoever got what is published to the old one gets it still, from both.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgc.emit.stubs import emit_stubs
from msgc.links.model import Links
from msgc.stack import plan
from msgc.topology.ends import Place
from tests.links.linked import links_of
from tests.replaced import replaceable, replaced
from tests.routing.test_fakes_property import PAYLOADS, Answering, everywhere, faked, routed
from tests.services import MESSAGES, PLACES, Draw, Part, flows, services, text
from tests.stack.test_identity_property import identities
from tests.stubs.package import imported, written

pytestmark = pytest.mark.once

MOVED = {
    "AWS::SNS::Subscription", "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::Lambda::Permission",
    "AWS::Events::EventBusPolicy", "AWS::Scheduler::Schedule",
}  # fmt: skip
"""What is called after an end of an edge, and goes with the end that it moved from."""
_SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@st.composite
def replacing(draw: Draw, drawn: st.SearchStrategy[list[Part]]) -> tuple[list[Part], list[Part]]:
    """Draw a service, and the same with some of its places replaced."""
    parts = draw(drawn)
    before: list[Part] = [*((each,) for each in PLACES), *parts, everywhere(parts)]
    places = replaceable(entry for part in before for entry in part)
    chosen = draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True))
    return before, replaced(before, chosen)


def compiled(parts: list[Part]) -> Links:
    return links_of(text([*MESSAGES, *parts]))


@settings(max_examples=60, deadline=None, suppress_health_check=_SLOW)
@given(replacing(services()))
def test_a_replacement_changes_no_identity_of_what_stays(
    drawn: tuple[list[Part], list[Part]],
) -> None:
    before, after = (identities(plan(links.topology, links)) for links in map(compiled, drawn))
    changed = {name: before[name] for name in before if after.get(name) != before[name]}
    assert {type_ for type_, *_ in changed.values()} <= MOVED, changed
    assert not changed.keys() & after.keys()  # nothing is there that is something else now


def places_of(links: Links) -> dict[str, Place]:
    return {
        f"{type(place).__name__}/{place.name}": place
        for place in links.topology.places
        if place.messages
    }


@settings(max_examples=40, deadline=None, suppress_health_check=_SLOW)
@given(replacing(flows()), st.data())
def test_both_reach_whom_the_old_one_reached(
    drawn: tuple[list[Part], list[Part]], data: st.DataObject
) -> None:
    before, after = map(compiled, drawn)
    now = places_of(after)
    for key, place in places_of(before).items():
        heir = after.topology.replacements.heirs.get(now[key])
        for message in place.messages:
            payload: Any = data.draw(st.sampled_from(PAYLOADS[message.name]))
            told = routed(before, place, message, payload)
            for there in (now[key], heir or now[key]):
                (sent,) = (each for each in there.messages if each.name == message.name)
                assert routed(after, there, sent, payload) == told


@settings(max_examples=8, deadline=None, suppress_health_check=_SLOW)
@given(replacing(flows()), st.data())
def test_fakes_of_both_lead_there_too(
    drawn: tuple[list[Part], list[Part]], data: st.DataObject
) -> None:
    links = compiled(drawn[1])
    heirs = links.topology.replacements.heirs
    with tempfile.TemporaryDirectory() as folder:
        written(emit_stubs((links,)), Path(folder))
        with imported(Path(folder) / "src", "shop_messaging") as package:
            __import__("shop_messaging.testing")
            runtime = "shop_messaging.testing._runtime.testing.routes"
            package.testing.arrive = __import__(runtime, fromlist=["arrive"]).arrive
            answers = runtime.replace("routes", "answers")
            __import__(answers, fromlist=["ANSWERS"]).ANSWERS.set(Answering())
            for place, heir in heirs.items():
                for message in place.messages:
                    payload: Any = data.draw(st.sampled_from(PAYLOADS[message.name]))
                    told = routed(links, place, message, payload)
                    assert faked(package, place, message, payload) == told
                    assert faked(package, heir, message, payload) == told
