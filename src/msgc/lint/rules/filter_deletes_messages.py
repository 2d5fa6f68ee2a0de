"""An event source's filter deletes what it doesn't match (W)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Queue
from msgc.topology.origins import Stream


@rule("MSG450", "warning")
def filter_deletes_messages(subject: Subject) -> Iterator[Finding]:
    """A consumer or a pipe filters what it takes from a queue.

    Lambda and EventBridge delete the messages that their filter doesn't match. They are not left
    for anybody else, and they don't reach the dead-letter queue.

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
    readers = [(poll.edge, poll.queue) for poll in subject.links.event_source_mappings]
    for pipe in subject.links.pipes:
        match pipe.origin:
            case Queue() as queue:
                readers.append((pipe.edge, queue))
            case Stream():
                pass  # what is passed over stays there for others
            case _:
                assert_never(pipe.origin)
    for edge, queue in readers:
        if edge.filter and len(subject.graph.subscriptions_from(queue)) == 1:
            fed = subject.graph.subscriptions_to(queue)
            yield found(
                edge.place("filter"),
                f"what this filter doesn't match is deleted from queue `{queue.name}`",
                "put the filter on the subscription that feeds the queue"
                if fed
                else "publish to a topic or bus, and filter on its subscription to the queue; or"
                " take everything, and let the handler pass over the rest",
            )
