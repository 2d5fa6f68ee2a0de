"""An event would be forwarded from bus to bus a second time (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.forwarding import SecondHop
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import name


@rule("MSG417", "error")
def event_forwarded_twice(subject: Subject) -> Iterator[Finding]:
    """An event would be forwarded from bus to bus a second time.

    EventBridge puts an event on another bus once only, within one account and region too. The
    second rule matches and can't deliver: the event ends in that rule's dead letter with the error
    code `THIRD_ACCOUNT_HOP_DETECTED` (or is lost, without one), and never comes to the third bus.

    ```yaml
    buses: {orders: {messages: [OrderPlaced]}, company: {}, audit: {}}
    queues: {kept: {external: true}}
    subscriptions:
      to-company: {from: {bus: orders}, to: {bus: company}}
      to-audit: {from: {bus: company}, to: {bus: audit}}
      keep: {from: {bus: audit}, to: {queue: kept}}
    producers: {shop: {publishes: [{bus: orders}]}}
    ```

    Forward from the first bus to both. A queue, a topic or a function may stand between, too: what
    code publishes is a new event.

    ```yaml
    buses: {orders: {messages: [OrderPlaced]}, company: {}, audit: {}}
    queues: {kept: {external: true}}
    subscriptions:
      to-company: {from: {bus: orders}, to: {bus: company}}
      to-audit: {from: {bus: orders}, to: {bus: audit}}
      keep: {from: {bus: audit}, to: {queue: kept}}
    producers: {shop: {publishes: [{bus: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
    """
    circles = [frozenset(loop) for loop in subject.forwarding.loops()]
    for hop in subject.forwarding.second_hops():
        if not any(hop.first in circle and hop.second in circle for circle in circles):
            yield _told(hop)


def _told(hop: SecondHop) -> Finding:
    first, second = hop.first, hop.second
    start, between, end = name(first.origin), name(second.origin), name(second.target)
    narrowed = (
        f"narrow `{second.name}` with `messages` or a `filter` to what is put on `{between}` itself"
    )
    way = f"`{first.name}` brings from bus `{start}` to bus `{between}`"
    what = f"`{hop.message.name}`, which {way}," if hop.message else f"what {way}"
    return found(
        second.place("to"),
        f"{what} can't go on to bus `{end}`: EventBridge forwards an event to a bus once only",
        f"add a subscription from bus `{start}` to bus `{end}`, and {narrowed} (or let it go)",
        label(first.place("to"), "forwarded here for the first time"),
    )
