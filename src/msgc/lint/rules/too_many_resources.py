"""The stack has more resources than CloudFormation takes (E)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG602", "error")
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

    Divide the service in two, each with a `messaging.yaml` of its own; one imports the topics and
    buses of the other.

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: true}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    """
    limit = subject.resource_limit
    if limit is None:
        return
    counts = Counter(each.type for each in subject.stack.resources)
    total = sum(counts.values())
    if total > limit:
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        listed = ", ".join(f"{count} {kind.removeprefix('AWS::')}" for kind, count in ordered)
        yield found(
            subject.place("service"),
            f"the stack of service `{subject.topology.service}` has {total} resources, and"
            f" CloudFormation takes {limit}",
            f"divide the service in two; it has {listed}",
        )
