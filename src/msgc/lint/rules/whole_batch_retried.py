"""One failed message brings back its whole batch (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG426", "warning")
def whole_batch_retried(subject: Subject) -> Iterator[Finding]:
    """A consumer takes batches, and `partial_failures` is off.

    When the handler fails for one message, all messages of the batch come back, those that were
    handled as well. They are handled again, each time counts as a receive, and good messages end
    in the dead-letter queue beside the bad one.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers: {worker: {from: {queue: jobs}, function: provided, partial_failures: false}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Leave it out: the generated handler says which messages failed. Where a function of your own
    can't say it, let it have one message at a time.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced]}}
    consumers:
      worker:
        {from: {queue: jobs}, function: provided, partial_failures: false, batch: {size: 1}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    for consumer in subject.topology.consumers.values():
        if consumer.partial_failures or consumer.batch_size == 1 or not subject.polls(consumer):
            continue
        yield found(
            consumer.place("partial_failures"),
            f"if one message fails, all of its batch (up to {consumer.batch_size}) come back to"
            f" consumer `{consumer.name}`, and good ones end in the dead-letter queue",
            "leave `partial_failures` out, or write `batch: {size: 1}`",
        )
