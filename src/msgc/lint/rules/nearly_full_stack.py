"""A stack is nearly full (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.stack_counts import counted
from msgc.lint.stack_names import whose
from msgc.lint.subject import Subject

_FULL = 0.8
"""The part of the limit from which on it is time to know."""
_ELSEWHERE = (
    "name what you add from now on in another stack: `stacks: {NAME: {queues: [...],"
    " consumers: [...]}}`"
)


@rule("MSG541", "warning")
def nearly_full_stack(subject: Subject) -> Iterator[Finding]:
    """A stack is nearly full: CloudFormation takes 500 resources, and this one has 400 or more.

    Or its template is nearly as large as CloudFormation takes: 1 MB, and this one has 800 kB. What
    is deployed stays where it is, since CloudFormation would delete it in one stack and make it
    anew in another. What comes from now on can lie elsewhere, and that is easier before the limit
    than at it.

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
    if limit is None:
        return
    for each in subject.measured:
        if each.limit.near is not None and not each.is_over:
            yield found(
                each.total.span,
                f"{each.total.what} {each.at_least:,} of the {each.limit.most:,}"
                f" {each.limit.unit} that {each.limit.service} takes",
                f"{_ELSEWHERE}; see {each.limit.source}",
            )
    if len(subject.stack.resources) < limit * _FULL:
        return
    for part in subject.parts:
        total = len(part.resources)
        if limit * _FULL <= total <= limit:
            yield found(
                subject.stack_key(part.name),
                f"{whose(subject.topology, part.name)} has {total} of the {limit} resources that"
                " CloudFormation takes",
                f"{_ELSEWHERE}; it has {counted(part)}",
            )
