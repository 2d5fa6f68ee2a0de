"""The stack has more resources than CloudFormation takes (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.diagnostics import Edit
from msgc.lint.rule import Finding, found, rule
from msgc.lint.stack_counts import counted
from msgc.lint.stack_names import elsewhere, whose
from msgc.lint.subject import Subject


@rule("MSG602", "error", absence=True)
def too_many_resources(subject: Subject) -> Iterator[Finding]:
    """The stack has more resources than CloudFormation takes.

    A stack has at most 500, and a place is several: a queue has its policy, its dead-letter queue
    with another policy, and its parameter. The message counts them by kind.

    ```yaml
    queues:   # imagine a hundred of them
      jobs: {messages: [OrderPlaced], external: true}
      work: {messages: [OrderPlaced], external: true}
    producers: {shop: {publishes: [{queue: jobs}, {queue: work}]}}
    ```

    Let some of it lie in a stack of its own: where nothing is deployed yet, anything; else what is
    new, as what is deployed stays where it is. The finding has a section `stacks` that does it.

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
    if limit is None or len(subject.stack.resources) <= limit:
        return
    for part in subject.parts:
        total = len(part.resources)
        if total > limit:
            offered = _offered(subject, part.name, limit)
            stays = "; what is deployed stays where it is" if subject.deployed() else ""
            yield found(
                subject.stack_key(part.name),
                f"{whose(subject.topology, part.name)} has {total} resources, and CloudFormation"
                f" takes {limit}",
                f"{elsewhere(part.name, is_shown=bool(offered))}{stays}; it has {counted(part)}",
            ).replace(fix=offered)


def _offered(subject: Subject, stack: str, limit: int) -> tuple[Edit, ...]:
    """Return the edits of the section `stacks` that do it."""
    from msgc.lint.stacks_offered import counts, stacks_offered  # noqa: PLC0415  # few are so large

    return stacks_offered(subject, stack, counts(subject, limit))
