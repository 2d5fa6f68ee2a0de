"""The inputs that a stack needs, as arguments of the construct."""

from __future__ import annotations

from collections.abc import Iterable

from msgc.stack.model import Argument, Handle, Section
from msgc.stack.walk import inputs, values
from msgc.topology.model import Topology


def arguments(topology: Topology, sections: tuple[Section, ...]) -> tuple[Argument, ...]:
    """Return the inputs that the app gives: those for which the environment has no value.

    What only some environments need is no argument in the others: an edge may be switched off.
    """
    used = None if topology.environment is None else used_inputs(sections)
    return tuple(
        Argument(
            name=each.argument,
            handle=Handle(name=f"{each.argument}_input", description=each.description),
        )
        for each in topology.inputs.values()
        if each.name not in topology.given_inputs and (used is None or each.argument in used)
    )


def used_inputs(sections: Iterable[Section]) -> frozenset[str]:
    """Return the arguments of the inputs that something of a stack mentions."""
    items = (item for section in sections for item in section.items)
    return frozenset(name for item in items for value in values(item) for name in inputs(value))
