"""The ways from a place to consumers: what stands in between, as fakes walk it."""

from __future__ import annotations

from msgc.links.model import Links
from msgc.links.steps import Step, Steps, end_of, is_forward
from msgc.topology.ends import Bus, Consumer, Place, Queue, Topic

Ways = dict[Consumer, list[tuple[Step, ...]]]


class Paths:
    """The edges of a service by where they start, so that each is looked at once."""

    def __init__(self, links: Links) -> None:
        self._steps = Steps(links)

    def ways_from(self, place: Place) -> Ways:
        """Return every way from a place to each consumer that it reaches.

        An event is forwarded from bus to bus once only.
        """
        found: Ways = {}
        self._walk(place, (), frozenset({place}), found)
        return found

    def _walk(
        self, place: Place, steps: tuple[Step, ...], seen: frozenset[Place], found: Ways
    ) -> None:
        for step in self._steps.out_of(place):
            target = end_of(step)
            if steps and is_forward(step):
                continue
            if isinstance(target, Consumer):
                found.setdefault(target, []).append((*steps, step))
            elif isinstance(target, Topic | Queue | Bus) and target not in seen:
                self._walk(target, (*steps, step), seen | {target}, found)
