"""What of a service is known on the wire (types, source, attributes), and what waits in queues."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.evolution.inventory.entry import Entry, Made
from msgc.links.mechanisms import EventRule, ScheduledSend, SnsSubscription
from msgc.links.model import Arrival, Links
from msgc.stack.arns import function_path
from msgc.stack.values import Path
from msgc.topology.declared import Declared
from msgc.topology.ends import Place
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.narrowing import as_consumer, kind_of


def on_the_wire(links: Links, protected: tuple[str, ...]) -> Iterator[Made]:
    """Yield the types of the service's own messages that it puts somewhere, and the source."""
    topology = links.topology
    carried: dict[Message, list[Place]] = {}
    for place in topology.places:
        for message in place.messages:
            carried.setdefault(message, []).append(place)
    for message, places in carried.items():
        if message.home is None and message.source == topology.source:
            entry = _message(message, places, links, protected)
            yield Made(entry=entry, declared=message)
    if any(_own(bus, topology) for bus in topology.buses.values()):
        entry = Entry(key="source", wire=topology.source, others=True, protected=protected)
        yield Made(entry=entry, declared=None)


def _own(place: Place, topology: Topology) -> bool:
    return any(each.home is None and each.source == topology.source for each in place.messages)


def _message(
    message: Message, places: list[Place], links: Links, protected: tuple[str, ...]
) -> Entry:
    promised = {".".join(path) for path in message.promised}
    sent = {
        attribute.name
        for place in places
        for attribute in links.attributes.get((place, message), ())
        if attribute.name in promised or is_open(place)
    }
    return Entry(
        key=f"message/{message.built_as}",
        wire=message.type,
        envelope="" if message.envelope is None else "cloudevents",
        of=tuple(f"{kind_of(place).word}/{place.built_as}" for place in places),
        attributes=tuple(sorted(sent)),
        others=any(map(is_open, places)),
        protected=protected,
    )


def is_open(place: Place) -> bool:
    """Whether others may subscribe to a place, as the file says."""
    return place.others_subscribe or bool(place.allowed.subscribe)


def waiting(links: Links) -> dict[Declared, tuple[str, ...]]:
    """Return what may wait in queues, as their handlers read it: `OrderPlaced bare`."""
    found: dict[Declared, set[str]] = {}
    for trigger in links.triggers:
        if trigger.queue is None:
            continue
        waits = found.setdefault(trigger.queue, set())
        for arrival in trigger.arrivals:
            waits |= {f"{m.type} {_around(arrival, m)}" for m in arrival.messages}
            if arrival.untyped:
                waits.add(f"any {_around(arrival, None)}")
    return {queue: tuple(sorted(waits)) for queue, waits in found.items()}


def _around(arrival: Arrival, message: Message | None) -> str:
    """Return the envelopes around a message, outermost first: `sns+cloudevents`."""
    own = () if message is None or message.envelope is None else ("cloudevents",)
    return "+".join((*arrival.envelopes, *own)) or "bare"


def asynchronous(links: Links) -> frozenset[Path]:
    """Return the paths of functions that topics, rules and schedules invoke."""
    invoking: tuple[SnsSubscription | EventRule | ScheduledSend, ...] = (
        *links.sns_subscriptions,
        *links.event_rules,
        *links.scheduled_sends,
    )
    consumers = {c for made in invoking if (c := as_consumer(made.target)) is not None}
    return frozenset(function_path(consumer) for consumer in consumers)
