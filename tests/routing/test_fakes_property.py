"""Over drawn services: `msgc route` and the fakes bring a message to the same consumers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgc.emit.stubs import emit_stubs
from msgc.links.model import Links
from msgc.routing.publishing import published
from msgc.routing.route import Router
from msgc.topology import ids
from msgc.topology.ends import Consumer, Place
from msgc.topology.messages import Message
from tests.links.linked import links_of
from tests.services import MESSAGES, PLACES, Part, flows, services, text
from tests.stubs.package import imported, written

pytestmark = pytest.mark.once

WORDS = {"queues": "queue", "topics": "topic", "buses": "bus"}
PAYLOADS = {
    "Placed": ({"id": "a", "total": 1.5}, {"id": "bb", "total": 50}, {"id": "c", "total": 7}),
    "Closed": ({"id": "a"}, {"id": "c"}),
    "Moved": ({"id": "a"},),
}


def everywhere(parts: Iterable[Part]) -> Part:
    """Return a producer that publishes to each place that has messages."""
    places = [
        {WORDS[section]: name}
        for section, name, settings_ in (*PLACES, *(entry for part in parts for entry in part))
        if section in WORDS and "messages" in settings_
    ]
    return (("producers", "everywhere", {"publishes": places}),)


class Answering(dict[str, Any]):
    """Whoever is asked by a pipe answers with a message of the type that is declared."""

    def get(self, *_: Any) -> Any:
        return lambda _: {"id": "a"}


def routed(links: Links, place: Place, message: Message, payload: dict[str, Any]) -> set[str]:
    """Return the consumers with a handler that `msgc route` names."""
    route = Router(links).route(place, published(links, place, message, payload))
    return {
        way.receiver.name
        for way in route.arrived
        if isinstance(way.receiver, Consumer) and way.receiver.has_handler
    }


def faked(package: Any, place: Place, message: Message, payload: dict[str, Any]) -> set[str]:
    """Return the consumers to which the fake of a place has a way that the message takes."""
    testing = package.testing
    fake = getattr(testing, f"Fake{ids.place(place)}")()
    fake.publish(getattr(package, message.name)(**payload))
    (parcel,) = fake.aws.parcels
    return {
        consumer
        for consumer, paths in type(fake).paths.items()
        if any(testing.arrive(path, parcel) is not None for path in paths)
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(flows(), services(most=2), st.data())
def test_route_and_the_fakes_agree(
    flowing: list[Part], more: list[Part], data: st.DataObject
) -> None:
    parts = [*flowing, *more]
    producer = everywhere(parts)
    links = links_of(text([*MESSAGES, *PLACES, *parts, producer]))
    topology = links.topology
    places = [each.target for each in topology.producers["everywhere"].publishes]
    with tempfile.TemporaryDirectory() as folder:
        written(emit_stubs((links,)), Path(folder))
        with imported(Path(folder) / "src", "shop_messaging") as package:
            __import__("shop_messaging.testing")
            runtime = "shop_messaging.testing._runtime.testing.routes"
            package.testing.arrive = __import__(runtime, fromlist=["arrive"]).arrive
            answers = runtime.replace("routes", "answers")
            __import__(answers, fromlist=["ANSWERS"]).ANSWERS.set(Answering())
            for place in places:
                for message in place.messages:
                    payload: Any = data.draw(st.sampled_from(PAYLOADS[message.name]))
                    told = routed(links, place, message, payload)
                    assert faked(package, place, message, payload) == told
