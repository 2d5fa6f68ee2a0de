"""How much there is in a stack of what AWS limits: functions of the table in `limits`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import assert_never

from msgc.delivery.plan import Delivery, Rule, TopicSubscription
from msgc.delivery.policies import sns_principals
from msgc.delivery.rights import rights
from msgc.diagnostics import Label
from msgc.lint.addresses import address
from msgc.lint.policy_text import function_policy, identity_policy, queue_policy
from msgc.lint.wording import named
from msgc.record import Record
from msgc.source import Span
from msgc.topology.model import (
    Bus,
    ByArn,
    ByParameter,
    Consumer,
    GivenFunction,
    MadeFunction,
    Producer,
    Publisher,
    Topic,
    Topology,
)
from msgc.topology.units import DEFAULT_TOPIC_SIZE, size

_SHOWN = 3
"""Places that a finding points at besides its own."""


class Stack(Record):
    """What a stack is made of."""

    topology: Topology
    delivery: Delivery


class Total(Record):
    """Something in one place of the stack that AWS counts or measures."""

    span: Span
    what: str
    in_region: Callable[[str], int]
    """How much there is; a size is larger in a Region with a longer name."""
    labels: tuple[Label, ...] = ()


def environments(stack: Stack) -> Iterator[Total]:
    """Yield how large the environments of functions are: Lambda measures them as JSON."""
    for consumer in stack.topology.consumers.values():
        function = consumer.function
        if isinstance(function, MadeFunction) and (function.environment or consumer.publishes):
            key = ("function", "environment") if function.environment else ("publishes",)
            yield Total(
                span=consumer.place(*key),
                what=f"the environment of consumer `{consumer.name}`'s function has",
                in_region=partial(_environment, stack, consumer, function),
            )


def _environment(stack: Stack, consumer: Consumer, function: MadeFunction, region: str) -> int:
    addresses = stack.delivery.addresses
    places = dict.fromkeys(publication.target for publication in consumer.publishes)
    variables = {addresses[place].variable: address(place, region) for place in places}
    text = json.dumps(variables | function.environment, separators=(",", ":"), ensure_ascii=False)
    return len(text.encode())


def _identity_policies(stack: Stack) -> Iterator[tuple[Publisher, Total]]:
    """Yield how long the policies are that say what consumers and producers may do."""
    for publisher, statements in rights(stack.topology.publishers, stack.delivery).items():
        if statements:
            yield (
                publisher,
                Total(
                    span=publisher.place("publishes"),
                    what=f"the policy of {_named(publisher)} has",
                    in_region=partial(identity_policy, statements),
                ),
            )


def managed_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the managed policies are that are made for roles elsewhere."""
    return (total for who, total in _identity_policies(stack) if _is_outside(who))


def inline_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the policies are that become part of a role."""
    return (total for who, total in _identity_policies(stack) if not _is_outside(who))


def _is_outside(publisher: Publisher) -> bool:
    """Whether a managed policy is made for somebody, whose role the stack doesn't know."""
    match publisher:
        case Producer(role=role):
            return role is None
        case Consumer(function=function):
            return isinstance(function, GivenFunction) and isinstance(function.address, ByArn)
        case _:
            assert_never(publisher)


def _named(publisher: Publisher) -> str:
    return f"{'consumer' if isinstance(publisher, Consumer) else 'producer'} `{publisher.name}`"


def queue_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the policies of queues are."""
    service = stack.topology.service
    for policy in stack.delivery.queue_policies:
        sources = sum(len(sender.sources) for sender in policy.senders)
        yield Total(
            span=policy.queue.key,
            what=f"the policy of queue `{policy.queue.name}`, to which {sources} sources send, has",
            in_region=partial(queue_policy, service, policy),
        )


def function_policies(stack: Stack) -> Iterator[Total]:
    """Yield how long the policies are that say which topics and rules may invoke a function."""
    invokers: dict[Consumer, list[tuple[str, TopicSubscription | Rule]]] = {}
    for made in stack.delivery.topic_subscriptions:
        if isinstance(made.target, Consumer):
            found = invokers.setdefault(made.target, [])
            found += [(principal, made) for principal in sns_principals([made.topic])]
    for rule in stack.delivery.rules:
        if isinstance(rule.target, Consumer):
            invokers.setdefault(rule.target, []).append(("events.amazonaws.com", rule))
    service = stack.topology.service
    for consumer, those in invokers.items():
        yield Total(
            span=consumer.key,
            what=f"the policy of consumer `{consumer.name}`'s function, which {len(those)} topics"
            " and rules invoke, has",
            in_region=partial(function_policy, service, consumer, those),
        )


def parameters(stack: Stack) -> Iterator[Total]:
    """Yield how many parameters the template has: one for each that is imported, and CDK's own."""
    places: tuple[Topic | Bus, ...] = (
        *stack.topology.topics.values(),
        *stack.topology.buses.values(),
    )
    found = {
        place: place.imported.parameter
        for place in places
        if isinstance(place.imported, ByParameter)
    }
    if found:
        first, *others = found
        yield _counted(
            first.place("import"),
            "the template has",
            len(set(found.values())) + 1,
            (Label(span=place.place("import"), message="another") for place in others),
        )


def rules(stack: Stack) -> Iterator[Total]:
    """Yield how many rules each bus has."""
    found: dict[Bus, list[Rule]] = {}
    for made in stack.delivery.rules:
        found.setdefault(made.bus, []).append(made)
    for bus, rules in found.items():
        others = (Label(span=made.edge.key, message="one of them") for made in rules)
        yield _counted(bus.key, f"{named(bus)} has", len(rules), others)


def filter_policies(stack: Stack) -> Iterator[Total]:
    """Yield how many subscriptions of each topic have a filter policy."""
    for topic, made in _by_topic(stack).items():
        filtered = [one for one in made if one.policy is not None]
        others = (Label(span=one.edges[0].key, message="one of them") for one in filtered)
        yield _counted(topic.key, f"{named(topic)} has", len(filtered), others)


def few_subscriptions(stack: Stack) -> Iterator[Total]:
    """Yield how many subscriptions the topics have that may have few."""
    for topic, made in _by_topic(stack).items():
        if topic.fifo or topic.max_size > DEFAULT_TOPIC_SIZE:
            why = "FIFO" if topic.fifo else f"messages of {size(topic.max_size)}"
            others = (Label(span=one.edges[0].key, message="one of them") for one in made)
            yield _counted(topic.key, f"{named(topic)} ({why}) has", len(made), others)


def _by_topic(stack: Stack) -> dict[Topic, list[TopicSubscription]]:
    found: dict[Topic, list[TopicSubscription]] = {}
    for made in stack.delivery.topic_subscriptions:
        found.setdefault(made.topic, []).append(made)
    return found


def _counted(span: Span, what: str, count: int, others: Iterable[Label]) -> Total:
    labels = tuple(one for one, _ in zip(others, range(_SHOWN), strict=False))
    return Total(span=span, what=what, in_region=lambda _: count, labels=labels)
