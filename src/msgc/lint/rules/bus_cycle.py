"""Buses forward to each other in a circle (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import name


@rule("MSG459", "error")
def bus_cycle(subject: Subject) -> Iterator[Finding]:
    """Buses forward the same events to each other in a circle.

    Nothing goes round: EventBridge puts an event on another bus once only. The second rule on the
    way matches it too, can't deliver it, and every such event ends in that rule's dead letter with
    the error code `THIRD_ACCOUNT_HOP_DETECTED` (or is lost, without one).

    ```yaml
    buses: {orders: {messages: [OrderPlaced]}, company: {}}
    subscriptions:
      out: {from: {bus: orders}, to: {bus: company}}
      back: {from: {bus: company}, to: {bus: orders}}
    producers: {shop: {publishes: [{bus: orders}]}}
    ```

    Narrow each of them to what is put on its own bus, or let one go:

    ```yaml
    messages:
      OrderPlaced: {schema: {type: object, properties: {order_id: {type: string}}}}
      Recalled: {schema: {type: object, properties: {sku: {type: string}}}}
    buses: {orders: {messages: [OrderPlaced]}, company: {messages: [Recalled]}}
    queues: {audit: {external: true}, stock: {external: true}}
    subscriptions:
      out: {from: {bus: orders}, messages: [OrderPlaced], to: {bus: company}}
      back: {from: {bus: company}, messages: [Recalled], to: {bus: orders}}
      to-audit: {from: {bus: company}, to: {queue: audit}}
      to-stock: {from: {bus: orders}, to: {queue: stock}}
    producers:
      shop: {publishes: [{bus: orders}]}
      supplier: {publishes: [{bus: company}]}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
    """
    for edges in subject.forwarding.loops():
        first, *others = edges
        ends = (first.origin, *(edge.target for edge in edges))
        way = " → ".join(f"`{name(end)}`" for end in ends)
        yield found(
            first.place("to"),
            f"the same events are forwarded in a circle, and end at the second bus: {way}",
            "narrow the subscriptions with `messages`, each to what is put on its bus itself",
            *(label(edge.place("to"), "and on from there") for edge in others),
        )
