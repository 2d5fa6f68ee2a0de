"""Something has tags, and nothing of it can be tagged (E)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.stack.tagging import dead_letters, is_named
from msgc.topology.declared import Declared
from msgc.tree import Mapping


@rule("MSG652", "error", absence=True)
def tags_without_effect(subject: Subject) -> Iterator[Finding]:
    """Something has tags, and nothing of it can be tagged.

    An SNS subscription has no tags, and a function that exists already takes none from this stack.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {jobs: {external: subscribe}}
    subscriptions:
      to-jobs: {from: {topic: orders}, to: {queue: jobs}, tags: {tier: gold}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Tag the queue or the topic:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {jobs: {external: subscribe, tags: {tier: gold}}}
    subscriptions:
      to-jobs: {from: {topic: orders}, to: {queue: jobs}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-tags.html
    """
    written = [each for each in subject.settled if _is_own(each)]
    if not written:
        return
    owners = dead_letters(subject.topology)
    with_tags = {
        owners.get(resource.declared, resource.declared).key.place
        for resource in subject.stack.resources
        if is_named(resource)
    }
    others = {each for each in subject.places if each.imported is not None or each.is_default}
    told: set[Hashable] = set()
    for each in written:
        node = each.node
        if each.key.place in with_tags or each in others or not isinstance(node, Mapping):
            continue  # those of others are told with their other settings
        span = node.key("tags").span
        if span.place not in told:
            told.add(span.place)
            yield found(
                span,
                f"`tags` do nothing for `{each.name}`: nothing is made for it that AWS tags",
                "take them away, or write them on the queue, topic, bus or function",
            )


def _is_own(declared: Declared) -> bool:
    """Whether tags stand in the declaration itself, and not in the defaults of its kind."""
    node = declared.node
    if not isinstance(node, Mapping) or "tags" not in node.entries:
        return False
    return node.span.holds(node.key("tags").span)
