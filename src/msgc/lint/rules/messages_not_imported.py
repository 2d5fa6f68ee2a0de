"""An edge from another service's topic of which this file knows no messages (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject


@rule("MSG679", "warning", absence=True)
def messages_not_imported(subject: Subject) -> Iterator[Finding]:
    """A subscription takes all that another service publishes to a topic, as messages of any type.

    A subscription without `messages` takes those of the topic that its file knows. Here it knows
    none, so that handlers get untyped messages, and filters are checked against nothing.
    `logistics` is another service of the repository, which publishes `Shipped`:

    ```yaml
    topics: {shipments: {import: {service: logistics}}}
    subscriptions: {shipped: {from: {topic: shipments}, to: {queue: inbox}}}
    queues: {inbox: {external: subscribe}}
    ```

    Import the messages that it is about:

    ```yaml
    messages: {Shipped: {import: {service: logistics}}}
    topics: {shipments: {import: {service: logistics}}}
    subscriptions: {shipped: {from: {topic: shipments}, to: {queue: inbox}}}
    queues: {inbox: {external: subscribe}}
    ```

    If it is meant to take everything, say so: `messages: any`.

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
    """
    for made in subject.links.sns_subscriptions:
        elsewhere = made.topic.elsewhere
        if elsewhere is None or not elsewhere.types:
            continue
        listed = ", ".join(f"`{each}`" for each in sorted(elsewhere.types))
        for edge in made.edges:
            if edge.messages or edge.untyped or edge.pattern is not None:
                continue
            yield found(
                edge.place("from"),
                f"`{edge.name}` takes messages of any type: this file imports none of"
                f" `{elsewhere.service}` that `{elsewhere.name}` carries",
                f"import some ({listed}) from `{elsewhere.service}`, or write `messages: any`",
                label(elsewhere.span, "declared there"),
            )
