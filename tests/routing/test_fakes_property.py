"""Over drawn services: `msgc route` and the fakes bring a message to the same consumers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msgc.emit.stubs import emit_stubs
from msgc.links.model import Links
from msgc.routing.publishing import published
from msgc.routing.route import Router
from msgc.topology.ends import Consumer, Place
from msgc.topology.messages import Message
from tests.links.linked import links_of
from tests.services import MESSAGES, PLACES, Entry, services, text
from tests.stubs.package import imported, written

PRODUCER: Entry = (
    "producers",
    "everywhere",
    {"publishes": [{"queue": "jobs"}, {"topic": "orders"}, {"bus": "events"}]},
)
PAYLOADS = {
    "Placed": ({"id": "a", "total": 1.5}, {"id": "a", "total": 50}),
    "Closed": ({"id": "a"},),
}


def routed(links: Links, place: Place, message: Message, payload: dict[str, Any]) -> set[str]:
    """Return the consumers that `msgc route` names."""
    route = Router(links).route(place, published(links, place, message, payload))
    return {each.name for each in route.reached if isinstance(each, Consumer)}


def faked(package: Any, place: Place, message: Message, payload: dict[str, Any]) -> set[str]:
    """Return the consumers to which the fake of a place has a way that the message takes."""
    testing = package.testing
    fake = getattr(testing, f"Fake{type_name(place)}")()
    fake.publish(getattr(package, message.name)(**payload))
    (parcel,) = fake.aws.parcels
    return {
        consumer
        for consumer, paths in type(fake).paths.items()
        if any(testing.arrive(path, parcel) is not None for path in paths)
    }


def type_name(place: Place) -> str:
    return {"jobs": "JobsQueue", "orders": "OrdersTopic", "events": "EventsBus"}[place.name]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(services(), st.data())
def test_route_and_the_fakes_agree(entries: list[Entry], data: st.DataObject) -> None:
    links = links_of(text([*MESSAGES, *PLACES, *entries, PRODUCER]))
    topology = links.topology
    places = (topology.queues["jobs"], topology.topics["orders"], topology.buses["events"])
    with tempfile.TemporaryDirectory() as folder:
        written(emit_stubs(topology, links), Path(folder))
        with imported(Path(folder) / "src", "shop_messaging") as package:
            __import__("shop_messaging.testing")
            runtime = "shop_messaging.testing._runtime.testing.routes"
            package.testing.arrive = __import__(runtime, fromlist=["arrive"]).arrive
            for place in places:
                for message in place.messages:
                    payload: Any = data.draw(st.sampled_from(PAYLOADS[message.name]))
                    told = routed(links, place, message, payload)
                    assert faked(package, place, message, payload) == told
