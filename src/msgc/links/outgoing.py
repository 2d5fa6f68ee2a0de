"""`Outgoing`: look up the links that start at a place."""

from __future__ import annotations

from msgc.links.mechanisms import Link
from msgc.links.model import Links
from msgc.topology.ends import Origin


class Outgoing:
    """The links that start at each place and schedule."""

    def __init__(self, links: Links) -> None:
        """Take a single pass over the links."""
        self._links: dict[Origin, list[Link]] = {}
        for link in links.all:
            self._links.setdefault(link.origin, []).append(link)

    def of(self, place: Origin) -> tuple[Link, ...]:
        """Return the links that start at a place or a schedule, in the order of the file."""
        return tuple(self._links.get(place, ()))
