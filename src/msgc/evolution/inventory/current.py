"""The inventory that a file has now, of all its environments."""

from __future__ import annotations

from msgc.evolution.inventory.entries import entries
from msgc.evolution.inventory.entry import ALONE, Made
from msgc.evolution.inventory.environments import combined
from msgc.evolution.inventory.lines import line, written
from msgc.links.model import Links
from msgc.record import Record
from msgc.stack import plan
from msgc.topology.model import Topology


class Current(Record):
    """What a file makes now."""

    topology: Topology
    """That in the first environment."""
    by_environment: dict[str, tuple[Made, ...]]
    made: tuple[Made, ...]
    """The same, of all environments together."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of its inventory."""
        return tuple(line(each.entry) for each in self.made)

    @property
    def text(self) -> str:
        """Its inventory, if nothing is gone."""
        return written(self.topology.service, self.lines, ())


def current(variants: tuple[Links, ...]) -> Current:
    """Return what a file makes, given its links in each environment."""
    found: dict[str, tuple[Made, ...]] = {}
    for links in variants:
        stack, environment = plan(links.topology, links), links.topology.environment
        if environment is None:
            found[ALONE] = entries(stack)
        else:
            name, protected = environment.built_as, environment.protected
            found[name] = entries(stack, environment=name, protected=protected)
    return Current(topology=variants[0].topology, by_environment=found, made=combined(found))
