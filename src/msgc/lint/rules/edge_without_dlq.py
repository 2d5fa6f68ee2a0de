"""A subscription drops what it can't deliver (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.stack_location import elsewhere, regions_without_queues
from msgc.lint.subject import Subject
from msgc.topology.edges import Subscription


@rule("MSG452", "warning", absence=True)
def edge_without_dlq(subject: Subject) -> Iterator[Finding]:
    """A subscription drops what it can't deliver.

    SNS gives up at once when a target refuses a message (a deleted queue, a missing permission),
    and EventBridge after 24 hours; without a dead-letter queue the message is gone, and only a
    metric says so.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {invoicing: {external: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}, dead_letter: false}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    (Topics of another Region than the stack's can't have one, and aren't meant.) Leave
    `dead_letter` out, and what can't be delivered goes to the queue `undelivered`, which
    msgc makes once for the service:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {invoicing: {external: true}}
    subscriptions:
      to-invoicing: {from: {topic: orders}, to: {queue: invoicing}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html,
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    """
    abroad = regions_without_queues(subject)
    for made in subject.links.sns_subscriptions:
        region = elsewhere(made.topic)
        if region in abroad or (region and not subject.is_whole):
            continue  # SNS takes no queue of the stack's Region for it; a broken part may say which
        unless = (
            f"; if {region} isn't the Region of this stack, there can't be one: say so with"
            " `# msgc: ignore[edge-without-dlq] ...`"
            if region
            else ""
        )
        here = (edge for edge in made.edges if edge.made_by is None)
        yield from (_dropped(edge, unless) for edge in here if edge.dead_letter is None)
    for each in subject.links.event_rules:
        if each.edge.made_by is not None:
            continue
        if each.dead_letter is None and each.edge.says("dead_letter"):  # else its bus says it
            yield _dropped(each.edge)
    for bus in subject.topology.buses.values():
        if bus.dead_letter is False and any(rule.bus is bus for rule in subject.links.event_rules):
            yield found(
                bus.place("dead_letter"),
                f"what the rules of bus `{bus.name}` can't deliver is dropped",
                "leave `dead_letter` out to keep it in the queue `undelivered`, or name a queue:"
                " `dead_letter: {queue: failed}`",
            )


def _dropped(edge: Subscription, unless: str = "") -> Finding:
    return found(
        edge.place("dead_letter"),
        f"what `{edge.name}` can't deliver is dropped",
        "leave `dead_letter` out to keep it in the queue `undelivered`, or name a queue:"
        f" `dead_letter: {{queue: failed}}`{unless}",
    )
