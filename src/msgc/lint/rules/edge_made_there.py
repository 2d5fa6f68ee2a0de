"""Another account's stack makes a subscription: what its owner has to add (I)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.owners_part import owners_parts
from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG673", "info")
def edge_made_there(subject: Subject) -> Iterator[Finding]:
    """Another account makes a subscription, and this says what its owner has to add.

    With `deploy: there`, and by default from a topic of the file to a queue of another account that
    `allow` lets subscribe, this stack makes nothing but the leave: the policy of its place lets the
    other side make the subscription. A subscription that the owner of the queue makes needs no
    confirmation. One that is made beside the topic stays "pending confirmation" until somebody
    takes the message that asks for it out of the queue.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {jobs: {import: {arn: "arn:aws:sqs:eu-west-1:444455556666:jobs"}}}
    subscriptions: {orders-to-jobs: {from: {topic: orders}, to: {queue: jobs}, deploy: there}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Give the owner the text of the help: it is CloudFormation, in which `${account}` and `${region}`
    are those of this stack. When it is there, say
    `# msgc: ignore[edge-made-there] their stack has it since June`. An edge that this stack makes
    says nothing:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {jobs: {external: subscribe}}
    subscriptions: {orders-to-jobs: {from: {topic: orders}, to: {queue: jobs}}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html and
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
    """
    for part in owners_parts(subject):
        names = " and ".join(f"`{edge.name}`" for edge in part.edges)
        yield found(
            part.edges[0].place("deploy" if part.edges[0].says("deploy") else "to"),
            f"account {part.account} makes {names}, and this stack only lets it",
            f"its owner has to add {part.text}",
        )
