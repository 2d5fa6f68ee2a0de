"""The rights that links need: who reads, who delivers, and who keeps what can't be delivered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.kinds import Bound, Confirmation, LogPolicy, OwnRole, Permission, ResourcePolicy, Role
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
from msgc.stack.iam.grant import EVENTS, SNS, Action, Grant
from msgc.topology.declared import Declared
from msgc.topology.edges import Subscription
from msgc.topology.ends import Queue, Topic
from msgc.topology.origins import Stream
from msgc.topology.regions import is_opt_in
from msgc.topology.settings import region_in


def sns_services(topic: Topic) -> tuple[str, ...]:
    """Return as whom SNS delivers from a topic: from an opt-in Region under its name too.

    Where the topic and its subscriber are in one Region, it is `sns.amazonaws.com` everywhere.
    """
    region = region_in(topic.imported)
    return (SNS, f"sns.{region}.amazonaws.com") if region and is_opt_in(region) else (SNS,)


def link_grants(link: Link) -> Iterator[Grant]:
    """Yield the rights that a link needs, by what it is."""
    if link.edges[0].made_by is not None:
        from msgc.stack.iam.owners import owner_grants  # noqa: PLC0415  # few files have one

        yield from owner_grants(link, link.edges[0].made_by)
        return
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
    if edge.log is not None:
        why = f"`{edge.name}` logs there"
        yield Grant(who=made, may="write", on=edge.log.group, edge=made, by=edge, why=why)
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
