"""Two read one queue, and one of them filters (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG642", "error")
def filtered_queue_shared(subject: Subject) -> Iterator[Finding]:
    """Two consumers or pipes read one queue, and one of them filters.

    A message goes to whoever asks first. What a filter refuses then is deleted: the other never
    sees it.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}, others: {external: true}}
    subscriptions:
      big: {from: {queue: jobs}, filter: {order_id: [{prefix: A}]}, to: {queue: others}}
    consumers:
      worker: {from: {queue: jobs}, function: provided}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Give each a queue of its own behind a topic, and filter there:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {jobs: {}, others: {external: true}}
    subscriptions:
      big: {from: {topic: orders}, filter: {order_id: [{prefix: A}]}, to: {queue: others}}
      all: {from: {topic: orders}, to: {queue: jobs}}
    consumers:
      worker: {from: {queue: jobs}, function: provided}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html
    """
    for queue in subject.topology.queues.values():
        edges = subject.graph.subscriptions_from(queue)
        filtering = [edge for edge in edges if edge.filter]
        others = [edge for edge in edges if edge is not (filtering or edges)[0]] if edges else []
        if filtering and others:
            yield found(
                filtering[0].place("filter"),
                f"what this filter doesn't match is deleted from queue `{queue.name}`, which"
                f" `{others[0].name}` reads too",
                "give each a queue of its own behind a topic, and filter there",
                label(others[0].place("from"), "read here too"),
            )
