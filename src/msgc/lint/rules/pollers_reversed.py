"""The least number of pollers is more than the most (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.settings import Pollers


@rule("MSG465", "error")
def pollers_reversed(subject: Subject) -> Iterator[Finding]:
    """The least number of pollers is more than the most.

    Lambda refuses the event source mapping when the stack is deployed.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: provided, concurrency: {pollers: {min: 9, max: 3}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Write them the other way round:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker: {from: {queue: jobs}, function: provided, concurrency: {pollers: {min: 3, max: 9}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html
    """
    for consumer in subject.topology.consumers.values():
        pollers = consumer.concurrency
        if isinstance(pollers, Pollers) and pollers.min > pollers.max:
            yield found(
                consumer.place("concurrency", "pollers", "min"),
                f"at least {pollers.min} pollers is more than at most {pollers.max}",
                f"write `pollers: {{min: {pollers.max}, max: {pollers.min}}}`",
                label(consumer.place("concurrency", "pollers", "max"), "the most"),
            )
