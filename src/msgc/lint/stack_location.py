"""Infer the Region, account and partition of the stack from the ARNs in the file.

An environment may say where it is. Where nothing does: AWS lets a stack do some things in its own
Region or account only, so that an ARN among those tells, and two that contradict each other can't
both be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.record import Record
from msgc.source import Span
from msgc.topology.deferred import Text, spelling
from msgc.topology.edges import Subscription
from msgc.topology.ends import Place, Topic
from msgc.topology.narrowing import as_outside
from msgc.topology.settings import region_in, written_arn
from msgc.tree import Mapping, Node

Aspect = Literal["partition", "Region", "account"]


_PIECES = 6
"""Of an ARN, between its colons."""


class Arn(Record):
    """The parts of an ARN that say where something is; the empty text where it says nothing."""

    partition: str
    region: str
    account: str

    @classmethod
    def of(cls, text: Text) -> Arn:
        """Take an ARN apart; what placeholders hide is empty. The schema has seen to its form."""
        pieces = [part if "${" not in part else "" for part in spelling(text).split(":", 5)]
        if len(pieces) < _PIECES:
            return cls(partition="", region="", account="")
        return cls(partition=pieces[1], region=pieces[3], account=pieces[4])


class Tie(Record):
    """Something that ties the stack to one Region, account or partition."""

    aspect: Aspect
    value: str
    what: str
    """As the subject of a sentence."""
    span: Span
    is_said: bool = False
    """Whether the file says outright that the stack is there."""


def ties(subject: Subject) -> tuple[Tie, ...]:
    """Return all that ties the stack, in the order of the file."""
    found = [
        *_environment(subject),
        *_functions(subject),
        *_layers(subject),
        *_places(subject),
        *_outside(subject),
        *_keys(subject),
    ]
    return tuple(sorted(found, key=lambda tie: tie.span.place))


def home(subject: Subject, aspect: Aspect) -> Tie | None:
    """Return what ties the stack to where most ties of a kind do, and of as many the first."""
    return most_tied(tie for tie in ties(subject) if tie.aspect == aspect)


def most_tied(found: Iterable[Tie]) -> Tie | None:
    """Return what the file says outright, or the first of the ties with the most common value."""
    by_value: dict[str, list[Tie]] = {}
    for tie in found:
        if tie.is_said:
            return tie
        by_value.setdefault(tie.value, []).append(tie)
    return max(by_value.values(), key=len)[0] if by_value else None


def elsewhere(topic: Topic) -> str:
    """Return the Region of an imported topic, where the file says it; else the empty text."""
    return region_in(topic.imported)


def regions_without_queues(subject: Subject) -> frozenset[str]:
    """Return the Regions of topics that can't have a dead-letter queue: not the stack's own.

    Of topics in several Regions all but one are elsewhere, if nothing else tells the stack's. Those
    that use a queue say which it is.
    """
    edges = [(made.topic, edge) for made in subject.links.sns_subscriptions for edge in made.edges]
    regions = frozenset(region for topic, _ in edges if (region := elsewhere(topic)))
    tie = home(subject, "Region")
    if tie is not None:
        return regions - {tie.value}
    using = {elsewhere(topic) for topic, edge in edges if edge.dead_letter is not None}
    return regions - using if len(regions) > 1 else frozenset()


def _all(text: Text, what: str, span: Span, aspects: tuple[Aspect, ...]) -> Iterator[Tie]:
    arn = Arn.of(text)
    values: dict[Aspect, str] = {
        "partition": arn.partition,
        "Region": arn.region,
        "account": arn.account,
    }
    for aspect in aspects:
        if values[aspect]:
            yield Tie(aspect=aspect, value=values[aspect], what=what, span=span)


def _environment(subject: Subject) -> Iterator[Tie]:
    """Yield the account and the Region that the environment has."""
    environment = subject.topology.environment
    if environment is None:
        return
    said: tuple[tuple[Aspect, str, str | None], ...] = (
        ("Region", "region", environment.region),
        ("account", "account", environment.account),
    )
    for aspect, word, value in said:
        if value is not None:
            yield Tie(
                aspect=aspect,
                value=value,
                what=f"environment `{environment.name}`",
                span=_written(environment.node, word, environment.key),
                is_said=True,
            )


def _written(node: Node, word: str, otherwise: Span) -> Span:
    found = node.get(word) if isinstance(node, Mapping) else None
    return otherwise if found is None else found.span


def _functions(subject: Subject) -> Iterator[Tie]:
    """Yield the functions that are polled for, or that something of the stack may invoke.

    Lambda makes mappings, permissions and invocation settings for functions of the caller's own
    account and Region: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html.
    """
    for consumer in subject.topology.consumers.values():
        arn = written_arn(consumer.address)
        if arn is None:
            continue
        used = subject.graph.subscriptions_to(consumer) or consumer.on_failure
        aspects: tuple[Aspect, ...] = ("partition", "Region", "account") if used else ("partition",)
        span = consumer.place("function", "arn")
        yield from _all(arn, f"the function of {named(consumer)}", span, aspects)


def _layers(subject: Subject) -> Iterator[Tie]:
    """Yield layers, which may be of another account, but not of another Region."""
    for consumer in subject.topology.consumers.values():
        for i, layer in enumerate(consumer.made.layers if consumer.made else ()):
            what = f"a layer of {named(consumer)}"
            span = consumer.place("function", "layers", i)
            yield from _all(layer, what, span, ("partition", "Region"))


def _places(subject: Subject) -> Iterator[Tie]:
    """Yield buses that get rules, topics and queues that rules deliver to, and polled queues.

    Their account may be another, but not of a queue's own dead-letter queue:
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html

    A rule lies in the Region of its bus, and of its targets only buses may be in another one:
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html. SNS takes
    subscriptions from other Regions.
    """
    for topic in subject.topology.topics.values():
        yield from _imported(topic, "Region" if subject.event_rules_to(topic) else "partition")
    redriven = frozenset(
        queue.dead_letter.queue for queue in subject.topology.queues.values() if queue.dead_letter
    )
    for queue in subject.topology.queues.values():
        near = subject.polls(queue) or subject.event_rules_to(queue)
        most: Aspect = "Region" if near else "partition"
        yield from _imported(queue, "account" if queue in redriven else most)
    for bus in subject.topology.buses.values():
        tied: Aspect = "Region" if subject.graph.subscriptions_from(bus) else "partition"
        yield from _imported(bus, tied if bus.archive_days is None else "account")


_ASPECTS: tuple[Aspect, ...] = ("partition", "Region", "account")


def _imported(place: Place, most: Aspect) -> Iterator[Tie]:
    """Yield what the ARN of a place ties, if it has one: up to the Region or the account."""
    arn = written_arn(place.imported)
    if arn is not None:
        aspects = _ASPECTS[: _ASPECTS.index(most) + 1]
        yield from _all(arn, named(place), place.place("import", "arn"), aspects)


def _outside(subject: Subject) -> Iterator[Tie]:
    """Yield ends that the file doesn't declare, found by their ARNs."""
    for made in subject.links.sns_subscriptions:
        for edge in made.edges:
            yield from _outside_end(edge, "Region")
    for rule in subject.links.event_rules:
        yield from _outside_end(rule.edge, "account" if rule.bus.imported is None else "Region")


def _outside_end(edge: Subscription, most: Aspect) -> Iterator[Tie]:
    end = as_outside(edge.target)
    arn = written_arn(end.address) if end is not None else None
    if end is not None and arn is not None:
        span = edge.place("to", end.kind.word, "arn")
        what = f"the {end.kind.noun} of `{edge.name}`"
        yield from _all(arn, what, span, _ASPECTS[: _ASPECTS.index(most) + 1])


def _keys(subject: Subject) -> Iterator[Tie]:
    """Yield KMS keys, which may be of another account, but not of another Region.

    https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
    """
    for key in subject.topology.keys:
        arn = written_arn(key.address)
        if arn is not None:
            yield from _all(arn, f"the key `{key.name}`", key.key, ("partition", "Region"))
