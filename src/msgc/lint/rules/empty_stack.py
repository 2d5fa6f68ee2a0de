"""Nothing lies in a stack (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.placement import MAIN


@rule("MSG537", "error", absence=True)
def empty_stack(subject: Subject) -> Iterator[Finding]:
    """Nothing lies in a stack: CloudFormation refuses a template without resources.

    What a stack names may be no resource: a function that the app hands over, a subscription that
    is switched off. And where other stacks name everything, nothing is left for `main`.

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    stacks: {work: {queues: [jobs], producers: [shop]}}
    ```

    Take the stack away, or leave something in `main`:

    ```yaml
    queues: {jobs: {messages: [OrderPlaced], external: subscribe}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    stacks: {work: {queues: [jobs]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
    """
    placement = subject.topology.placement
    if placement is None:
        return
    for part in subject.parts:
        if part.resources:
            continue
        if part.name == MAIN:
            yield found(
                subject.topology.root.key("stacks").span,
                f"nothing is left for the stack `{MAIN}`: other stacks name everything",
                "take the largest of them away: what it names lies in `main` then",
            )
        else:
            yield found(
                subject.stack_key(part.name),
                f"nothing that CloudFormation makes lies in the stack `{part.name}`",
                "take it away, or name a place or a consumer in it",
            )
