"""A publisher has a place to publish to and nothing to put there (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named


@rule("MSG470", "warning", absence=True)
def publication_without_messages(subject: Subject) -> Iterator[Finding]:
    """A producer publishes to a place that has no messages.

    The generated publisher has a method for the place's messages; with none of them it can't send
    anything.

    ```yaml
    topics: {orders: {}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Say what is put there:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    """
    for publisher in subject.publishers:
        for publication in publisher.publishes:
            if not publication.messages and not publication.untyped:
                place = publication.target
                yield found(
                    publication.span,
                    f"`{publisher.name}` can't publish anything to {named(place)}: it has no"
                    " `messages`",
                    f"declare them: `{place.name}: {{messages: [...]}}`",
                    label(place.key, "declared here"),
                )
