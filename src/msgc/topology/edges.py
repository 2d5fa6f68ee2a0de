"""Subscriptions: the edges from places to where their messages go."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal, assert_never

from msgc.kinds import Cdk, Delivery, Way
from msgc.record import Record
from msgc.source import Span
from msgc.topology.declared import Declared
from msgc.topology.deferred import Text
from msgc.topology.ends import Bus, Consumer, End, EventLog, Origin, Outside, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.narrowing import as_consumer, kind_of
from msgc.topology.origins import Schedule, Stream
from msgc.topology.settings import GivenFunction, HttpPolicy, Key
from msgc.topology.templates import Send


class Retry(Record):
    """How long a rule's target, or an HTTP endpoint, is tried: attempts, and seconds at most."""

    attempts: int | None
    max_age: int | None


class Reading(Record):
    """How a stream or a queue is read: messages in a batch, seconds to gather them, and so on."""

    size: int | None
    window: int | None
    parallel: int | None
    """Batches of one shard at a time."""
    bisect: bool
    """Whether a batch that fails is tried again in two halves."""


class NamedMessage(Record):
    """A message, and where the file names it."""

    message: Message
    span: Span


class Subscription(Declared):
    """An edge from a place to where its messages go; from a queue, a consumer's poll or a pipe.

    A poll that stands on the consumer has its name, which a subscription may have too. What has a
    list of targets is one edge for each, of the same name and with the same options.
    """

    origin: Origin
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
    reading: Reading | None = None
    """What it says of how it reads; None: nothing, or AWS hands each message on as it comes."""
    log: EventLog | None = None
    """What a pipe logs."""
    encryption: Key | None = None
    """With which a pipe keeps its filters and templates."""
    enrich: Consumer | GivenFunction | None = None
    """Who is asked about each payload, and answers what arrives instead."""
    endpoint_was: str | None = None
    """Of a topic's edge: what ids call the endpoint, if it was first built as something else."""
    index: int | None = None
    """Where its target stands in the list of targets; None: `to` names it alone."""
    send: Send | None = None
    """What is delivered in place of the original."""
    made_by: Text | None = None
    """The account whose stack makes it, another than the service's own; None: this stack does."""

    def place(self, *path: str | int) -> Span:
        """Return the place of a part of the declaration; of a list of targets, of its own one."""
        if self.index is not None and path[:1] == ("to",):
            path = ("to", self.index, *path[1:])
        return super().place(*path)

    @property
    def made(self) -> tuple[Message, ...]:
        """The type of message that it sends by itself, if it does."""
        message = self.send.message if self.send is not None else None
        return () if message is None else (message,)

    @property
    def brings_events(self) -> bool:
        """Whether what comes to its target is an event around the payload."""
        return self.way.brings_events and self.send is None

    @property
    def is_made(self) -> bool:
        """Whether AWS has something for it, even if that is switched off."""
        return self.enabled or self.way.is_made_when_off

    @cached_property
    def way(self) -> Way:
        """The mechanism by which AWS moves messages along it."""
        changed = self.enrich is not None or self.send is not None
        return way_between(self.origin, self.target, changed=changed)

    @property
    def delivered(self) -> tuple[Message, ...]:
        """The types that arrive at its target: those that take it, or what is made of them."""
        if self.send is not None:
            return self.made
        return self.messages if self.enrich is None else self.answered

    @property
    def delivers_untyped(self) -> bool:
        """Whether what arrives at its target may be of other types than `delivered`."""
        if self.send is not None or self.enrich is not None:
            return not self.delivered
        return self.untyped

    @property
    def answered(self) -> tuple[Message, ...]:
        """The types that come back from whom a pipe asks; none: it may be anything."""
        match self.enrich:
            case Consumer(answers=answers) if answers is not None:
                return (answers,)
            case Consumer() | GivenFunction() | None:
                return ()
            case _:
                assert_never(self.enrich)

    @property
    def asks(self) -> Consumer | None:
        """The consumer of this file that is asked about each payload."""
        match self.enrich:
            case Consumer():
                return self.enrich
            case GivenFunction() | None:
                return None
            case _:
                assert_never(self.enrich)

    @property
    def poller(self) -> Consumer | None:
        """The consumer that takes messages out of the origin, a queue, without a pipe."""
        match self.way:
            case Way.SNS_SUBSCRIPTION | Way.EVENT_RULE | Way.PIPE | Way.STREAM_PIPE | Way.SCHEDULE:
                return None
            case Way.EVENT_SOURCE_MAPPING | Way.STREAM_MAPPING | Way.LONG_POLL:
                return as_consumer(self.target)
            case _:
                assert_never(self.way)

    @property
    def has_name(self) -> bool:
        """Whether it has a name of its own: what a consumer says of its queue itself has none."""
        return self.poller is None or self.key is not self.poller.key

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

    @property
    def cdk(self) -> Cdk | None:
        """As what CDK has its target, if that is a resource which the file doesn't declare."""
        return self.delivery.cdk or kind_of(self.target).cdk


def way_between(origin: Origin, target: End, *, changed: bool) -> Way:
    """Return the mechanism by which AWS moves messages out of a place or a stream to an end.

    Lambda reads for a function what isn't changed on its way; a pipe reads for all others.
    """
    consumer = None if changed else as_consumer(target)
    match origin:
        case Topic():
            return Way.SNS_SUBSCRIPTION
        case Bus():
            return Way.EVENT_RULE
        case Queue():
            if consumer is None:
                return Way.PIPE
            return Way.EVENT_SOURCE_MAPPING if consumer.worker is None else Way.LONG_POLL
        case Stream():
            return Way.STREAM_PIPE if consumer is None else Way.STREAM_MAPPING
        case Schedule():
            return Way.SCHEDULE
        case _:
            assert_never(origin)
