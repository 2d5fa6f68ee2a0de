"""Physical names: what queues, topics and buses are called in AWS."""

from __future__ import annotations

from msgc.derive.derivation import Derivation
from msgc.record import OPEN
from msgc.topology.ends import Place
from msgc.topology.names import physical


def physical_names(derivation: Derivation) -> None:
    """Name a place `<service>-<name>` in AWS; the name of a FIFO one ends in `.fifo`."""
    places: tuple[Place, ...] = (
        *derivation.queues.values(),
        *derivation.topics.values(),
        *derivation.buses.values(),
    )
    for place in places:
        if place.physical_name is OPEN:
            name = place.built_as
            if not place.is_declared:
                name = name.removesuffix("-fifo")
            value = physical(derivation.service, name, fifo=place.fifo is not None)
            derivation.settle(place, "physical_name", value, "service and name")
    for key in derivation.keys:
        if key.alias is OPEN:
            value = physical(derivation.service, key.name)
            derivation.settle(key, "alias", value, "service and name")
