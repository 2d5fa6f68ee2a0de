"""A stack is nearly full (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.stack_counts import counted, whose
from msgc.lint.subject import Subject

_FULL = 0.8
"""The part of the limit from which on it is time to know."""


@rule("MSG541", "warning")
def nearly_full_stack(subject: Subject) -> Iterator[Finding]:
    """A stack is nearly full: CloudFormation takes 500 resources, and this one has 400 or more.

    What is deployed stays where it is, since CloudFormation would delete it in one stack and make
    it anew in another. What comes from now on can lie elsewhere, and that is easier before the
    limit than at it.

    ```yaml
    queues:   # imagine a hundred of them
      jobs: {messages: [OrderPlaced], external: true}
      work: {messages: [OrderPlaced], external: true}
    producers: {shop: {publishes: [{queue: jobs}, {queue: work}]}}
    ```

    Name the next queues and consumers in a stack of their own, when you add them:

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: true}
      work: {messages: [OrderPlaced], external: true}
    producers: {shop: {publishes: [{queue: jobs}, {queue: work}]}}
    stacks: {more: {queues: [work]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    """
    limit = subject.resource_limit
    if limit is None or len(subject.stack.resources) < limit * _FULL:
        return
    for part in subject.parts:
        total = len(part.resources)
        if limit * _FULL <= total <= limit:
            yield found(
                subject.stack_key(part.name),
                f"{whose(subject, part)} has {total} of the {limit} resources that CloudFormation"
                " takes",
                "name what you add from now on in another stack: `stacks: {NAME: {queues: [...],"
                f" consumers: [...]}}}}`; it has {counted(part)}",
            )
