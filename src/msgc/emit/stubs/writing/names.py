"""The names of modules and classes in a generated package."""

from __future__ import annotations

from keyword import iskeyword
from typing import assert_never

from msgc.links.receiving import received
from msgc.record import Record
from msgc.topology.ends import Bus, Consumer, Place, Producer, Publisher, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.names import pascal, snake
from msgc.topology.narrowing import kind_of


class Names(Record):
    """The places that are published to and the façades, each with its class."""

    places: dict[Place, str]
    """Places in the order of the file: `OrdersTopic`, `ReceiptsQueue`, `CommerceBus`."""
    messages: dict[Place, tuple[Message, ...]]
    """What goes to each of these places; to the default bus, whatever somebody here publishes."""
    facades: dict[Publisher, str]
    """Producers and publishing consumers, but for those with code of their own: `CheckoutApi`."""
    receivers: dict[Queue, str]
    """The queues that code reads in a loop of its own: `ReceiptsDlqReceiver`."""

    def module(self, thing: Place | Publisher) -> str:
        """Return the module of a publisher or a façade: `orders_topic`, `checkout_api`.

        From the name in the file, since `a-b` and `ab` are one word to whoever reads `AB` and `Ab`.
        """
        match thing:
            case Topic() | Queue() | Bus():
                return f"{snake(thing.name).rstrip('_')}_{kind_of(thing).word}"
            case Consumer() | Producer():
                taken = self.facades[thing] == f"{pascal(thing.name)}Consumer"
                return f"{snake(thing.name).rstrip('_')}_consumer" if taken else snake(thing.name)
            case _:
                assert_never(thing)


def names_of(topology: Topology) -> Names:
    """Return the names of a topology's publishers and façades."""
    places: dict[Place, str] = {}
    declared: tuple[Place, ...] = (
        *topology.topics.values(),
        *topology.queues.values(),
        *topology.buses.values(),
    )
    published: dict[Place, tuple[Message, ...]] = {}
    by_stubs = [publisher for publisher in topology.publishers if publisher.stubs]
    for publisher in by_stubs:
        for publication in publisher.publishes:
            known = published.get(publication.target, ())
            published[publication.target] = (*known, *publication.messages)
    messages: dict[Place, tuple[Message, ...]] = {}
    for place in declared:
        ours = place.imported is None or place in published
        found = tuple(dict.fromkeys((*place.messages, *published.get(place, ()))))
        if found and ours:
            messages[place] = found
            places[place] = pascal(place.name) + kind_of(place).word.capitalize()
    facades: dict[Publisher, str] = {}
    for publisher in by_stubs:
        if any(publication.target in places for publication in publisher.publishes):
            name = pascal(publisher.name)
            taken = topology.producers.get(publisher.name, publisher) is not publisher
            facades[publisher] = _class_name(f"{name}Consumer" if taken else name)
    receivers = {queue: f"{pascal(queue.name)}Receiver" for queue in received(topology)}
    return Names(places=places, messages=messages, facades=facades, receivers=receivers)


def _class_name(name: str) -> str:
    """Of the producers `none`, `true` and `false` Python has words already."""
    return f"{name}_" if iskeyword(name) else name


def message_module(message: Message) -> str:
    """Return the module of a message's class inside `messages`."""
    return snake(message.name)
