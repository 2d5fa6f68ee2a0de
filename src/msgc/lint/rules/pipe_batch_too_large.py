"""A pipe reads more messages at once than its target takes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import kind


@rule("MSG643", "error")
def pipe_batch_too_large(subject: Subject) -> Iterator[Finding]:
    """A pipe reads more messages at once than its target takes.

    A pipe hands a batch on in one call. A queue, a topic and a bus take 10 messages in one, a
    Firehose stream 500, an API destination a single one; a pipe that reads more can't be made.

    ```yaml
    queues: {audit: {external: true}}
    subscriptions:
      keep:
        from: {stream: {kinesis: provided}}
        messages: any
        batch: {size: 100}
        to: {queue: audit}
    ```

    Read no more than that:

    ```yaml
    queues: {audit: {external: true}}
    subscriptions:
      keep:
        from: {stream: {kinesis: provided}}
        messages: any
        batch: {size: 10}
        to: {queue: audit}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html
    """
    for edge in subject.edges:
        most = edge.delivery.most_at_once
        size = edge.reading.size if edge.reading is not None else None
        if most is None or size is None or size <= most:
            continue
        if edge.origin.fifo and most >= 10:  # another rule says what these take
            continue
        yield found(
            edge.place("batch", "size"),
            f"a pipe can't hand {size} messages at once to `{kind(edge.target)}`, which takes"
            f" {most}",
            f"write `batch: {{size: {most}}}`",
            label(edge.place("to"), "the target"),
        )
