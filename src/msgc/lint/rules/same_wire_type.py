"""Two messages of one place have the same type on the wire (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import named
from msgc.topology.messages import Message
from msgc.topology.narrowing import kind_of


@rule("MSG474", "error")
def same_wire_type(subject: Subject) -> Iterator[Finding]:
    """Two messages of one place have the same type on the wire.

    Filters, rules and handlers go by the type (and on a bus by the source), so a subscription to
    one of them would get both, and the handler would read one as the other.

    ```yaml
    messages:
      OrderPlaced: {type: order, schema: {type: object, properties: {order_id: {type: string}}}}
      OrderClosed: {type: order, schema: {type: object, properties: {reason: {type: string}}}}
    topics: {orders: {messages: [OrderPlaced, OrderClosed]}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Leave `type` out (the name of the message is the default), or make them differ:

    ```yaml
    messages:
      OrderPlaced: {schema: {type: object, properties: {order_id: {type: string}}}}
      OrderClosed: {schema: {type: object, properties: {reason: {type: string}}}}
    topics: {orders: {messages: [OrderPlaced, OrderClosed]}}
    subscriptions:
      ops-mail: {from: {topic: orders}, to: {email: ops@example.com}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
    """
    reported: set[Message] = set()
    for place in subject.places:
        owners: dict[tuple[str, str], Message] = {}
        for message in place.messages:
            source = repr(message.sources) if kind_of(place).carries_events else ""
            key = (message.type, source)
            first = owners.setdefault(key, message)
            if first is not message and message not in reported:
                reported.add(message)
                yield found(
                    message.place("type"),
                    f"`{first.name}` and `{message.name}` both have the type `{message.type}` on"
                    f" {named(place)}, and nobody could tell them apart",
                    "make them differ: handlers and rules tell messages apart by it",
                    label(first.place("type"), "the same type"),
                )
