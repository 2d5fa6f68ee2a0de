"""The owner of an imported queue has to let somebody in (I)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.links.mechanisms import EventRule
from msgc.lint.foreign_queues import Sending, sent_to_others
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.stack.iam.grant import SNS
from msgc.topology.ends import Bus, Queue, Topic


@rule("MSG631", "info")
def owner_must_allow(subject: Subject) -> Iterator[Finding]:
    """Topics or rules send to a queue that the stack imports, and only its owner can let them in.

    A queue has one policy, which belongs to whoever made the queue. SNS and EventBridge are let in
    by it and by nothing else, and what they can't deliver goes to the edge's dead letter.

    If a queue belongs to another account than the topic, a subscription that is made beside the
    topic stays "pending confirmation" until the owner of the queue finds the message that asks for
    it there. Write `deploy: there` on it, and let the owner of the queue make the subscription,
    which then needs no confirmation.

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

    AWS: https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html and
    https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html
    """
    if not subject.is_whole:
        return  # what an owner has to add isn't known in full
    needed: dict[Queue, dict[str, set[str]]] = {}
    senders: dict[Queue, Sending] = {}
    subscribed: set[Queue] = set()
    for sending in sent_to_others(subject):
        queue = sending.queue
        if queue.elsewhere is None:  # or its owner's file says whom it lets in
            senders.setdefault(queue, sending)
            if sending.option == "to" and sending.service == SNS:
                subscribed.add(queue)
            needed.setdefault(queue, {}).setdefault(sending.service, set()).add(_source(sending))
    for queue, services in needed.items():
        said = " and ".join(
            f"`{service}` for {', '.join(sorted(sources))}" for service, sources in services.items()
        )
        span = queue.place("import")
        if span.place == queue.key.place:  # an address that several may name
            span = senders[queue].by.place(senders[queue].option)
        yield found(
            span,
            f"only the owner of {named(queue)} can let this service send to it",
            f"its policy has to allow `sqs:SendMessage` to {said}, by `aws:SourceArn`"
            + (_CONFIRMED if queue in subscribed else ""),
        )


_CONFIRMED = "; in another account, the owner has to confirm the subscription, or to make it"


def _source(sending: Sending) -> str:
    match sending.source:
        case Topic() | Bus():
            return named(sending.source)
        case EventRule(edge=edge):
            return f"the rule of `{edge.name}`"
        case _:
            assert_never(sending.source)
