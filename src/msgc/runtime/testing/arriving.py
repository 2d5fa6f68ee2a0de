"""What queues do with messages: they drop duplicates, make some, and mix the order up."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from .parcels import Parcel

_WINDOW = 300.0
"""Seconds: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html"""


def deduplicated(
    parcels: Iterable[Parcel], *, per_group: bool, by_content: bool
) -> list[Parcel]:
    """Return what FIFO lets through: of one deduplication id the first in five minutes.

    `by_content` takes the body for the id of what has none.
    """
    accepted: dict[tuple[str, str], float] = {}
    found: list[Parcel] = []
    for parcel in parcels:
        id_ = parcel.system.get("MessageDeduplicationId", "")
        if not id_ and by_content:
            id_ = f"content of {parcel.body}"
        group = parcel.system.get("MessageGroupId", "") if per_group else ""
        before = accepted.get((group, id_))
        if id_ and before is not None and parcel.sent - before < _WINDOW:
            continue
        accepted[group, id_] = parcel.sent
        found.append(parcel)
    return found


def mixed(parcels: list[Parcel], duplicates: int, shuffle: int | None) -> list[Parcel]:
    """Return messages as a standard queue may bring them: several times, in another order."""
    found = [each for each in parcels for _ in range(duplicates + 1)]
    if shuffle is not None:
        Random(shuffle).shuffle(found)
    return found
