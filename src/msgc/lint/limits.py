"""What AWS limits in a whole stack: one table of counts and sizes, each with its source.

What follows from one option alone has its range in `delivery.limits` or in the JSON Schema.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from msgc.delivery.plan import Rule, TopicSubscription
from msgc.diagnostics import Label
from msgc.lint.addresses import LONGEST_REGION, SHORTEST_REGION, address
from msgc.lint.rule import label
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.record import Record
from msgc.source import Span
from msgc.topology.model import Bus, ByParameter, Consumer, MadeFunction, Topic
from msgc.topology.units import DEFAULT_TOPIC_SIZE, size

_SHOWN = 3
"""Places that a finding points at besides its own."""


class Total(Record):
    """How much of something there is in one place of the stack."""

    span: Span
    what: str
    amount: int
    """In the Region with the shortest name, where it is a size."""
    at_most: int
    """The same in the Region with the longest name."""
    labels: tuple[Label, ...] = ()


class Limit(Record):
    """One thing that AWS limits, and what to do about it."""

    totals: Callable[[Subject], Iterator[Total]]
    most: int
    unit: str
    service: str
    adjustable: bool
    """Whether AWS raises it when asked: then it is a quota."""
    remedy: str
    source: str


def _environments(subject: Subject) -> Iterator[Total]:
    """Yield how large the environments of functions are: Lambda measures them as JSON."""
    for consumer in subject.topology.consumers.values():
        function = consumer.function
        if isinstance(function, MadeFunction) and (function.environment or consumer.publishes):
            key = ("function", "environment") if function.environment else ("publishes",)
            yield Total(
                span=consumer.place(*key),
                what=f"the environment of consumer `{consumer.name}`'s function has",
                amount=_environment(subject, consumer, function, SHORTEST_REGION),
                at_most=_environment(subject, consumer, function, LONGEST_REGION),
            )


def _environment(subject: Subject, consumer: Consumer, function: MadeFunction, region: str) -> int:
    addresses = subject.delivery.addresses
    places = dict.fromkeys(publication.target for publication in consumer.publishes)
    variables = {addresses[place].variable: address(place, region) for place in places}
    text = json.dumps(variables | function.environment, separators=(",", ":"), ensure_ascii=False)
    return len(text.encode())


def _parameters(subject: Subject) -> Iterator[Total]:
    """Yield how many parameters the template has: one for each that is imported, and CDK's own."""
    topology = subject.topology
    places: tuple[Topic | Bus, ...] = (*topology.topics.values(), *topology.buses.values())
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
            (label(place.place("import"), "another") for place in others),
        )


def _rules(subject: Subject) -> Iterator[Total]:
    found: dict[Bus, list[Rule]] = {}
    for made in subject.delivery.rules:
        found.setdefault(made.bus, []).append(made)
    for bus, rules in found.items():
        others = (label(made.edge.key, "one of them") for made in rules)
        yield _counted(bus.key, f"{named(bus)} has", len(rules), others)


def _filter_policies(subject: Subject) -> Iterator[Total]:
    for topic, made in _by_topic(subject).items():
        filtered = [one for one in made if one.policy is not None]
        others = (label(one.edges[0].key, "one of them") for one in filtered)
        yield _counted(topic.key, f"{named(topic)} has", len(filtered), others)


def _few_subscriptions(subject: Subject) -> Iterator[Total]:
    for topic, made in _by_topic(subject).items():
        if topic.fifo or topic.max_size > DEFAULT_TOPIC_SIZE:
            why = "FIFO" if topic.fifo else f"messages of {size(topic.max_size)}"
            others = (label(one.edges[0].key, "one of them") for one in made)
            yield _counted(topic.key, f"{named(topic)} ({why}) has", len(made), others)


def _by_topic(subject: Subject) -> dict[Topic, list[TopicSubscription]]:
    found: dict[Topic, list[TopicSubscription]] = {}
    for made in subject.delivery.topic_subscriptions:
        found.setdefault(made.topic, []).append(made)
    return found


def _counted(span: Span, what: str, count: int, others: Iterable[Label]) -> Total:
    labels = tuple(one for one, _ in zip(others, range(_SHOWN), strict=False))
    return Total(span=span, what=what, amount=count, at_most=count, labels=labels)


LIMITS = (
    Limit(
        totals=_environments, most=4096, unit="bytes", service="Lambda", adjustable=False,
        remedy="put what is large into a file beside the code or into Parameter Store, or divide"
        " the consumer",
        source="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    ),
    Limit(
        totals=_parameters, most=200, unit="parameters", service="CloudFormation", adjustable=False,
        remedy="import some of them by `arn`, or divide the service",
        source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html",
    ),
    Limit(
        totals=_few_subscriptions, most=100, unit="subscriptions", service="SNS", adjustable=False,
        remedy="subscribe a bus or a second topic in between, or take a standard topic of 256KiB",
        source="https://docs.aws.amazon.com/general/latest/gr/sns.html",
    ),
    Limit(
        totals=_filter_policies, most=200, unit="filter policies", service="SNS", adjustable=True,
        remedy="ask AWS for a higher quota, or use a bus",
        source="https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html",
    ),
    Limit(
        totals=_rules, most=300, unit="rules", service="EventBridge", adjustable=True,
        remedy="ask AWS for a higher quota, or divide the events among several buses",
        source="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
    ),
)  # fmt: skip
