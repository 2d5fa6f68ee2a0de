"""A function's failed invocations are dropped (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG467", "warning", absence=True)
def failed_invocation_lost(subject: Subject) -> Iterator[Finding]:
    """A function that a topic or a bus invokes drops the messages on which it fails.

    For SNS and EventBridge a message is delivered as soon as Lambda has taken it, so the dead
    letter of the edge never sees that the function failed. Lambda tries again twice and then
    drops it.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    consumers:
      fraud: {from: {topic: orders}, function: {code: fraud, on_failure: false}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Leave `on_failure` out, and they go to the queue `undelivered`, or name a queue:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {failed: {external: true, dead_letter: false}}
    consumers:
      fraud: {from: {topic: orders}, function: {code: fraud, on_failure: {queue: failed}}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    """
    for consumer in subject.topology.consumers.values():
        if consumer.on_failure is not None or consumer.made is None:
            continue
        if subject.is_invoked(consumer):
            yield found(
                consumer.place("function", "on_failure"),
                f"what the function of consumer `{consumer.name}` fails on is dropped after its"
                " retries",
                "leave `on_failure` out to keep it in the queue `undelivered`, or name a queue:"
                " `on_failure: {queue: failed}`",
            )
