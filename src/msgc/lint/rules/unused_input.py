"""An input that nothing uses (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG630", "warning", absence=True)
def unused_input(subject: Subject) -> Iterator[Finding]:
    """An input is declared, and no `${name}` stands for it.

    Whoever deploys the stack has to give a value that nothing takes.

    ```yaml
    inputs: {ops-mail: {description: Who is told.}, hook: {}}
    topics: {orders: {messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{topic: orders}]}}
    subscriptions: {mail: {from: {topic: orders}, to: {email: "${ops-mail}"}}}
    ```

    Use it, or take it away:

    ```yaml
    inputs: {ops-mail: {description: Who is told.}}
    topics: {orders: {messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{topic: orders}]}}
    subscriptions: {mail: {from: {topic: orders}, to: {email: "${ops-mail}"}}}
    ```

    AWS: https://docs.aws.amazon.com/cdk/v2/guide/parameters.html says why CDK code has arguments
    rather than parameters.
    """
    for given in subject.topology.inputs.values():
        if given.name not in subject.topology.used_inputs:
            yield found(
                given.key,
                f"nothing uses the input `{given.name}`",
                f"write `${{{given.name}}}` where it belongs, or take it away",
            )
