"""`Replacements`: places that others take over from (`replaces`), and what both have meanwhile."""

from __future__ import annotations

from msgc.record import Record
from msgc.topology.edges import Subscription
from msgc.topology.ends import Place, Publication, Publisher, Queue


class Replacements(Record):
    """The places that are being replaced, and what is done with them until they are taken out."""

    heirs: dict[Place, Place]
    """By each place that is being replaced, the one that replaces it."""
    edges: dict[Subscription, Subscription]
    """By each edge that is made on a replaced place too, the one that the file has."""
    publications: dict[Publisher, tuple[Publication, ...]]
    """What publishers put on replaced places, as their code that still runs does."""
    reads: dict[Publisher, tuple[Queue, ...]]
    """The replaced queues that code takes messages out of, as it does of their heirs."""

    def replaced_by(self, heir: Place) -> Place | None:
        """Return the place that another one replaces."""
        return next((old for old, new in self.heirs.items() if new is heir), None)


NO_REPLACEMENTS = Replacements(heirs={}, edges={}, publications={}, reads={})
