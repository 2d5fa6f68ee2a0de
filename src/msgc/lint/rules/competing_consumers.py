"""Two consumers poll one queue (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG449", "warning")
def competing_consumers(subject: Subject) -> Iterator[Finding]:
    """Two consumers read one queue.

    Every message goes to one of them, whichever asks first: each sees a random part of the
    messages, and what its event source's filter refuses is deleted for the other too. Code that
    `reads` a queue which a consumer polls takes messages away from it as well.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      billing: {from: {queue: jobs}, function: provided}
      shipping: {from: {queue: jobs}, function: provided}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Give each a queue of its own behind a topic:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {billing: {}, shipping: {}}
    subscriptions:
      to-billing: {from: {topic: orders}, to: {queue: billing}}
      to-shipping: {from: {topic: orders}, to: {queue: shipping}}
    consumers:
      billing: {from: {queue: billing}, function: provided}
      shipping: {from: {queue: shipping}, function: provided}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
    """
    for queue in subject.topology.queues.values():
        edges = subject.graph.subscriptions_from(queue)
        if len(edges) > 1 and any(edge.filter for edge in edges):
            continue  # an error says so: filtered-queue-shared
        for edge in edges[1:]:
            first = edges[0]
            if edge.target is not first.target:
                yield found(
                    edge.place("from"),
                    f"`{first.name}` and `{edge.name}` read queue `{queue.name}`: each gets a"
                    " random part of the messages",
                    "give each a queue of its own behind a topic",
                    label(first.place("from"), "read here too"),
                )
        for reader in subject.graph.readers_of(queue) if edges else ():
            yield found(
                reader.place("reads"),
                f"`{edges[0].name}` and `{reader.name}` read queue `{queue.name}`: each gets a"
                " random part of the messages",
                f"let `{reader.name}` read a queue that nobody polls",
                label(edges[0].place("from"), "read here too"),
            )
