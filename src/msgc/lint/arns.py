"""What the ARNs of a file say of the Region and the account that its stack must be in.

The stack's own aren't written anywhere. But AWS lets a stack do some things in its own Region or
account only, so that an ARN among those tells, and two that contradict each other can't both be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.record import Record
from msgc.source import Span
from msgc.topology.ends import Bus, GivenFunction, MadeFunction, Outside, Topic
from msgc.topology.values import ByArn

Aspect = Literal["partition", "Region", "account"]


class Arn(Record):
    """The parts of an ARN that say where something is; the empty text where it says nothing."""

    partition: str
    region: str
    account: str

    @classmethod
    def of(cls, text: str) -> Arn:
        """Take an ARN apart; the schema has seen to its form."""
        _, partition, _, region, account, _ = text.split(":", 5)
        return cls(partition=partition, region=region, account=account)


class Tie(Record):
    """Something that ties the stack to one Region, account or partition."""

    aspect: Aspect
    value: str
    what: str
    """As the subject of a sentence."""
    span: Span


def ties(subject: Subject) -> tuple[Tie, ...]:
    """Return all that ties the stack, in the order of the file."""
    found = [*_functions(subject), *_layers(subject), *_places(subject), *_outside(subject)]
    return tuple(sorted(found, key=lambda tie: tie.span.start))


def home(subject: Subject, aspect: Aspect) -> Tie | None:
    """Return what ties the stack to where most ties of a kind do, and of as many the first."""
    return most_tied(tie for tie in ties(subject) if tie.aspect == aspect)


def most_tied(found: Iterable[Tie]) -> Tie | None:
    """Return the first of the ties with the value that most of them have."""
    by_value: dict[str, list[Tie]] = {}
    for tie in found:
        by_value.setdefault(tie.value, []).append(tie)
    return max(by_value.values(), key=len)[0] if by_value else None


def elsewhere(topic: Topic) -> str:
    """Return the Region of a topic that is imported by its ARN; the empty text for all others."""
    return Arn.of(topic.imported.arn).region if isinstance(topic.imported, ByArn) else ""


def regions_without_queues(subject: Subject) -> frozenset[str]:
    """Return the Regions of topics that can't have a dead-letter queue: not the stack's own.

    Of topics in several Regions all but one are elsewhere, if nothing else tells the stack's. Those
    that use a queue say which it is.
    """
    topics = [edge.origin for edge in subject.edges if isinstance(edge.origin, Topic)]
    regions = frozenset(region for topic in topics if (region := elsewhere(topic)))
    tie = home(subject, "Region")
    if tie is not None:
        return regions - {tie.value}
    using = [e.origin for e in subject.edges if e.dead_letter and isinstance(e.origin, Topic)]
    return regions - {elsewhere(topic) for topic in using} if len(regions) > 1 else frozenset()


def _all(text: str, what: str, span: Span, aspects: tuple[Aspect, ...]) -> Iterator[Tie]:
    arn = Arn.of(text)
    values: dict[Aspect, str] = {
        "partition": arn.partition,
        "Region": arn.region,
        "account": arn.account,
    }
    for aspect in aspects:
        if values[aspect]:
            yield Tie(aspect=aspect, value=values[aspect], what=what, span=span)


def _functions(subject: Subject) -> Iterator[Tie]:
    """Yield the functions that are polled for, or that something of the stack may invoke.

    Lambda makes mappings, permissions and invocation settings for functions of the caller's own
    account and Region: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html.
    """
    for consumer in subject.topology.consumers.values():
        function = consumer.function
        if not isinstance(function, GivenFunction) or not isinstance(function.address, ByArn):
            continue
        used = subject.graph.subscriptions_to(consumer) or consumer.on_failure
        aspects: tuple[Aspect, ...] = ("partition", "Region", "account") if used else ("partition",)
        span = consumer.place("function", "arn")
        yield from _all(function.address.arn, f"the function of {named(consumer)}", span, aspects)


def _layers(subject: Subject) -> Iterator[Tie]:
    """Yield layers, which may be of another account, but not of another Region."""
    for consumer in subject.topology.consumers.values():
        if isinstance(consumer.function, MadeFunction):
            for i, layer in enumerate(consumer.function.layers):
                what = f"a layer of {named(consumer)}"
                span = consumer.place("function", "layers", i)
                yield from _all(layer, what, span, ("partition", "Region"))


def _places(subject: Subject) -> Iterator[Tie]:
    """Yield buses that get rules, and topics that rules deliver to; their account may be another.

    A rule lies in the Region of its bus, and of its targets only buses may be in another one:
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html. SNS takes
    subscriptions from other Regions.
    """
    for place in subject.places:
        if isinstance(place, (Bus, Topic)) and isinstance(place.imported, ByArn):
            tied = (
                subject.graph.subscriptions_from(place)
                if isinstance(place, Bus)
                else any(isinstance(e.origin, Bus) for e in subject.graph.subscriptions_to(place))
            )
            aspects: tuple[Aspect, ...] = ("partition", "Region") if tied else ("partition",)
            if isinstance(place, Bus) and place.archive_days is not None:
                aspects = ("partition", "Region", "account")
            span = place.place("import", "arn")
            yield from _all(place.imported.arn, named(place), span, aspects)


def _outside(subject: Subject) -> Iterator[Tie]:
    """Yield ends that the file doesn't declare, found by their ARNs."""
    for edge in subject.edges:
        target = edge.target
        if isinstance(target, Outside) and isinstance(target.address, ByArn):
            own = isinstance(edge.origin, Bus) and edge.origin.imported is None
            aspects: tuple[Aspect, ...] = ("partition", "Region")
            span = edge.place("to", target.kind.word, "arn")
            what = f"the {target.kind.noun} of `{edge.name}`"
            yield from _all(
                target.address.arn, what, span, (*aspects, "account") if own else aspects
            )
