"""Content-based deduplication: for FIFO places with a message that has no `deduplicate_by`."""

from __future__ import annotations

from msgc.derive.derivation import Derivation
from msgc.record import OPEN
from msgc.topology.ends import Queue, Topic


def deduplication(derivation: Derivation) -> None:
    """Let AWS hash the body of FIFO messages that have no `deduplicate_by`.

    Nor has what comes from a bus: a rule gives no id. A pipe does, if all its messages have one.
    """
    fed = {
        edge.target: edge
        for edge in derivation.edges
        if edge.way.brings_events or (edge.poller is None and edge.way.reader)
    }
    places: tuple[Queue | Topic, ...] = (
        *derivation.queues.values(),
        *derivation.topics.values(),
    )
    for place in places:
        if place.content_deduplication is OPEN:
            rule = fed.get(place)
            if rule is not None and place.fifo is not None:
                what = "events" if rule.way.brings_events else "messages"
                why = f"`{rule.name}` brings {what}, for which EventBridge gives no id"
                derivation.settle(place, "content_deduplication", True, why)  # noqa: FBT003
                continue
            if place.fifo is None:
                derivation.settle(place, "content_deduplication", False, "nothing needs it")  # noqa: FBT003
                continue
            bare = [m.name for m in place.messages if m.deduplicate_by is None]
            timed = [e.name for e in derivation.edges if e.target is place and e.way.is_timed]
            hashes = bool(bare or timed)
            why = f"`{bare[0]}` has no `deduplicate_by`" if bare else "nothing needs it"
            why = f"the schedule `{timed[0]}` says no id" if timed and not bare else why
            derivation.settle(place, "content_deduplication", hashes, why)
