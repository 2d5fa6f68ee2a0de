"""Work out who needs which bucket of large messages: publishers put there, consumers read there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.links.model import Arrival, Links
from msgc.links.receiving import arrivals_in
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Outside, Publisher, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of
from msgc.topology.origins import Schedule, Stream
from msgc.topology.settings import Large, PayloadBucket


def stored(publisher: Publisher, topology: Topology) -> tuple[PayloadBucket, ...]:
    """Return the buckets into which somebody puts large messages."""
    if not topology.payload_buckets or publisher.outsider is not None:
        return ()
    published = (
        message
        for publication in topology.publications(publisher)
        if not kind_of(publication.target).carries_events
        for message in publication.messages
    )
    return _buckets(published)


def fetched(publisher: Publisher, links: Links) -> tuple[PayloadBucket, ...]:
    """Return the buckets in which somebody reads large messages."""
    if not links.topology.payload_buckets or publisher.outsider is not None:
        return ()
    arrived = tuple(each.bucket for each in arriving(publisher, links))
    read = (*links.worked_by.get(publisher, ()), *links.topology.reads(publisher))
    if not read:
        return tuple(dict.fromkeys(arrived))
    lying = in_queues(links)
    waiting = _buckets(message for queue in read for message in lying.get(queue, ()))
    brought = (each for there in arrivals_in(links, read).values() for each in brought_by(there))
    return tuple(dict.fromkeys((*arrived, *(each.bucket for each in brought), *waiting)))


def in_queues(links: Links) -> dict[Queue, tuple[Message, ...]]:
    """Return the large messages to which something may point that lies in a queue.

    What a topic can't deliver lies in the queue for that, and what fails in a dead-letter queue.
    """
    found: dict[Queue, dict[Message, None]] = {}
    queues = links.topology.queues.values()
    for queue in queues:
        own = dict.fromkeys(each for each in queue.messages if each.large is not None)
        found.setdefault(queue, {}).update(own)
    for made in links.sns_subscriptions:
        large = dict.fromkeys(message for edge in made.edges for message in large_in(edge))
        for end in (_queue(made.target), made.dead_letter):
            if end is not None:
                found.setdefault(end, {}).update(large)
    for queue in queues:
        if queue.dead_letter is not None:
            found.setdefault(queue.dead_letter.queue, {}).update(found[queue])
    return {queue: tuple(messages) for queue, messages in found.items() if messages}


def large_in(edge: Subscription) -> tuple[Message, ...]:
    """Return the messages that take an edge, perhaps among others, and may be large."""
    taken = _of_origin(edge) if edge.untyped else edge.messages
    return tuple(each for each in taken if each.large is not None)


def _queue(end: End) -> Queue | None:
    match end:
        case Queue():
            return end
        case Topic() | Bus() | Consumer() | Outside():
            return None
        case _:
            assert_never(end)


def arriving(publisher: Publisher, links: Links) -> tuple[Large, ...]:
    """Return how messages that reach a consumer's handler go through S3, of those that may."""
    return brought_by(
        arrival
        for trigger in links.triggers
        if trigger.consumer is publisher
        for arrival in trigger.arrivals
    )


def brought_by(arrivals: Iterable[Arrival]) -> tuple[Large, ...]:
    """Return how messages that arrive go through S3, of those that may."""
    found = dict.fromkeys(message for arrival in arrivals for message in _in(arrival))
    return tuple(each.large for each in found if each.large is not None)


def _in(arrival: Arrival) -> Iterator[Message]:
    """Yield what arrives, and what may be among what comes without a type."""
    yield from arrival.messages
    if arrival.untyped:
        for edge in arrival.edges:
            yield from _of_origin(edge)


def _of_origin(edge: Subscription) -> tuple[Message, ...]:
    match edge.origin:
        case Topic() | Queue() as place:
            return place.messages
        case Bus() | Schedule() | Stream():
            return ()
        case _:
            assert_never(edge.origin)


def _buckets(messages: Iterable[Message]) -> tuple[PayloadBucket, ...]:
    found = dict.fromkeys(each.large.bucket for each in messages if each.large is not None)
    return tuple(found)
