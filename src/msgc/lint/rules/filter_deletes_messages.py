"""An event source's filter deletes what it doesn't match (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG450", "warning")
def filter_deletes_messages(subject: Subject) -> Iterator[Finding]:
    """A consumer filters what it takes from a queue.

    Lambda deletes the messages that its filter doesn't match. They are not left for anybody else,
    and they don't reach the dead-letter queue.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, filter: {order_id: [{prefix: A}]}, function: provided}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Filter before the queue, on the subscription that feeds it:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {jobs: {}}
    subscriptions:
      to-jobs: {from: {topic: orders}, filter: {order_id: [{prefix: A}]}, to: {queue: jobs}}
    consumers:
      worker: {from: {queue: jobs}, function: provided}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
    """
    for poll in subject.links.event_source_mappings:
        if poll.edge.filter:
            fed = subject.graph.subscriptions_to(poll.queue)
            yield found(
                poll.edge.place("filter"),
                f"what this filter doesn't match is deleted from queue `{poll.queue.name}`",
                "put the filter on the subscription that feeds the queue"
                if fed
                else "publish to a topic or bus, and filter on its subscription to the queue; or"
                " take everything, and let the handler pass over the rest",
            )
