"""Content-based deduplication: for FIFO places with a message that has no `deduplicate_by`."""

from __future__ import annotations

from msgc.derive.derivation import Derivation
from msgc.record import OPEN
from msgc.topology.ends import Queue, Topic


def deduplication(derivation: Derivation) -> None:
    """Let AWS hash the body of FIFO messages that have no `deduplicate_by`."""
    places: tuple[Queue | Topic, ...] = (
        *derivation.queues.values(),
        *derivation.topics.values(),
    )
    for place in places:
        if place.content_deduplication is OPEN:
            bare = [m.name for m in place.messages if m.deduplicate_by is None]
            hashes = place.fifo is not None and bool(bare)
            why = f"`{bare[0]}` has no `deduplicate_by`" if hashes else "nothing needs it"
            derivation.settle(place, "content_deduplication", hashes, why)
