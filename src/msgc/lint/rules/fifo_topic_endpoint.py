"""A FIFO topic delivers to something other than a queue (E, refused by AWS)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import kind
from msgc.topology.edges import Subscription
from msgc.topology.ends import Topic
from msgc.topology.narrowing import as_consumer


@rule("MSG431", "error")
def fifo_topic_endpoint(subject: Subject) -> Iterator[Finding]:
    """A FIFO topic is to deliver to something other than a queue.

    FIFO topics deliver to SQS queues only. Functions, e-mail addresses, phone numbers and URLs
    are refused when the stack is deployed.

    ```yaml
    topics: {orders: {messages: [OrderPlaced], fifo: true}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Put a queue in between, or use a standard topic if nobody needs the order:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
    """
    for made in subject.links.sns_subscriptions:
        for edge in made.edges if made.topic.fifo else ():
            if not edge.delivery.takes_fifo:
                yield _refused(edge, made.topic)


def _refused(edge: Subscription, topic: Topic) -> Finding:
    by_consumer = as_consumer(edge.target) is not None
    return found(
        edge.place("from") if by_consumer else edge.place("to"),
        f"the FIFO topic `{topic.name}` can't deliver to {_article(kind(edge.target))}: only to"
        " queues",
        (
            "subscribe a FIFO queue to the topic, and let the consumer read from it:"
            f" `from: {{queue: {edge.name}}}`"
            if by_consumer
            else f"take `fifo` from topic `{topic.name}`, or deliver to a queue"
        ),
        label(topic.place("fifo"), "made FIFO here"),
    )


def _article(word: str) -> str:
    is_vowel = word[0] in "aeiou" or word in {"http", "https", "sms"}  # by its sound
    return f"an `{word}`" if is_vowel else f"a `{word}`"
