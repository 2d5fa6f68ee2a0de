"""Find what services of a run call by one name, and the same things under other names."""

from __future__ import annotations

from typing import TypeVar

from msgc.routing.wording import reference
from msgc.topology.ends import Bus, Place, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of

Identity = tuple[str, str, str]
Named = TypeVar("Named")


def same_messages(topologies: list[Topology], name: str) -> list[tuple[Message, ...]]:
    """Return, for each service, the messages that some of them call by a name."""
    return _same(
        [
            [(_message(topology, each), each.name, each) for each in topology.messages.values()]
            for topology in topologies
        ],
        name,
    )


def same_places(topologies: list[Topology], name: str) -> list[tuple[Place, ...]]:
    """Return, for each service, the places that some of them call `topic/orders`."""
    return _same(
        [
            [(_place(topology, each), reference(each), each) for each in topology.places]
            for topology in topologies
        ],
        name,
    )


def _same(services: list[list[tuple[Identity, str, Named]]], name: str) -> list[tuple[Named, ...]]:
    meant = {identity for each in services for identity, called, _ in each if called == name}
    return [tuple(one for identity, _, one in each if identity in meant) for each in services]


def _message(topology: Topology, message: Message) -> Identity:
    home = message.home
    return ("", home.service, home.name) if home else ("", topology.service, message.name)


def _place(topology: Topology, place: Queue | Topic | Bus) -> Identity:
    kind, elsewhere = kind_of(place).word, place.elsewhere
    if elsewhere is not None:
        return kind, elsewhere.service, elsewhere.name
    return kind, "" if place.is_default else topology.service, place.name
