"""The owner of a KMS key has to add statements to its policy (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG633", "info")
def key_owner_must_add(subject: Subject) -> Iterator[Finding]:
    """Services or accounts use a key that is found by its ARN, and only its owner can let them.

    What roles of the stack's account may do with a key stands in their own policies, as long as
    that of the key lets the account decide, as it does by default. SNS and EventBridge have no such
    role, nor have other accounts: they are let in by the policy of the key alone. Without it
    nothing arrives, and what is lost shows up in metrics only.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues:
      jobs:
        external: subscribe
        encryption:
          key: {arn: "arn:aws:kms:eu-west-1:111122223333:key/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"}
    subscriptions: {orders-to-jobs: {from: {topic: orders}, to: {queue: jobs}}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Have the owner add the statements, and say `# msgc: ignore[key-owner-must-add]` with the reason
    behind it; or let your app hand the key over, whose policy is then seen to:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {jobs: {external: subscribe, encryption: {key: {provided: data-key}}}}
    subscriptions: {orders-to-jobs: {from: {topic: orders}, to: {queue: jobs}}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html and
    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    """
    for key in subject.topology.keys:
        if key.has_policy:
            continue
        from msgc.lint.key_statements import statements  # noqa: PLC0415  # few files have one

        for who, statement in statements(subject, key):
            yield found(
                key.key,
                f"only the owner of this key can let {who}",
                f"its policy has to have {statement}",
            )
