"""Everything that follows from the whole graph: links, attributes, triggers and addresses.

`msgc.links.link` makes it all from a Topology; nothing in here is decided twice.
"""

from __future__ import annotations

from typing import Literal

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
from msgc.record import Record
from msgc.topology.edges import Subscription
from msgc.topology.ends import Consumer, Place, Publisher, Queue
from msgc.topology.messages import ForeignAttribute, Message
from msgc.topology.model import Topology


class Attribute(Record):
    """A message attribute that publishers send: `path` is the payload field, () what isn't one."""

    name: str
    path: tuple[str, ...]
    type: Literal["String", "Number"]
    """SNS's data type; a boolean goes as the text `true` or `false`."""
    told: str | None = None
    """What it always says: the type, for a discriminator."""
    given: ForeignAttribute | None = None
    """The attribute of the message whose value the publisher is given."""


class Arrival(Record):
    """One shape in which messages reach a consumer or a queue.

    `envelopes` are what is around the payload in the message's body, outermost first: `sns` is
    SNS's JSON envelope (raw delivery off), `eventbridge` is an event with `source`, `detail-type`
    and `detail`. What Lambda's own event is made of isn't listed: to a function that a topic
    invokes the payload is `Sns.Message`, to one that a rule invokes it is the event's `detail`
    (there, `envelopes` is empty too).
    `attributes` says whether the `message_type` attribute comes along.
    """

    envelopes: tuple[Literal["sns", "eventbridge"], ...]
    attributes: bool
    messages: tuple[Message, ...]
    untyped: bool
    edges: tuple[Subscription, ...]
    """The edges it took, the last one first, back to the first topic or bus that gave it its
    shape; none: a producer puts it here."""


Service = Literal[
    "sqs", "kinesis", "dynamodb", "sns", "eventbridge", "pipe", "direct", "enrichment",
]  # fmt: skip
"""Whose event a function gets; `direct`: it is invoked with the message itself."""


class Trigger(Record):
    """Everything that reaches a consumer from one queue, or as one other kind of Lambda event."""

    consumer: Consumer
    service: Service
    queue: Queue | None
    """The queue that is polled; None: it comes from a stream, or something invokes the function."""
    arrivals: tuple[Arrival, ...]


class Address(Record):
    """Where a publisher finds a place: an environment variable, and a parameter with its ARN."""

    place: Place
    variable: str
    parameter: str | None
    """None: msgc makes none (imported places, the default bus, derived dead-letter queues, and
    wherever `discovery` is off)."""


class Links(Record):
    """Everything that follows from the whole graph, in the order of the file."""

    topology: Topology
    """What it follows from: filters and patterns that are broken are out of it."""
    sns_subscriptions: tuple[SnsSubscription, ...]
    event_rules: tuple[EventRule, ...]
    scheduled_sends: tuple[ScheduledSend, ...]
    event_source_mappings: tuple[EventSourceMapping, ...]
    stream_mappings: tuple[StreamMapping, ...]
    long_polls: tuple[LongPoll, ...]
    pipes: tuple[Pipe, ...]
    attributes: dict[tuple[Place, Message], tuple[Attribute, ...]]
    """What publishers send with a message to a topic or queue: the type first, then the fields."""
    triggers: tuple[Trigger, ...]
    addresses: dict[Place, Address]
    worked_by: dict[Publisher, tuple[Queue, ...]]
    """The queues that workers read."""

    @property
    def all(self) -> tuple[Link, ...]:
        """Subscriptions, rules, schedules, mappings of queues and streams, long polls, pipes."""
        return (
            *self.sns_subscriptions,
            *self.event_rules,
            *self.scheduled_sends,
            *self.event_source_mappings,
            *self.stream_mappings,
            *self.long_polls,
            *self.pipes,
        )

    @property
    def of_this_stack(self) -> Links:
        """The links without those that other accounts make."""
        return self.replace(
            sns_subscriptions=tuple(
                made for made in self.sns_subscriptions if made.edges[0].made_by is None
            ),
            event_rules=tuple(made for made in self.event_rules if made.edge.made_by is None),
        )

    @property
    def rules(self) -> tuple[tuple[EventRule, ...], ...]:
        """The event rules, each with all of its targets."""
        found: dict[str, list[EventRule]] = {}
        for made in self.event_rules:
            found.setdefault(made.edge.name, []).append(made)
        return tuple(map(tuple, found.values()))
