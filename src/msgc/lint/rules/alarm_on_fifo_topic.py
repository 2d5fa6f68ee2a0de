"""Alarms tell a FIFO topic (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG658", "error")
def alarm_on_fifo_topic(subject: Subject) -> Iterator[Finding]:
    """Alarms tell a FIFO topic.

    What is published to one needs a message group, and CloudWatch gives none: nobody would be told.

    ```yaml
    alarms: {notify: {topic: ops}}
    topics: {ops: {fifo: true}}
    queues:
      jobs: {messages: [OrderPlaced], external: subscribe}
      pager: {fifo: true, external: subscribe}
    subscriptions: {to-pager: {from: {topic: ops}, messages: any, to: {queue: pager}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Take a standard topic:

    ```yaml
    alarms: {notify: {topic: ops}}
    topics: {ops: {}}
    queues:
      jobs: {messages: [OrderPlaced], external: subscribe}
      pager: {external: subscribe}
    subscriptions: {to-pager: {from: {topic: ops}, messages: any, to: {queue: pager}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/fifo-message-grouping.html
    """
    for span, topic in subject.told:
        if topic.fifo is not None:
            yield found(
                span,
                f"alarms can't tell `{topic.name}`: it is FIFO, and CloudWatch gives no group",
                "name a standard topic",
            )
