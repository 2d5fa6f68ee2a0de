"""A consumer that nothing comes to (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG469", "warning", absence=True)
def consumer_without_source(subject: Subject) -> Iterator[Finding]:
    """Nothing comes to a consumer.

    It has no `from`, and no subscription has it as its target: a function that is never invoked.

    ```yaml
    consumers: {worker: {function: provided}}
    ```

    Say where its messages come from; if it only publishes, it is a producer:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: provided}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
    """
    for consumer in subject.topology.consumers.values():
        if not subject.graph.subscriptions_to(consumer) and consumer.answers is None:
            yield found(
                consumer.key,
                f"nothing comes to consumer `{consumer.name}`",
                "add `from`, or declare it under `producers` if it only publishes",
            )
