"""Physical names: what queues, topics and buses are called in AWS."""

from __future__ import annotations

from msgc.derive.derivation import Derivation
from msgc.record import OPEN
from msgc.topology.ends import Place
from msgc.topology.names import physical


def physical_names(derivation: Derivation) -> None:
    """Name a place `<service>-<name>` in AWS, with `-<environment>` if there are any.

    The name of a FIFO one ends in `.fifo`.
    """
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
            value = physical(
                derivation.service, name, suffix=derivation.suffix, fifo=place.fifo is not None
            )
            why = "service, name and environment" if derivation.suffix else "service and name"
            derivation.settle(place, "physical_name", value, why)
    for key in derivation.keys:
        if key.alias is OPEN:
            value = physical(derivation.service, key.name, suffix=derivation.suffix)
            derivation.settle(key, "alias", value, "service and name")
