"""A delivery policy contradicts itself (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.topology.edges import Subscription
from msgc.topology.settings import HttpPolicy, delays
from msgc.topology.units import duration

_RETRIES = 3
"""SNS's default."""
_LONGEST = 3600
"""Seconds from the first try to the last, at most."""


@rule("MSG667", "error")
def impossible_delivery_policy(subject: Subject) -> Iterator[Finding]:
    """A delivery policy contradicts itself.

    Retries come in phases: at once, a shortest delay apart, with a growing delay, a longest delay
    apart. Together they are `num_retries`, the shortest delay isn't above the longest, and from
    first to last they take an hour at most. SNS refuses other policies when the stack is deployed.

    ```yaml
    topics:
      orders:
        messages: [OrderPlaced]
        delivery: {num_retries: 5, num_no_delay_retries: 3, num_min_delay_retries: 3}
    subscriptions:
      hook: {from: {topic: orders}, to: {https: "https://example.com/hook"}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Count the phases in `num_retries`:

    ```yaml
    topics:
      orders:
        messages: [OrderPlaced]
        delivery: {num_retries: 6, num_no_delay_retries: 3, num_min_delay_retries: 3}
    subscriptions:
      hook: {from: {topic: orders}, to: {https: "https://example.com/hook"}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
    """
    for topic in subject.topology.topics.values():
        if topic.http_policy is not None:
            yield from _contradictions(topic.http_policy, topic.place("delivery"))
    for made in subject.links.sns_subscriptions:
        edge = made.edges[0]
        own = edge.http_policy is not None or edge.retry is not None
        if made.http_policy is not None and own:
            written = "delivery" if edge.http_policy is not None else "retry"
            yield from _contradictions(made.http_policy, edge.place(written))
            yield from _said_twice(edge)


def _said_twice(edge: Subscription) -> Iterator[Finding]:
    if edge.retry is None or edge.http_policy is None:
        return
    if edge.retry.attempts is not None and edge.http_policy.num_retries is not None:
        yield found(
            edge.place("delivery", "num_retries"),
            f"`{edge.name}` says twice how often SNS tries again",
            "take away `num_retries` or `retry`",
            label(edge.place("retry", "attempts"), "said here, too"),
        )


def _contradictions(policy: HttpPolicy, place: Span) -> Iterator[Finding]:
    least, most = delays(policy)
    if least > most:
        yield found(
            place,
            f"`min_delay_target` is {duration(least)}, and `max_delay_target` is {duration(most)}",
            "the shortest delay can't be longer than the longest",
        )
        return
    retries = _RETRIES if policy.num_retries is None else policy.num_retries
    at_once = policy.num_no_delay_retries or 0
    slow, slowest = policy.num_min_delay_retries or 0, policy.num_max_delay_retries or 0
    phases = at_once + slow + slowest
    if phases > retries:
        yield found(
            place,
            f"the phases have {phases} retries together, and there are {retries}",
            f"write `num_retries: {phases}`, or fewer retries in a phase",
        )
        return
    shortest = (retries - at_once - slowest) * least + slowest * most
    if shortest > _LONGEST:
        yield found(
            place,
            f"its {retries} retries take at least {duration(shortest)}, and SNS tries for"
            f" {duration(_LONGEST)} at most",
            "write fewer retries or shorter delays",
        )
