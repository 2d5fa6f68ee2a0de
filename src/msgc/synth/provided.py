"""What a stack wants to be given, which only the user's own app has."""

from __future__ import annotations

from msgc.topology.ends import GivenFunction, Outside
from msgc.topology.model import Topology
from msgc.topology.values import Provided


def provided(topology: Topology) -> dict[str, str]:
    """Return the arguments of the construct, and which kind of resource each is."""
    found: dict[str, str] = {}
    for consumer in topology.consumers.values():
        function = consumer.function
        if isinstance(function, GivenFunction) and isinstance(function.address, Provided):
            found[function.address.argument] = "function"
    for producer in topology.producers.values():
        if isinstance(producer.role, Provided):
            found[producer.role.argument] = "role"
    for subscription in topology.subscriptions.values():
        target = subscription.target
        if isinstance(target, Outside) and isinstance(target.address, Provided):
            found[target.address.argument] = target.kind.word
    return found
