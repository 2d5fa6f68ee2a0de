"""A place takes over from another one, step by step (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.replacing import steps_of
from msgc.lint.rule import Finding, label, rule
from msgc.lint.subject import Subject


@rule("MSG559", "info")
def replacement_under_way(subject: Subject) -> Iterator[Finding]:
    """A place takes over from another one.

    AWS can't make a FIFO queue of a standard one, nor give a queue, topic or bus another name. What
    `replaces` another one is made beside it, and takes over in several deployments, so that no
    message is lost. The finding says which step comes when, what to wait for, and when it is done.

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: subscribe}
      jobs-fifo: {replaces: jobs, fifo: true, messages: [OrderPlaced], external: subscribe}
    producers: {shop: {publishes: [{queue: jobs-fifo}]}}
    ```

    When the last step is done, the old entry and `replaces` are out of the file:

    ```yaml
    queues:
      jobs-fifo: {fifo: true, messages: [OrderPlaced], external: subscribe}
    producers: {shop: {publishes: [{queue: jobs-fifo}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/confirm-queue-is-empty.html
    """
    heirs = subject.topology.replacements.heirs if subject.is_whole else {}
    for replaced, heir in heirs.items():
        yield Finding(
            span=heir.place("replaces"),
            message=f"`{heir.name}` takes over from `{replaced.name}`, step by step",
            help="until the last step both are there; a few messages may come twice, and none is"
            " lost",
            labels=(label(replaced.key, "to be taken out in the end"),),
            steps=tuple(steps_of(subject, replaced, heir)),
        )
