"""The owner of an imported queue has to let somebody in (I)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.mechanisms import EventRule
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.stack.iam.grant import Grant
from msgc.topology.declared import Declared
from msgc.topology.ends import Bus, Consumer, Outside, Queue, Topic
from msgc.topology.origins import Stream
from msgc.topology.settings import GivenFunction


@rule("MSG631", "info")
def owner_must_allow(subject: Subject) -> Iterator[Finding]:
    """Topics or rules send to a queue that the stack imports, and only its owner can let them in.

    A queue has one policy, which belongs to whoever made the queue. SNS and EventBridge are let in
    by it and by nothing else, and what they can't deliver goes to the edge's dead letter.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {jobs: {import: {arn: "arn:aws:sqs:eu-west-1:111122223333:jobs"}}}
    subscriptions: {orders-to-jobs: {from: {topic: orders}, to: {queue: jobs}}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Have the owner add the statement, and say `# msgc: ignore[owner-must-allow]` with the reason
    behind it; or subscribe a queue of your own:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {jobs: {external: subscribe}}
    subscriptions: {orders-to-jobs: {from: {topic: orders}, to: {queue: jobs}}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
    """
    needed: dict[Queue, dict[str, set[str]]] = {}
    senders: dict[Queue, Declared] = {}
    for grant in subject.stack.access.grants:
        queue = _imported(grant)
        if queue is not None and isinstance(grant.who, str):
            senders.setdefault(queue, grant.by)
            needed.setdefault(queue, {}).setdefault(grant.who, set()).add(_source(grant))
    for queue, services in needed.items():
        said = " and ".join(
            f"`{service}` for {', '.join(sorted(sources))}" for service, sources in services.items()
        )
        span = queue.place("import")
        if span.place == queue.key.place:  # an address that several may name
            span = senders[queue].place("to")
        yield found(
            span,
            f"only the owner of {named(queue)} can let this service send to it",
            f"its policy has to allow `sqs:SendMessage` to {said}, by `aws:SourceArn`",
        )


def _imported(grant: Grant) -> Queue | None:
    """Return the queue of somebody else that a service sends to."""
    if grant.source is None or grant.may != "send":
        return None
    match grant.on:
        case Queue() as queue:
            return queue if queue.imported is not None else None
        case Topic() | Bus() | Consumer() | Outside() | Stream() | GivenFunction() | str():
            return None
        case _:
            assert_never(grant.on)


def _source(grant: Grant) -> str:
    match grant.source:
        case Topic() | Bus():
            return named(grant.source)
        case EventRule(edge=edge):
            return f"the rule of `{edge.name}`"
        case None:
            return ""
        case _:
            assert_never(grant.source)
