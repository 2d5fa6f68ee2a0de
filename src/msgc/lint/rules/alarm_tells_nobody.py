"""Alarms tell nobody (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG659", "info")
def alarm_tells_nobody(subject: Subject) -> Iterator[Finding]:
    """Alarms tell nobody.

    They can be seen in the console, where nobody looks at night.

    ```yaml
    alarms: true
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Name a topic; an alarm is a property of the generated construct besides, to which your own CDK
    code can add actions:

    ```yaml
    alarms: {notify: {topic: ops}}
    topics: {ops: {}}
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    subscriptions: {to-mail: {from: {topic: ops}, to: {email: ops@example.com}}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    """
    if subject.topology.notified is None:
        return
    silent = [each for each in subject.watched if each.notified_at is None]
    if silent:
        first, count = silent[0].alarm.declared, len(silent)
        several = f"{count} alarms tell" if count > 1 else "an alarm tells"
        at_top = "alarms" in subject.topology.root.entries
        yield found(
            subject.place("alarms") if at_top else first.place("alarms"),
            f"{several} nobody: that of `{first.name}`" + (", for one" if count > 1 else ""),
            "name a topic: `notify: {topic: ops}`",
        )
