"""Raw delivery to an endpoint leaves the type of the message behind (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.mechanisms import SnsSubscription
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.messages import Message


@rule("MSG421", "warning")
def raw_endpoint_loses_type(subject: Subject) -> Iterator[Finding]:
    """An HTTP endpoint gets messages of several types raw, and can't tell which is which.

    With raw delivery SNS posts the payload alone: message attributes, and with them the type, are
    sent to queues only. The envelope (the default for HTTP endpoints) has them.

    ```yaml
    messages:
      OrderPlaced: {schema: {type: object, properties: {order_id: {type: string}}}}
      OrderPaid: {schema: {type: object, properties: {order_id: {type: string}}}}
    topics: {orders: {messages: [OrderPlaced, OrderPaid]}}
    subscriptions:
      hook: {from: {topic: orders}, to: {https: "https://hooks.example.com/orders"}, raw: true}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Let it get the envelope, where `MessageAttributes.message_type` says the type; or give each type
    an address of its own:

    ```yaml
    messages:
      OrderPlaced: {schema: {type: object, properties: {order_id: {type: string}}}}
      OrderPaid: {schema: {type: object, properties: {order_id: {type: string}}}}
    topics: {orders: {messages: [OrderPlaced, OrderPaid]}}
    subscriptions:
      hook: {from: {topic: orders}, to: {https: "https://hooks.example.com/orders"}}
      paid:
        from: {topic: orders}
        messages: [OrderPaid]
        to: {https: "https://hooks.example.com/paid"}
        raw: true
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
    """
    for subscription in subject.links.sns_subscriptions:
        if not subscription.raw or subscription.edges[0].delivery.raw_keeps_attributes:
            continue
        types = _payloads(subject, subscription)
        if len(types) > 1 and not all(m.told_by for m in types):
            first, *others = subscription.edges
            listed = ", ".join(f"`{message.name}`" for message in types)
            yield found(
                first.place("raw"),
                f"with raw delivery nothing tells the endpoint of `{first.name}` which of {listed}"
                " it gets",
                _advice(subject, subscription, types),
                *(label(edge.place("raw"), f"`{edge.name}` posts there too") for edge in others),
            )


def _advice(subject: Subject, subscription: SnsSubscription, types: tuple[Message, ...]) -> str:
    """Return how the endpoint could tell them apart: what rules and pipes make has no attribute."""
    told, _ = subject.graph.put_on(subscription.topic)
    if all(message in told for message in types):
        return (
            "write `raw: false`: SNS's envelope has the attribute `message_type`; or give each type"
            " an address of its own"
        )
    return (
        "give each type an address of its own, or a field of its body that says it:"
        " `discriminator: {field: ...}`"
    )


def _payloads(subject: Subject, subscription: SnsSubscription) -> tuple[Message, ...]:
    """Return the types that come as a payload alone: an event of a bus says its type itself."""
    topic = subscription.topic
    arriving = subject.graph.subscriptions_to(topic)
    by_rules = {m for edge in arriving if edge.brings_events for m in edge.delivered}
    bare = {
        **dict.fromkeys(topic.messages),
        **{m: None for edge in arriving if not edge.brings_events for m in edge.delivered},
    }
    found: dict[Message, None] = {}
    for edge in subscription.edges:
        found.update(dict.fromkeys(edge.delivered))
        if edge.delivers_untyped:
            found.update(bare)
    return tuple(m for m in found if m in bare or m not in by_rules)
