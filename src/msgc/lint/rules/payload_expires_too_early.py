"""What lies in S3 expires while messages may still point to it (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.large import in_queues
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Queue
from msgc.topology.units import DAY, duration


@rule("MSG693", "error")
def payload_expires_too_early(subject: Subject) -> Iterator[Finding]:
    """A large message expires in S3 while its pointer may still wait in a queue.

    A message waits as long as its queue keeps it, and then as long as the dead-letter queue does.
    If S3 has deleted by then what it points to, nobody can ever read it.

    ```yaml
    large_messages: {retention: 5d}
    messages:
      ReportMade: {schema: {type: object, properties: {text: {type: string}}}, large_messages: true}
    queues: {printing: {messages: [ReportMade], external: subscribe}}
    producers: {office: {publishes: [{queue: printing}]}}
    ```

    Keep it longer than both together; the default is 60 days.

    ```yaml
    large_messages: {retention: 30d}
    messages:
      ReportMade: {schema: {type: object, properties: {text: {type: string}}}, large_messages: true}
    queues: {printing: {messages: [ReportMade], external: subscribe}}
    producers: {office: {publishes: [{queue: printing}]}}
    ```

    AWS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html
    """
    for bucket in subject.topology.payload_buckets:
        if not bucket.is_made:
            continue
        lying = in_queues(subject.links)
        waiting = [
            (_longest(queue), queue)
            for queue, messages in lying.items()
            if any(m.large is not None and m.large.bucket is bucket for m in messages)
        ]
        longest, queue = max(waiting, key=lambda each: each[0], default=(0, None))
        if queue is None or longest < bucket.days * DAY:
            continue
        yield found(
            bucket.place("retention"),
            f"large messages expire after {bucket.days}d, and their pointers may wait for"
            f" {duration(longest)} in `{queue.name}`"
            + (" and its dead-letter queue" if queue.dead_letter else ""),
            f"keep them for {longest // DAY + 1}d at least",
            label(queue.key, "a pointer waits here"),
        )


def _longest(queue: Queue) -> int:
    """Return how many seconds a message may wait, here and where it goes after failing."""
    dead = queue.dead_letter
    return queue.retention + (dead.queue.retention if dead is not None else 0)
