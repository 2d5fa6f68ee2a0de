"""A topic that nobody publishes to (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject


@rule("MSG453", "warning", absence=True)
def topic_without_publisher(subject: Subject) -> Iterator[Finding]:
    """Nobody publishes to a topic.

    No producer or consumer of this file names it, no rule of a bus delivers to it, and no alarm
    tells it. Either something is missing, or the topic is left over. Nobody is granted to publish
    to it either.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    ```

    Add the producer (without `role` a managed policy is made that others can attach). If somebody
    outside this file publishes to it, say so: `external: publish`.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    """
    told = subject.topology.told
    for topic in subject.topology.topics.values():
        if topic in subject.topology.replacements.heirs:
            continue  # nobody should any more
        strangers = topic.imported is not None or topic.others_publish or topic in told
        if not strangers and not subject.is_fed(topic):
            yield found(
                topic.key,
                f"nobody publishes to topic `{topic.name}`",
                f"add the producer: `publishes: [{{topic: {topic.name}}}]`; if others publish to"
                " it, write `external: publish`",
            )
