"""Events go round in circles between buses (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.model import Bus, Consumer, Subscription


@rule("MSG459", "error")
def bus_cycle(subject: Subject) -> Iterator[Finding]:
    """Events go round in circles between buses.

    Every rule on the way matches the event again and puts it on the next bus, without an end and
    at a cost per event. Nothing in EventBridge stops it.

    ```yaml
    buses: {orders: {messages: [OrderPlaced]}, company: {}}
    subscriptions:
      out: {from: {bus: orders}, to: {bus: company}}
      back: {from: {bus: company}, to: {bus: orders}}
    producers: {shop: {publishes: [{bus: orders}]}}
    ```

    Take one of the edges away, or narrow them so that no message takes all of them:

    ```yaml
    buses: {orders: {messages: [OrderPlaced]}, company: {}}
    queues: {audit: {external: true}}
    subscriptions:
      out: {from: {bus: orders}, to: {bus: company}}
      to-audit: {from: {bus: company}, to: {queue: audit}}
    producers: {shop: {publishes: [{bus: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
    """
    for cycle in subject.graph.cycles():
        edges = [step.via for step in cycle if isinstance(step.via, Subscription)]
        if any(isinstance(step.stop, Consumer) for step in cycle):
            continue
        first, *others = edges
        ends = (first.origin, *(edge.target for edge in edges))
        way = " → ".join(f"`{end.name}`" for end in ends if isinstance(end, Bus))
        yield found(
            first.place("to"),
            f"events go round in circles: {way}",
            "take one of the subscriptions away, or narrow them with `messages` so that no message"
            " takes all of them",
            *(label(edge.place("to"), "and on from there") for edge in others),
        )
