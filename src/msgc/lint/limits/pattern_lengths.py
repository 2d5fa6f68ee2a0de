"""Measure the patterns of rules, subscriptions and polls against AWS's limits."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgc.links.mechanisms import EventRule, EventSourceMapping, Pipe, SnsSubscription
from msgc.lint.subject import Subject
from msgc.patterns.dialect import EVENT_PATTERN, LAMBDA_FILTER, PIPE_FILTER, SNS_FILTER
from msgc.record import Record
from msgc.source import Span
from msgc.topology.edges import Subscription

QUOTA = 2048
"""Characters of an event pattern in an account that didn't ask for more."""

_compact = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


class Measured(Record):
    """A pattern or filter as AWS gets it, and its limit."""

    span: Span
    what: str
    length: int
    most: int
    unit: str
    service: str
    about: Subscription


def measured(subject: Subject) -> Iterator[Measured]:
    """Yield everything that has a limit on its length as JSON.

    What consists of a few types only is too short to be worth measuring, and left out.
    """
    links = subject.links
    yield from (_rule(made) for made in links.event_rules if _may_be_long(made.edge))
    yield from (_policy(made) for made in links.sns_subscriptions if made.policy)
    yield from (one for poll in links.event_source_mappings for one in _filters(poll))
    yield from (one for pipe in links.pipes for one in _filters_of_pipe(pipe))


def length(rule: EventRule) -> int:
    """Return the length of a rule's pattern, in characters; 0 if it isn't worth measuring."""
    return len(_compact(rule.pattern)) if _may_be_long(rule.edge) else 0


def place(rule: EventRule) -> Span:
    """Return what makes a rule's pattern long."""
    edge = rule.edge
    if edge.pattern is not None:
        return edge.place("pattern")
    return edge.place("filter") if edge.filter else edge.place("messages")


def _may_be_long(edge: Subscription) -> bool:
    return bool(edge.filter) or edge.pattern is not None or len(edge.messages) >= 8


def _rule(rule: EventRule) -> Measured:
    return Measured(
        span=place(rule),
        what=f"the event pattern of `{rule.edge.name}`",
        length=len(_compact(rule.pattern)),
        most=EVENT_PATTERN.characters,
        unit="characters",
        service="EventBridge",
        about=rule.edge,
    )


def _policy(made: SnsSubscription) -> Measured:
    policy = made.policy.policy if made.policy else {}
    edge = next((edge for edge in made.edges if edge.filter), made.edges[0])
    return Measured(
        span=edge.place("filter") if edge.filter else edge.place("messages"),
        what=f"the filter policy of `{edge.name}`",
        length=len(_compact(policy).encode()),
        most=SNS_FILTER.octets or 0,
        unit="bytes",
        service="SNS",
        about=edge,
    )


def _filters(poll: EventSourceMapping) -> Iterator[Measured]:
    for pattern in poll.patterns:
        yield Measured(
            span=poll.edge.place("filter"),
            what=f"the filter of consumer `{poll.consumer.name}`",
            length=len(json.dumps(pattern)),  # as the stack writes it
            most=LAMBDA_FILTER.characters,
            unit="characters",
            service="Lambda",
            about=poll.edge,
        )


def _filters_of_pipe(pipe: Pipe) -> Iterator[Measured]:
    for pattern in pipe.patterns:
        yield Measured(
            span=pipe.edge.place("filter"),
            what=f"the filter of pipe `{pipe.edge.name}`",
            length=len(json.dumps(pattern)),
            most=PIPE_FILTER.characters,
            unit="characters",
            service="EventBridge",
            about=pipe.edge,
        )
