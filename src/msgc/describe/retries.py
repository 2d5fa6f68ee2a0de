"""What AWS does with messages that it can't deliver or nobody can handle, and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgc.describe.deliveries import by_eventbridge, by_sns, from_stream, invoked
from msgc.describe.model import Candidate, Row
from msgc.describe.redrive import of_queue
from msgc.links.mechanisms import (
    EventRule,
    EventSourceMapping,
    Link,
    LongPoll,
    Pipe,
    ScheduledSend,
    SnsSubscription,
    StreamMapping,
)
from msgc.links.model import Links
from msgc.routing.wording import reference
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, End, Outside, Producer, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.origins import Stream


def retries(candidate: Candidate, topology: Topology, links: Links) -> Iterator[Row]:
    """Yield a row for each way on which something may fail, with when it ends."""
    thing = candidate.thing
    match thing:
        case Queue():
            yield of_queue(thing, reference(thing), topology)
        case Topic() | Bus():
            yield from _all((one for one in links.all if one.origin is thing), topology)
        case Consumer():
            yield from _all((one for one in links.all if _serves(one, thing)), topology)
        case Subscription():
            yield from _all((one for one in links.all if _is_of(one, candidate)), topology)
        case Producer() | Message():
            return
        case _:
            assert_never(thing)


def _serves(link: Link, consumer: Consumer) -> bool:
    return link.target is consumer or any(edge.asks is consumer for edge in link.edges)


def _is_of(link: Link, candidate: Candidate) -> bool:
    return any(edge in link.edges for edge in candidate.edges)


def _all(links: Iterable[Link], topology: Topology) -> Iterator[Row]:
    """Yield what fails on each link, and then at its target; each once."""
    ends: dict[End, Row] = {}
    for link in links:
        yield _on(link, topology)
        if (after := _at(link, topology)) is not None:
            ends.setdefault(link.target, after)
    yield from ends.values()


def _on(link: Link, topology: Topology) -> Row:
    """Return what fails while a link delivers, or while messages are read."""
    match link:
        case SnsSubscription():
            return by_sns(link)
        case EventRule() | ScheduledSend():
            return by_eventbridge(link)
        case EventSourceMapping() | LongPoll():
            return of_queue(link.queue, reference(link.queue), topology)
        case StreamMapping():
            return from_stream(link.edge, link.stream)
        case Pipe():
            match link.origin:
                case Queue() as queue:
                    return of_queue(queue, reference(queue), topology)
                case Stream() as stream:
                    return from_stream(link.edge, stream)
                case _:
                    assert_never(link.origin)
        case _:
            assert_never(link)


def _at(link: Link, topology: Topology) -> Row | None:
    """Return what fails at a target to which AWS hands messages as they come."""
    match link:
        case SnsSubscription() | EventRule() | ScheduledSend():
            return _behind(link.target, topology)
        case EventSourceMapping() | StreamMapping() | LongPoll() | Pipe():
            return None
        case _:
            assert_never(link)


def _behind(target: End, topology: Topology) -> Row | None:
    match target:
        case Queue():
            return of_queue(target, reference(target), topology)
        case Consumer():
            return invoked(target)
        case Topic() | Bus() | Outside():
            return None
        case _:
            assert_never(target)
