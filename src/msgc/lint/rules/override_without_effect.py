"""Overrides are about a resource that the stack does not make (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG662", "error", absence=True)
def override_without_effect(subject: Subject) -> Iterator[Finding]:
    """Overrides are about a resource that the stack doesn't make.

    ```yaml
    queues:
      jobs:
        messages: [OrderPlaced]
        external: subscribe
        dead_letter: {queue: failed}
        overrides: {dead_letter: {KmsDataKeyReusePeriodSeconds: 600}}
      failed: {external: subscribe}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    Write them where it is declared, or take them away:

    ```yaml
    queues:
      jobs: {messages: [OrderPlaced], external: subscribe, dead_letter: {queue: failed}}
      failed: {external: subscribe, overrides: {KmsDataKeyReusePeriodSeconds: 600}}
    producers: {shop: {publishes: [{queue: jobs}]}}
    ```

    AWS: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
    """
    if not subject.topology.overrides:
        return
    from msgc.stack.overriding import overridden  # noqa: PLC0415  # few services have any

    others = {each for each in subject.places if each.imported is not None or each.is_default}
    for each in overridden(subject.stack):
        if each.resources or each.of in others:
            continue  # those of others are told with their other settings
        span = each.node.span if each.key is None else each.key.span
        what = f"`{each.part}` of `{each.of.name}`" if each.part else f"`{each.of.name}`"
        yield found(
            span,
            f"nothing is made for {what} that could be overridden",
            "take it away, or write it where what it is about is made",
        )
