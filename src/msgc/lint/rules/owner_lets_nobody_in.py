"""Another service of the repository doesn't let topics or rules send to its queue (W)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from msgc.links.mechanisms import EventRule
from msgc.lint.foreign_queues import Sending, sent_to_others
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.aws_services import short
from msgc.topology.deferred import spelling
from msgc.topology.ends import Bus, Topic
from msgc.topology.settings import ByArn, ByName, ByParameter, Provided

_MINE = "${region}:${account}"


@rule("MSG678", "warning", absence=True)
def owner_lets_nobody_in(subject: Subject) -> Iterator[Finding]:
    """Topics or rules send to a queue of another service, whose file doesn't let them in.

    A queue has one policy, which the stack of its owner makes. SNS and EventBridge are let in by
    it and by nothing else: until then what they send goes to the edge's dead letter. Here
    `logistics` is another service of the repository:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {parcels: {import: {service: logistics}}}
    subscriptions: {orders-to-parcels: {from: {topic: orders}, to: {queue: parcels}}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Let them in where the queue is declared, with a producer that stands for the topic:

    ```yaml
    queues: {parcels: {messages: [OrderPlaced], external: subscribe}}
    producers:
      shop-orders:
        service: sns.amazonaws.com
        arn: "arn:aws:sns:${region}:${account}:shop-orders"
        publishes: [{queue: parcels, messages: [OrderPlaced]}]
    ```

    Or write the subscription there, from `orders: {import: {service: shop}}`: a service that takes
    messages from another one needs nobody's leave in the same account.

    AWS: https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
    """
    told: set[tuple[str, str, str]] = set()
    for sending in sent_to_others(subject):
        elsewhere = sending.queue.elsewhere
        if elsewhere is None:
            continue
        arn = _arn(sending)
        allowed = (each.source for each in elsewhere.lets_in if _is_same(each.name, sending))
        if any(each is None or _may_mean(spelling(each), arn) for each in allowed):
            continue
        key = (elsewhere.service, elsewhere.name, arn)
        if key in told:
            continue
        told.add(key)
        listed = ", ".join(_messages(subject, sending, elsewhere.service))
        carried = f"queue: {elsewhere.name}" + (f", messages: [{listed}]" if listed else "")
        written = f'service: {sending.service}, arn: "{arn}", publishes: [{{{carried}}}]'
        yield found(
            sending.by.place("to"),
            f"`{elsewhere.service}` doesn't let {_what(sending)} send to its queue"
            f" `{elsewhere.name}`",
            f"write there `producers: {{{_name(subject, sending)}: {{{written}}}}}`; or write the"
            " subscription there",
            label(elsewhere.span, "declared there"),
        )


def _messages(subject: Subject, sending: Sending, owner: str) -> list[str]:
    """Return the messages that come to the queue, as its owner calls them; none: any."""
    match sending.source:
        case EventRule(edge=edge):
            edges = [edge]
        case Topic() | Bus() as place:
            every = subject.topology.subscriptions.values()
            edges = [e for e in every if e.target is sending.queue and e.origin is place]
        case _:
            assert_never(sending.source)
    if any(edge.delivers_untyped for edge in edges):
        return []
    messages = dict.fromkeys(message for edge in edges for message in edge.delivered)
    return [
        each.home.name if each.home is not None and each.home.service == owner else each.name
        for each in messages
    ]


def _is_same(service: str, sending: Sending) -> bool:
    return short(service) == short(sending.service)


def _what(sending: Sending) -> str:
    match sending.source:
        case Topic() | Bus():
            return named(sending.source)
        case EventRule(edge=edge):
            return f"the rule of `{edge.name}`"
        case _:
            assert_never(sending.source)


def _name(subject: Subject, sending: Sending) -> str:
    """Return a name for the producer that stands for what sends."""
    match sending.source:
        case Topic() | Bus():
            return f"{subject.topology.service}-{sending.source.name}"
        case EventRule(edge=edge):
            return f"{subject.topology.service}-{edge.name}"
        case _:
            assert_never(sending.source)


def _arn(sending: Sending) -> str:
    """Return an ARN as a file has it; the names of rules are known only when they are deployed."""
    match sending.source:
        case Topic() as topic:
            return _whole(topic, "sns", "")
        case Bus() as bus:
            return _whole(bus, "events", "event-bus/")
        case EventRule(bus=bus) if bus.is_default:
            return f"arn:aws:events:{_MINE}:rule/*"
        case EventRule(bus=bus):
            return _whole(bus, "events", "event-bus/").replace(":event-bus/", ":rule/") + "/*"
        case _:
            assert_never(sending.source)


def _whole(place: Topic | Bus, service: str, sort: str) -> str:
    match place.imported:
        case None:
            return f"arn:aws:{service}:{_MINE}:{sort}{place.physical_name}"
        case ByName(name=name):
            return f"arn:aws:{service}:{_MINE}:{sort}{spelling(name)}"
        case ByArn(arn=arn):
            return spelling(arn)
        case ByParameter() | Provided():
            return f"arn:aws:{service}:{_MINE}:{sort}*"
        case _:
            assert_never(place.imported)


def _may_mean(pattern: str, arn: str) -> bool:
    """Whether an ARN with wildcards may be meant to be the other one, as far as can be known."""
    allowed, asked = (re.split(r"[*?]|\$\{", _resource(each))[0] for each in (pattern, arn))
    if allowed == _resource(pattern) and asked == _resource(arn):
        return allowed == asked
    return allowed.startswith(asked) or asked.startswith(allowed)


def _resource(arn: str) -> str:
    """Return what follows the account in an ARN; of an input that stands for all of it nothing."""
    return arn.split(":", 5)[5] if arn.count(":") >= 5 else "*"
