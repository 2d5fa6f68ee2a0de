"""A dead-letter queue serves more queues than SQS can name (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject

MOST = 10


@rule("MSG605", "warning")
def too_many_redrive_sources(subject: Subject) -> Iterator[Finding]:
    """A dead-letter queue serves more than ten queues.

    msgc names the queues that may use a dead-letter queue (`redriveAllowPolicy`), and SQS takes ten
    names at most. With more there is no such list, and every queue of the account may use it.

    ```yaml
    queues:
      failed: {external: true, dead_letter: false}
      a: &job {messages: [OrderPlaced], external: true, dead_letter: {queue: failed}}
      b: *job
      c: *job
      d: *job
      e: *job
      f: *job
      g: *job
      h: *job
      i: *job
      j: *job
      k: *job
    producers:
      shop:
        publishes: [{queue: a}, {queue: b}, {queue: c}, {queue: d}, {queue: e}, {queue: f},
                    {queue: g}, {queue: h}, {queue: i}, {queue: j}, {queue: k}]
    ```

    Leave `dead_letter` out, and each queue gets one of its own:

    ```yaml
    queues:
      a: {messages: [OrderPlaced], external: true}
      b: {messages: [OrderPlaced], external: true}
    producers: {shop: {publishes: [{queue: a}, {queue: b}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    """
    for queue in subject.topology.queues.values():
        served = subject.graph.poisoned_from(queue)
        if len(served) > MOST:
            yield found(
                served[MOST].place("dead_letter", "queue"),
                f"`{queue.name}` is the dead-letter queue of {len(served)} queues, more than the"
                f" {MOST} that SQS can name: every queue of the account may use it",
                "leave `dead_letter` out on some of them: each then gets one of its own",
                label(queue.key, "the dead-letter queue"),
            )
