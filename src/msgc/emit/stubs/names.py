"""What everything of a generated package is called."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.delivery.plan import Delivery, Publisher
from msgc.record import Record
from msgc.topology.model import Bus, Consumer, Message, Place, Queue, Topic, Topology
from msgc.topology.names import pascal, snake


class Names(Record):
    """The places that are published to and the façades, each with its class."""

    places: dict[Place, str]
    """Places in the order of the file: `OrdersTopic`, `ReceiptsQueue`, `CommerceBus`."""
    facades: dict[Publisher, str]
    """Producers and publishing consumers: `CheckoutApi`."""

    def module(self, thing: Place | Publisher) -> str:
        """Return the module of a publisher or a façade: `orders_topic`."""
        if isinstance(thing, Topic | Queue | Bus):
            return snake(self.places[thing])
        return snake(self.facades[thing])


def names_of(topology: Topology, delivery: Delivery) -> Names:
    """Return the names of a topology's publishers and façades."""
    places: dict[Place, str] = {}
    kinds: tuple[tuple[str, Iterable[Place]], ...] = (
        ("Topic", topology.topics.values()),
        ("Queue", topology.queues.values()),
        ("Bus", topology.buses.values()),
    )
    publishers: tuple[Publisher, ...] = (
        *topology.producers.values(),
        *topology.consumers.values(),
    )
    used = {p.target for publisher in publishers for p in publisher.publishes}
    for kind, found in kinds:
        for place in found:
            ours = isinstance(place, Queue) or place.imported is None or place in used
            if place.messages and ours and place in delivery.addresses:
                places[place] = pascal(place.name) + kind
    facades: dict[Publisher, str] = {}
    for publisher in publishers:
        if publisher.publishes:
            name = pascal(publisher.name)
            taken = isinstance(publisher, Consumer) and publisher.name in topology.producers
            facades[publisher] = f"{name}Consumer" if taken else name
    return Names(places=places, facades=facades)


def message_module(message: Message) -> str:
    """Return the module of a message's class inside `messages`."""
    return snake(message.name)
