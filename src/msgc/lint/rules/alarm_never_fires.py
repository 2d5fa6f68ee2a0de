"""The age that raises an alarm is never reached (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Queue
from msgc.topology.units import duration


@rule("MSG654", "error")
def alarm_never_fires(subject: Subject) -> Iterator[Finding]:
    """The age that raises an alarm is never reached.

    SQS deletes what is older than the queue's retention: at that age there is no message left.

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: subscribe, retention: 1h, alarms: {age: 2h}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    alarms: {notify: {topic: ops}}
    topics: {ops: {}}
    subscriptions: {to-mail: {from: {topic: ops}, to: {email: ops@example.com}}}
    ```

    Be told while there is time to do something:

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: subscribe, retention: 1d, alarms: {age: 2h}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    alarms: {notify: {topic: ops}}
    topics: {ops: {}}
    subscriptions: {to-mail: {from: {topic: ops}, to: {email: ops@example.com}}}
    ```

    AWS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
    """
    if subject.topology.notified is None:
        return
    queues: dict[object, Queue] = {each: each for each in subject.topology.queues.values()}
    for each in subject.watched:
        queue, age = queues.get(each.alarm.declared), each.value
        if each.option != "age" or queue is None or age is None or age < queue.retention:
            continue
        top = subject.place("alarms", "age")
        yield found(
            each.said or top,
            f"no message of `{queue.name}` gets {duration(age)} old: SQS deletes it after"
            f" {duration(queue.retention)}",
            "take a shorter time, such as a quarter of the retention",
            label(queue.place("retention"), "this queue"),
        )
