"""A message that is on its way out is still published or taken (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.messages import Message
from msgc.topology.narrowing import as_consumer


@rule("MSG656", "info")
def deprecated_message(subject: Subject) -> Iterator[Finding]:
    """A message is `deprecated`, and somebody still publishes or handles it.

    Until nobody does, it can't be taken away. Type checkers tell where code still uses its class.

    ```yaml
    messages:
      OrderPlaced:
        deprecated: use OrderPlacedV2, which has the currency
        schema: {type: object, required: [order_id], properties: {order_id: {type: string}}}
    queues: {jobs: {messages: [OrderPlaced], external: true}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Publish what takes its place:

    ```yaml
    messages:
      OrderPlacedV2:
        schema: {type: object, required: [order_id], properties: {order_id: {type: string}}}
    queues: {jobs: {messages: [OrderPlacedV2], external: true}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/publish-subscribe.html
    """
    if all(message.deprecated is None for message in subject.topology.messages.values()):
        return
    for publisher in subject.publishers:
        for publication in publisher.publishes:
            for message in publication.messages:
                if message.deprecated is not None:
                    yield found(
                        publication.span,
                        f"`{publisher.name}` still publishes `{message.name}`, which is deprecated:"
                        f" {_why(message)}",
                        "publish what takes its place; while somebody handles it, keep the message",
                        label(message.place("deprecated"), "said here"),
                    )
    for edge in subject.edges:
        consumer = as_consumer(edge.target)
        for message in edge.delivered if consumer is not None else ():
            if consumer is not None and message.deprecated is not None:
                yield found(
                    edge.key,
                    f"`{consumer.name}` still handles `{message.name}`, which is deprecated:"
                    f" {_why(message)}",
                    "handle what takes its place, beside it as long as it is published",
                    label(message.place("deprecated"), "said here"),
                )


def _why(message: Message) -> str:
    return " ".join((message.deprecated or "").split())
