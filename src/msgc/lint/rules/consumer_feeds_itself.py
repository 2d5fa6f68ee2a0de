"""What a consumer publishes or answers comes back to it (W)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.diagnostics import Label
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.lint.wording import name
from msgc.topology.edges import Subscription
from msgc.topology.ends import Publication, Vertex
from msgc.topology.graph import Step


@rule("MSG460", "warning")
def consumer_feeds_itself(subject: Subject) -> Iterator[Finding]:
    """What a consumer publishes, or answers a pipe, comes back to it.

    A handler that publishes whenever it handles never stops. Lambda breaks off loops through SQS
    and SNS after about 16 turns and drops the message; a loop through EventBridge goes on for
    ever.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    queues: {checks: {}}
    subscriptions:
      to-checks: {from: {topic: orders}, to: {queue: checks}}
    consumers:
      checker: {from: {queue: checks}, function: provided, publishes: [{topic: orders}]}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Publish a message of another type that the consumer's subscription doesn't take:

    ```yaml
    messages:
      OrderPlaced:
        schema: {type: object, required: [order_id], properties: {order_id: {type: string}}}
      OrderChecked:
        schema: {type: object, required: [order_id], properties: {order_id: {type: string}}}
    topics: {orders: {messages: [OrderPlaced, OrderChecked]}}
    queues: {checks: {}}
    subscriptions:
      to-checks: {from: {topic: orders}, messages: [OrderPlaced], to: {queue: checks}}
    consumers:
      checker:
        from: {queue: checks}
        function: provided
        publishes: [{topic: orders, messages: [OrderChecked]}]
    producers: {shop: {publishes: [{topic: orders, messages: [OrderPlaced]}]}}
    ```

    AWS: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
    """
    for cycle in subject.graph.cycles():
        for step in cycle:
            match step.via:
                case Publication(span=span):
                    yield found(
                        span,
                        f"what consumer `{name(step.start)}` publishes here comes back to it",
                        "publish another type of message, or narrow the subscription with"
                        " `messages`",
                        *(each for other in cycle for each in _coming_back(other, step.start)),
                    )
                case Subscription(asks=asked) as edge if (
                    asked is not None and step.stop is not asked
                ):
                    yield found(
                        edge.place("enrich"),
                        f"what consumer `{name(asked)}` answers comes back to it",
                        "answer another type of message, or let the subscription lead elsewhere",
                        label(edge.place("from"), "comes back here"),
                    )
                case Subscription():
                    pass
                case _:
                    assert_never(step.via)


def _coming_back(step: Step, consumer: Vertex) -> Iterator[Label]:
    match step.via:
        case Subscription() as edge:
            if step.stop is consumer:
                yield label(edge.place("from"), "comes back here")
        case Publication():
            pass
        case _:
            assert_never(step.via)
