"""Grants: every right that an edge needs, as who may do what, on what, and why.

Each is decided here, once; the modules beside this one fold them into policies, permissions and
roles.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, assert_never

from msgc.kinds import (
    BUS,
    QUEUE,
    TOPIC,
    Bound,
    Confirmation,
    Kind,
    LogPolicy,
    OwnRole,
    Permission,
    ResourcePolicy,
    Role,
)
from msgc.links.model import (
    EventRule,
    EventSourceMapping,
    Link,
    Links,
    LongPoll,
    Pipe,
    ScheduledSend,
    SnsSubscription,
    StreamMapping,
)
from msgc.record import Record
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import (
    Bus,
    Consumer,
    End,
    Place,
    Producer,
    Publication,
    Publisher,
    Queue,
    Topic,
)
from msgc.topology.messages import Message
from msgc.topology.model import Topology
from msgc.topology.narrowing import kind_of
from msgc.topology.origins import Stream
from msgc.topology.outsiders import Outsider
from msgc.topology.regions import opt_in_region
from msgc.topology.settings import GivenFunction, arn_in

EVENTS = "events.amazonaws.com"
LOGS = "delivery.logs.amazonaws.com"
PIPES = "pipes.amazonaws.com"
SNS = "sns.amazonaws.com"
SCHEDULER = "scheduler.amazonaws.com"

Action = Literal[
    "receive", "drain", "follow", "read", "send", "publish", "put", "find", "invoke", "ask", "log",
    "vend", "deliver", "subscribe", "rule", "discard",
    "trace",
]  # fmt: skip

ACTIONS: dict[Action, tuple[str, ...]] = {
    "receive": (
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
    ),
    "drain": ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
    "follow": (
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
    ),
    "read": (
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
        "kinesis:ListStreams",
    ),
    "send": ("sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"),
    "publish": ("sns:Publish",),
    "put": ("events:PutEvents",),
    "trace": ("xray:PutTelemetryRecords", "xray:PutTraceSegments"),
    "find": ("ssm:GetParameter", "ssm:GetParameters"),
    "invoke": ("lambda:InvokeFunction",),
    "ask": ("lambda:InvokeFunction",),
    "log": ("logs:CreateLogStream", "logs:PutLogEvents"),
    "vend": ("logs:CreateLogStream", "logs:PutLogEvents"),
    "deliver": (),
    "subscribe": ("sns:Subscribe",),
    "rule": (
        "events:DeleteRule",
        "events:DescribeRule",
        "events:DisableRule",
        "events:EnableRule",
        "events:ListTagsForResource",
        "events:ListTargetsByRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "events:TagResource",
        "events:UntagResource",
    ),
    "discard": ("sqs:SendMessage",),
}
"""What each takes in IAM: from a queue, a function receives and a pipe drains; a table's stream is
followed, one of Kinesis read. Of a service in a queue's own policy, to send is `sqs:SendMessage`.

What it takes to deliver with a role depends on the kind of end: `Grant.actions`.
"""


class Events(Record):
    """The condition on events: those of one source, of these types."""

    source: str
    types: tuple[str, ...]


class Grant(Record):
    """One right of one edge."""

    who: Publisher | SnsSubscription | EventRule | Pipe | ScheduledSend | Outsider | str
    """A consumer or producer, an edge with a role of its own, whoever the policy of a place lets
    in, or the AWS service that delivers for an edge."""
    may: Action
    on: End | Stream | GivenFunction | str
    """A function is one that a pipe asks; a text is the name of a Systems Manager parameter."""
    source: Topic | EventRule | Bus | None = None
    """For what a service does it."""
    edge: SnsSubscription | EventRule | Pipe | ScheduledSend | None = None
    """The subscription, rule, pipe or schedule that delivers with it."""
    events: tuple[Events, ...] = ()
    """Of `put`: nothing but these."""
    actions: tuple[str, ...] = ()
    """Of `deliver`: what the kind of end takes."""
    by: Declared
    """What of the file needs it."""
    why: str


def grants(topology: Topology, links: Links) -> tuple[Grant, ...]:
    """Return the rights of all edges, in their order."""
    return (
        *(grant for link in links.all for grant in _of_link(link)),
        *(grant for each in topology.producers.values() for grant in _of_producer(each, links)),
        *(grant for each in topology.consumers.values() for grant in _of_consumer(each)),
        *(grant for each in topology.buses.values() for grant in _of_bus(each)),
        *(grant for place in topology.places for grant in _allowed(place)),
        *(grant for each in _workers(topology) for grant in _finds(each, links)),
    )


def sns_services(topic: Topic) -> tuple[str, ...]:
    """Return as whom SNS delivers from a topic: from an opt-in Region under its name too.

    Where the topic and its subscriber are in one Region, it is `sns.amazonaws.com` everywhere.
    """
    arn = arn_in(topic.imported)
    region = None if arn is None else opt_in_region(arn)
    return (SNS,) if region is None else (SNS, f"sns.{region}.amazonaws.com")


def _of_bus(bus: Bus) -> Iterator[Grant]:
    if bus.dead_letter and bus.is_made:
        why = f"what `{bus.name}` can't process goes there"
        yield Grant(who=EVENTS, may="send", on=bus.dead_letter, source=bus, by=bus, why=why)
    if bus.log is not None:
        why = f"what EventBridge logs about `{bus.name}` goes there"
        yield Grant(who=LOGS, may="vend", on=bus.log.group, source=bus, by=bus, why=why)


def _of_link(link: Link) -> Iterator[Grant]:
    match link:
        case SnsSubscription():
            yield from _of_subscription(link)
        case EventRule():
            yield from _of_rule(link)
        case ScheduledSend():
            yield from _of_schedule(link)
        case EventSourceMapping() | LongPoll():
            yield _reads(link)
        case StreamMapping():
            yield from _of_stream_mapping(link)
        case Pipe():
            yield from _of_pipe(link)
        case _:
            assert_never(link)


def _of_subscription(made: SnsSubscription) -> Iterator[Grant]:
    edge, topic = made.edges[0], made.topic
    yield from _let_in(edge, sns_services(topic), made, source=topic)
    if made.dead_letter is not None:
        for service in sns_services(topic):
            yield _undelivered(service, made.dead_letter, topic, edge)


def _of_rule(made: EventRule) -> Iterator[Grant]:
    yield from _let_in(made.edge, (EVENTS,), made, source=made)
    if made.dead_letter is not None:
        yield _undelivered(EVENTS, made.dead_letter, made, made.edge)


def _of_pipe(made: Pipe) -> Iterator[Grant]:
    edge, why = made.edge, f"`{made.edge.name}` reads it"
    match made.origin:
        case Queue() as queue:
            yield Grant(who=made, may="drain", on=queue, edge=made, by=edge, why=why)
        case Stream() as stream:
            yield Grant(
                who=made, may=_READS[stream.service], on=stream, edge=made, by=edge, why=why
            )
        case _:
            assert_never(made.origin)
    if edge.dead_letter is not None:
        why = f"what `{edge.name}` can't deliver goes there"
        sends = ("sqs:SendMessage",)
        yield Grant(
            who=made, may="send", on=edge.dead_letter, edge=made, actions=sends, by=edge, why=why
        )
    if edge.enrich is not None:
        why = f"`{edge.name}` asks it"
        yield Grant(who=made, may="ask", on=edge.enrich, edge=made, by=edge, why=why)
    yield from _let_in(edge, (), made, source=None)


def _of_schedule(made: ScheduledSend) -> Iterator[Grant]:
    """Yield what Scheduler does with the role of a schedule: it sends dead letters with it, too."""
    edge = made.edge
    yield from _let_in(edge, (), made, source=None)
    if made.dead_letter is not None:
        why = f"what `{edge.name}` can't deliver goes there"
        yield Grant(who=made, may="discard", on=made.dead_letter, edge=made, by=edge, why=why)


def _let_in(
    edge: Subscription,
    services: tuple[str, ...],
    made: SnsSubscription | EventRule | Pipe | ScheduledSend,
    *,
    source: Topic | EventRule | None,
) -> Iterator[Grant]:
    """Yield what lets an edge deliver to its target."""
    access = edge.delivery.access
    why = f"`{edge.name}` delivers to it"
    may: Action
    match access:
        case ResourcePolicy():
            may = "send"
        case Permission():
            may = "invoke"
        case LogPolicy():
            may = "log"
        case Role(actions=actions):
            yield Grant(
                who=made,
                may="deliver",
                on=made.target,
                edge=made,
                actions=actions,
                by=edge,
                why=why,
            )
            return
        case Confirmation():
            return  # whoever has the address confirms
        case OwnRole():
            return  # who reads isn't delivered to
        case Bound():
            return  # it says so itself
        case _:
            assert_never(access)
    for service in services:
        yield Grant(
            who=service, may=may, on=made.target, source=source, edge=made, by=edge, why=why
        )


_READS: dict[str, Action] = {"dynamodb": "follow", "kinesis": "read"}
"""What it takes to read a stream.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html
"""


def _of_stream_mapping(made: StreamMapping) -> Iterator[Grant]:
    """Yield what the function's own role needs, with which Lambda reads."""
    edge, consumer, stream = made.edge, made.consumer, made.stream
    why = f"`{consumer.name}` reads it"
    yield Grant(who=consumer, may=_READS[stream.service], on=stream, by=edge, why=why)
    if edge.dead_letter is not None:
        why = f"what `{consumer.name}` fails to handle goes there"
        yield Grant(who=consumer, may="send", on=edge.dead_letter, by=edge, why=why)


def _reads(made: EventSourceMapping | LongPoll) -> Grant:
    return Grant(
        who=made.consumer,
        may="receive",
        on=made.queue,
        by=made.edge,
        why=f"`{made.consumer.name}` reads it",
    )


def _undelivered(service: str, queue: Queue, source: Topic | EventRule, edge: Declared) -> Grant:
    why = f"what `{edge.name}` can't deliver goes there"
    return Grant(who=service, may="send", on=queue, source=source, by=edge, why=why)


def _of_producer(producer: Producer, links: Links) -> Iterator[Grant]:
    for publication in producer.publishes:
        yield _publishes(producer, publication)
    yield from _takes_out(producer)
    if producer.outsider is None:
        yield from _finds(producer, links)


def _finds(publisher: Publisher, links: Links) -> Iterator[Grant]:
    """Yield the rights to find addresses, of what the stack sets no variables for."""
    for place in places_of(publisher, links):
        path = links.addresses[place].parameter
        if path is not None:
            why = f"`{publisher.name}` finds `{place.name}` there"
            yield Grant(who=publisher, may="find", on=path, by=publisher, why=why)


def _workers(topology: Topology) -> Iterator[Consumer]:
    return (consumer for consumer in topology.consumers.values() if consumer.worker is not None)


def places_of(publisher: Publisher, links: Links) -> Iterator[Place]:
    """Yield the places whose addresses the code of a publisher or worker needs."""
    yield from links.worked_by.get(publisher, ())
    for publication in publisher.publishes:
        yield publication.target
    yield from publisher.reads


def _takes_out(publisher: Publisher) -> Iterator[Grant]:
    """Yield the rights on queues that code reads by itself."""
    for queue in publisher.reads:
        why = f"`{publisher.name}` takes messages out of it"
        yield Grant(
            who=publisher.outsider or publisher, may="receive", on=queue, by=publisher, why=why
        )


def _of_consumer(consumer: Consumer) -> Iterator[Grant]:
    if consumer.on_failure is not None:
        yield Grant(  # Lambda uses the function's own role
            who=consumer,
            may="send",
            on=consumer.on_failure,
            by=consumer,
            why=f"what `{consumer.name}` fails to handle goes there",
        )
    for publication in consumer.publishes:
        yield _publishes(consumer, publication)
    yield from _takes_out(consumer)
    if consumer.made is not None and consumer.made.tracing:
        why = f"`{consumer.name}` sends traces of itself"
        yield Grant(who=consumer, may="trace", on=consumer, by=consumer, why=why)


def _publishes(publisher: Publisher, publication: Publication) -> Grant:
    target, why = publication.target, f"`{publisher.name}` publishes there"
    who = publisher.outsider or publisher
    match target:
        case Queue():
            return Grant(who=who, may="send", on=target, by=publisher, why=why)
        case Topic():
            return Grant(who=who, may="publish", on=target, by=publisher, why=why)
        case Bus():
            events = _events(publication.messages, outside=publisher.outsider is not None)
            return Grant(who=who, may="put", on=target, events=events, by=publisher, why=why)
        case _:
            assert_never(target)


def _events(messages: tuple[Message, ...], *, outside: bool) -> tuple[Events, ...]:
    """Return the events that somebody puts on a bus; none: whatever they are.

    Code of this account publishes under the service's own source, others under all that a message
    may come from.
    """
    types: dict[str, set[str]] = {}
    for message in messages:
        for source in message.sources if outside else (message.source,):
            if not isinstance(source, str):
                return ()  # a matcher, which a policy can't have
            types.setdefault(source, set()).add(message.type)
    return tuple(Events(source=source, types=tuple(sorted(own))) for source, own in types.items())


def _allowed(place: Place) -> Iterator[Grant]:
    """Yield what `allow` of a place says."""
    publish, subscribe = _OUTSIDE[kind_of(place)]
    for may, outsiders in (
        (publish, place.allowed.publish),
        (subscribe, place.allowed.subscribe),
    ):
        for who in outsiders:
            yield Grant(who=who, may=may, on=place, by=place, why=f"`{place.name}` allows it")


_OUTSIDE: dict[Kind, tuple[Action, Action]] = {
    QUEUE: ("send", "receive"),
    TOPIC: ("publish", "subscribe"),
    BUS: ("put", "rule"),
}
"""By kind of place what it is to publish there and to subscribe."""
