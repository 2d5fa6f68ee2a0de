"""Subscriptions: the edges from places to where their messages go."""

from __future__ import annotations

from typing import Any, Literal, assert_never

from msgc.kinds import Delivery, Way
from msgc.record import Record
from msgc.source import Span
from msgc.topology.ends import (
    Bus,
    Consumer,
    Declared,
    End,
    Message,
    Outside,
    Place,
    Queue,
    Topic,
)
from msgc.topology.narrowing import as_consumer, kind_of
from msgc.topology.settings import HttpPolicy


class Retry(Record):
    """How long a rule's target, or an HTTP endpoint, is tried: attempts, and seconds at most."""

    attempts: int | None
    max_age: int | None


class NamedMessage(Record):
    """A message, and where the file names it."""

    message: Message
    span: Span


class Subscription(Declared):
    """An edge from a place to where its messages go; from a queue, it is a consumer's poll.

    A poll has the consumer's name, which a subscription may have too. What is declared with a list
    of targets is one edge for each, of the same name and with the same options.
    """

    origin: Place
    target: End
    named: tuple[NamedMessage, ...] | None
    """What `messages` lists; None: it isn't said."""
    messages: tuple[Message, ...]
    """The types that take this edge; empty with `untyped`, and with a `pattern` that names none."""
    untyped: bool
    """`messages: any`: everything, whatever it is."""
    filter: dict[str, Any] | None
    """Event-pattern language about the payload, as written."""
    filter_on: Literal["attributes", "body"] | None
    """The SNS scope decided by hand; None leaves it to the compiler."""
    pattern: dict[str, Any] | None
    """A raw EventBridge event pattern, instead of `filter`."""
    raw: bool
    dead_letter: Queue | None
    retry: Retry | None
    http_policy: HttpPolicy | None = None
    """`delivery`: how SNS posts to an HTTP endpoint, in place of the topic's."""
    enabled: bool
    index: int | None = None
    """Where its target stands in the list of targets; None: `to` names it alone."""

    def place(self, *path: str | int) -> Span:
        """Return the place of a part of the declaration; of a list of targets, of its own one."""
        if self.index is not None and path[:1] == ("to",):
            path = ("to", self.index, *path[1:])
        return super().place(*path)

    @property
    def way(self) -> Way:
        """The mechanism by which AWS moves messages along it."""
        return way_out_of(self.origin)

    @property
    def poller(self) -> Consumer | None:
        """The consumer whose function polls the origin, if the edge is polled."""
        match self.way:
            case Way.SNS_SUBSCRIPTION | Way.EVENT_RULE:
                return None
            case Way.EVENT_SOURCE_MAPPING:
                return as_consumer(self.target)
            case _:
                assert_never(self.way)

    @property
    def forwards_to(self) -> Bus | None:
        """The bus to which it forwards another bus's events; each event is forwarded once."""
        if not self.way.brings_events:
            return None
        match self.target:
            case Bus() as bus:
                return bus
            case Queue() | Topic() | Consumer() | Outside():
                return None
            case _:
                assert_never(self.target)

    @property
    def delivery(self) -> Delivery:
        """How messages come to its target."""
        return kind_of(self.target).ways[self.way]


def way_out_of(place: Place) -> Way:
    """Return the mechanism by which AWS moves messages out of a place."""
    match place:
        case Topic():
            return Way.SNS_SUBSCRIPTION
        case Bus():
            return Way.EVENT_RULE
        case Queue():
            return Way.EVENT_SOURCE_MAPPING
        case _:
            assert_never(place)
