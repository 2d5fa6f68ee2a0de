"""Find the paths from a place to consumers, along which fakes deliver."""

from __future__ import annotations

from typing import assert_never

from msgc.links.mechanisms import Link
from msgc.links.model import Links
from msgc.links.outgoing import Outgoing
from msgc.topology.ends import Bus, Consumer, Origin, Outside, Queue, Topic

Ways = dict[Consumer, list[tuple[Link, ...]]]


class Paths:
    """The edges of a service by where they start, so that each is looked at once."""

    def __init__(self, links: Links) -> None:
        self._outgoing = Outgoing(links)

    def ways_from(self, place: Origin) -> Ways:
        """Return every way from a place or a schedule to each consumer that it reaches.

        An event is forwarded from bus to bus once only, and nothing comes by an edge that is
        switched off. A way may end at a consumer that a pipe asks, and not at the pipe's target.
        """
        found: Ways = {}
        self._walk(place, (), frozenset({place}), found)
        return found

    def _walk(
        self, place: Origin, path: tuple[Link, ...], seen: frozenset[Origin], found: Ways
    ) -> None:
        for link in self._outgoing.of(place):
            if (path and link.is_forward) or not any(edge.enabled for edge in link.edges):
                continue
            asked = [edge.asks for edge in link.edges if edge.asks is not None]
            for consumer in asked:
                found.setdefault(consumer, []).append((*path, link))
            match link.target:
                case Consumer() as consumer:
                    if not consumer.has_handler:
                        continue
                    found.setdefault(consumer, []).append((*path, link))
                case Queue() | Topic() | Bus() as target:
                    if target not in seen:
                        self._walk(target, (*path, link), seen | {target}, found)
                case Outside():
                    pass
                case _:
                    assert_never(link.target)
