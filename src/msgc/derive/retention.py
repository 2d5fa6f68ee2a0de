"""Retention periods: queues that catch failures keep messages for as long as SQS can."""

from __future__ import annotations

from msgc.derive.derivation import Derivation
from msgc.record import OPEN
from msgc.topology.units import DAY, DEFAULT_RETENTION


def retention(derivation: Derivation) -> None:
    """Set retention periods: 4 days, and 14 for queues that catch the failures of others."""
    for queue in derivation.queues.values():
        if queue.retention is not OPEN:
            continue
        if queue in derivation.named_for_failures:
            why = "it is there for what others could not process"
            derivation.settle(queue, "retention", 14 * DAY, why)
        else:
            derivation.settle(queue, "retention", DEFAULT_RETENTION, "SQS's own default")
