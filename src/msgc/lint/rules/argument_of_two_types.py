"""One argument of the construct stands for things of two types (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.stack import Existing


@rule("MSG671", "error")
def argument_of_two_types(subject: Subject) -> Iterator[Finding]:
    """One argument of the generated construct stands for things of two types.

    What is `{provided: name}` is one argument wherever that name stands, and an argument has one
    type: a topic is no queue, and what CDK has as the target of a rule is none of a schedule.

    ```yaml
    subscriptions:
      ended: {from: {bus: default}, messages: any, to: {target: {provided: report}}}
      daily: {from: {schedule: rate(1 day)}, to: {target: {provided: report}}}
    ```

    Give each a name:

    ```yaml
    subscriptions:
      ended: {from: {bus: default}, messages: any, to: {target: {provided: report}}}
      daily: {from: {schedule: rate(1 day)}, to: {target: {provided: daily-report}}}
    ```

    AWS: https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_events/IRuleTarget.html and
    https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_scheduler/IScheduleTarget.html
    """
    owners: dict[str, Existing] = {}
    for each in sorted(subject.stack.existing, key=lambda each: each.declared.key.start):
        if each.argument is None:
            continue
        first = owners.setdefault(each.argument, each)
        if first.type != each.type:
            yield found(
                each.declared.key,
                f"the argument `{each.argument}` is of type {first.type} and of type {each.type}",
                "give what is handed over here another name",
                label(first.declared.key, "first here"),
            )
