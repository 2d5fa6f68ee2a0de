"""A topic, bus or queue has a setting that does nothing (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Bus, Place
from msgc.tree import Mapping

_OF_MADE = ("name", "tags", "discovery", "encryption", "overrides")
_OF_MADE_TOPICS = (*_OF_MADE, "removal", "archive", "display_name", "tracing")
_OF_MADE_BUSES = (*_OF_MADE, "log")
_OF_MADE_QUEUES = (*_OF_MADE, "dead_letter", "delay", "visibility", "retention", "wait",
                   "removal")  # fmt: skip
"""What only the stack that makes a topic, a bus or a queue can set."""


@rule("MSG669", "error", absence=True)
def setting_without_effect(subject: Subject) -> Iterator[Finding]:
    """A topic, bus or queue has a setting that does nothing.

    What exists already belongs to somebody else's stack: its name, its archive, its key and its
    tracing are decided there. `delivery` says how SNS posts to HTTP endpoints, and does nothing
    without one.

    ```yaml
    topics:
      orders:
        import: {arn: "arn:aws:sns:eu-west-1:111122223333:orders"}
        messages: [OrderPlaced]
        display_name: Orders
    queues: {audit: {external: subscribe}}
    subscriptions:
      to-audit: {from: {topic: orders}, to: {queue: audit}}
    ```

    Take it away:

    ```yaml
    topics:
      orders:
        import: {arn: "arn:aws:sns:eu-west-1:111122223333:orders"}
        messages: [OrderPlaced]
    queues: {audit: {external: subscribe}}
    subscriptions:
      to-audit: {from: {topic: orders}, to: {queue: audit}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
    """
    posting = {made.topic for made in subject.links.sns_subscriptions if made.http_policy}
    for topic in subject.topology.topics.values():
        if topic.imported is not None:
            yield from _not_ours(topic, _OF_MADE_TOPICS)
        if topic.http_policy is not None and topic not in posting and _is_own(topic, "delivery"):
            yield found(
                topic.place("delivery"),
                f"`delivery` does nothing for topic `{topic.name}`: it has no subscription to"
                " `https` or `http`",
                "take it away, or add the subscription",
            )
    for queue in subject.topology.queues.values():
        if queue.imported is not None:
            yield from _not_ours(queue, _OF_MADE_QUEUES)
    for bus in subject.topology.buses.values():
        if bus.schemas and not bus.messages and _is_own(bus, "schemas"):
            yield found(
                bus.place("schemas"),
                f"`schemas` does nothing for bus `{bus.name}`: it has no `messages`",
                "name the messages that are put there, or take it away",
            )
        yield from _not_ours_at_all(bus)
        if not bus.is_made and bus.archive_days is None and _is_own(bus, "removal"):
            yield found(
                bus.place("removal"),
                f"`removal` does nothing for bus `{bus.name}`: this stack makes nothing of it that"
                " could be taken out",
                "take it away",
            )


def _not_ours_at_all(bus: Bus) -> Iterator[Finding]:
    """Yield the settings of a bus that the stack doesn't make."""
    if bus.imported is not None:
        yield from _not_ours(bus, _OF_MADE_BUSES)
    elif bus.is_default:
        for option in (each for each in _OF_MADE_BUSES[1:] if _is_own(bus, each)):
            yield found(
                bus.place(option),
                f"`{option}` does nothing for `default`: it is the account's own bus, and"
                " CloudFormation can't set it up",
                "take it away",
            )


def _not_ours(place: Place, options: tuple[str, ...]) -> Iterator[Finding]:
    for option in options:
        if _is_own(place, option):
            yield found(
                place.place(option),
                f"`{option}` does nothing for `{place.name}`: it is imported, and whoever made it"
                f" decides",
                "take it away",
                label(place.place("import"), "imported here"),
            )


def _is_own(place: Place, option: str) -> bool:
    """Whether a setting stands in the declaration itself, and not in the defaults of its kind."""
    node = place.node
    if not isinstance(node, Mapping) or option not in node.entries:
        return False
    return node.span.holds(node.key(option).span)
