"""The types of links, one a mechanism: what edges become in AWS."""

from __future__ import annotations

from typing import Any

from msgc.filtering.model import FilterPolicy
from msgc.record import Record
from msgc.sending.transformers import Transformer
from msgc.topology.edges import Retry, Subscription
from msgc.topology.ends import Bus, Consumer, End, Queue, Topic
from msgc.topology.messages import Message
from msgc.topology.origins import Schedule, Stream
from msgc.topology.settings import HttpPolicy


class SnsSubscription(Record):
    """One AWS::SNS::Subscription: all edges of one topic to one endpoint."""

    topic: Topic
    protocol: str
    """SNS's word for the kind of end."""
    target: End
    edges: tuple[Subscription, ...]
    policy: FilterPolicy | None
    raw: bool
    dead_letter: Queue | None
    http_policy: HttpPolicy | None
    """How SNS posts to an HTTP endpoint; None: as it does by default."""
    construct_id: str
    """The id of its construct: from topic, protocol and endpoint, never from the edge's name."""

    @property
    def is_made(self) -> bool:
        """Whether there is one: SNS has no way to switch a subscription off."""
        return any(edge.enabled for edge in self.edges)

    @property
    def origin(self) -> Topic:
        """The topic, as the origin that every link has."""
        return self.topic

    @property
    def is_forward(self) -> bool:
        """No: only rules forward events from bus to bus."""
        return False


class EventRule(Record):
    """One target of an AWS::Events::Rule; what a list of targets declares is one rule with all."""

    edge: Subscription
    bus: Bus
    target: End
    pattern: dict[str, Any]
    """May contain `None` (JSON null), which CDK's L1 properties can't carry."""
    group: tuple[str, ...] | None
    """To a FIFO queue: the path, below the event's `detail`, of what is a message's group."""
    dead_letter: Queue | None
    retry: Retry | None
    transformer: Transformer | None
    """What is sent in place of the event."""
    construct_id: str

    @property
    def origin(self) -> Bus:
        """The bus, as the origin that every link has."""
        return self.bus

    @property
    def is_forward(self) -> bool:
        """Whether it hands events on to another bus, which EventBridge does once with each."""
        return self.edge.forwards_to is not None

    @property
    def edges(self) -> tuple[Subscription, ...]:
        """The one edge that it was made from."""
        return (self.edge,)


class ScheduledSend(Record):
    """One AWS::Scheduler::Schedule: what EventBridge Scheduler sends, and where."""

    edge: Subscription
    schedule: Schedule
    target: End
    input: str
    """JSON. Without any, Scheduler would send a notification of its own.

    https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html
    """
    head: Message | None
    """Of which type and source the event is, on a bus."""
    group: str | None
    """The message group, on a FIFO queue."""
    dead_letter: Queue | None
    retry: Retry | None

    @property
    def origin(self) -> Schedule:
        """The schedule, as the origin that every link has."""
        return self.schedule

    @property
    def is_forward(self) -> bool:
        """No: only rules forward events from bus to bus."""
        return False

    @property
    def edges(self) -> tuple[Subscription, ...]:
        """The one edge that it was made from."""
        return (self.edge,)


class EventSourceMapping(Record):
    """One AWS::Lambda::EventSourceMapping: a consumer's function polls a queue."""

    edge: Subscription
    queue: Queue
    consumer: Consumer
    patterns: tuple[dict[str, Any], ...]
    """Event-source filters (on `body`); empty: everything."""

    @property
    def origin(self) -> Queue:
        """The queue, as the origin that every link has."""
        return self.queue

    @property
    def is_forward(self) -> bool:
        """No: only rules forward events from bus to bus."""
        return False

    @property
    def target(self) -> Consumer:
        """The consumer, as the target that every link has."""
        return self.consumer

    @property
    def edges(self) -> tuple[Subscription, ...]:
        """The one edge that it was made from."""
        return (self.edge,)


class StreamMapping(Record):
    """One AWS::Lambda::EventSourceMapping on a stream: Lambda reads it for a function."""

    edge: Subscription
    stream: Stream
    consumer: Consumer
    patterns: tuple[dict[str, Any], ...]
    """Event-source filters (about the record); empty: everything."""
    construct_id: str

    @property
    def origin(self) -> Stream:
        """The stream, as the origin that every link has."""
        return self.stream

    @property
    def is_forward(self) -> bool:
        """No: only rules forward events from bus to bus."""
        return False

    @property
    def target(self) -> Consumer:
        """The consumer, as the target that every link has."""
        return self.consumer

    @property
    def edges(self) -> tuple[Subscription, ...]:
        """The one edge that it was made from."""
        return (self.edge,)


class LongPoll(Record):
    """A worker's reading of a queue: nothing of the stack's but the right to it."""

    edge: Subscription
    queue: Queue
    consumer: Consumer

    @property
    def patterns(self) -> tuple[dict[str, Any], ...]:
        """None: whoever receives a message by hand gets any."""
        return ()

    @property
    def origin(self) -> Queue:
        """The queue, as the origin that every link has."""
        return self.queue

    @property
    def is_forward(self) -> bool:
        """Only a rule forwards."""
        return False

    @property
    def target(self) -> Consumer:
        """The consumer, as the target that every link has."""
        return self.consumer

    @property
    def edges(self) -> tuple[Subscription, ...]:
        """The one edge that it was made from."""
        return (self.edge,)


class EventHead(Record):
    """What a pipe says of the events that it puts on a bus: texts, or JSON paths into a record."""

    source: str
    type: str


class MessageIds(Record):
    """What a pipe gives the messages of a FIFO queue: JSON paths into what it hands on."""

    group: str
    deduplication: str | None
    """None: SQS hashes the body."""


class Pipe(Record):
    """One AWS::Pipes::Pipe: it reads a queue or a stream, and hands on what is in the records."""

    edge: Subscription
    origin: Queue | Stream
    target: End
    patterns: tuple[dict[str, Any], ...]
    """Filters about the record (on `body`, `data`, ...); empty: everything."""
    path: str
    """What of a record is handed on: `$.body`, or `$`, which is all of it."""
    template: str | None
    """What the target gets of that, or of what was answered; None: all, as it is."""
    head: EventHead | None
    message_ids: MessageIds | None = None
    """To a FIFO queue only."""
    construct_id: str

    @property
    def is_forward(self) -> bool:
        """No: only rules forward events from bus to bus."""
        return False

    @property
    def edges(self) -> tuple[Subscription, ...]:
        """The one edge that it was made from."""
        return (self.edge,)


Link = (
    SnsSubscription
    | EventRule
    | ScheduledSend
    | EventSourceMapping
    | StreamMapping
    | LongPoll
    | Pipe
)
"""What edges become in AWS: a closed union, taken apart by `match` with `assert_never`."""
