"""Tell ends apart: their kinds, and which of them are places, consumers or outside."""

from __future__ import annotations

from collections.abc import Hashable
from typing import assert_never

from msgc.kinds import BUS, CONSUMER, QUEUE, SCHEDULE, STREAM, TOPIC, Kind
from msgc.topology import settings
from msgc.topology.destinations import Destination
from msgc.topology.ends import Bus, Consumer, End, Outside, Place, Queue, Topic, Vertex
from msgc.topology.origins import Schedule, Stream


def kind_of(end: Vertex) -> Kind:  # noqa: PLR0911  # one for each
    """Return what kind of end something is, or of what an edge leads from."""
    match end:
        case Queue():
            return QUEUE
        case Topic():
            return TOPIC
        case Bus():
            return BUS
        case Consumer():
            return CONSUMER
        case Outside(kind=kind):
            return kind
        case Stream():
            return STREAM
        case Schedule():
            return SCHEDULE
        case _:
            assert_never(end)


def as_place(end: Vertex) -> Place | None:
    """Return an end that messages can go on from, None of any other."""
    match end:
        case Queue() | Topic() | Bus():
            return end
        case Consumer() | Outside() | Stream() | Schedule():
            return None
        case _:
            assert_never(end)


def as_topic(place: Place) -> Topic | None:
    """Return a place that is a topic, None of any other."""
    match place:
        case Topic():
            return place
        case Queue() | Bus():
            return None
        case _:
            assert_never(place)


def as_queue(place: Place) -> Queue | None:
    """Return a place that is a queue, None of any other."""
    match place:
        case Queue():
            return place
        case Topic() | Bus():
            return None
        case _:
            assert_never(place)


def as_consumer(end: End) -> Consumer | None:
    """Return an end that handles messages, None of any other."""
    match end:
        case Consumer():
            return end
        case Queue() | Topic() | Bus() | Outside():
            return None
        case _:
            assert_never(end)


def as_outside(end: End) -> Outside | None:
    """Return an end that the file doesn't declare, None of one that it does."""
    match end:
        case Outside():
            return end
        case Queue() | Topic() | Bus() | Consumer():
            return None
        case _:
            assert_never(end)


def is_fifo(end: End) -> bool:
    """Whether an end keeps the order of messages."""
    place = as_place(end)
    return place is not None and place.fifo is not None


def identity(end: End) -> Hashable:
    """Return what is equal for two ends that are the same thing to AWS."""
    match end:
        case Outside(destination=Destination(words=words)):
            return end.kind.word, words
        case Outside():
            address = end.address or settings.ByName(name=end.text or "")  # a log group's name
            return (end.kind.word, *settings.identity(address, end.kind))
        case Queue() | Topic() | Bus() | Consumer():
            return end
        case _:
            assert_never(end)
