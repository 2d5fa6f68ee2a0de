"""Two consumers behind one topic or queue are one function (E)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.links.mechanisms import EventSourceMapping, SnsSubscription
from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.ends import Consumer
from msgc.topology.narrowing import as_consumer, kind_of
from msgc.topology.settings import identity


@rule("MSG672", "error")
def one_function_twice(subject: Subject) -> Iterator[Finding]:
    """Two consumers get messages of one topic or queue, and are the same function.

    SNS has one subscription for a topic and an endpoint, and Lambda one mapping for a queue and a
    function: the second one would fail to deploy, or take the place of the first.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{topic: orders}]}}
    consumers:
      billing: {from: {topic: orders}, function: {provided: worker}}
      shipping: {from: {topic: orders}, function: {provided: worker}}
    ```

    Make one consumer of them, or two functions:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    producers: {shop: {publishes: [{topic: orders}]}}
    consumers:
      billing: {from: {topic: orders}, function: {provided: worker}}
      shipping: {from: {topic: orders}, function: {provided: shipper}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html and
    https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
    """
    owners: dict[object, Consumer] = {}
    links: list[SnsSubscription | EventSourceMapping] = [
        *subject.links.sns_subscriptions,
        *subject.links.event_source_mappings,
    ]
    for link in links:
        consumer = as_consumer(link.target)
        if consumer is None or consumer.address is None:
            continue
        first = owners.setdefault(
            (link.origin, identity(consumer.address, kind_of(consumer))), consumer
        )
        if first is not consumer:
            origin = link.origin
            yield found(
                consumer.place("function"),
                f"`{consumer.name}` and `{first.name}` are one function, and both get what is in"
                f" {kind_of(origin).word} `{origin.name}`",
                "make one consumer of them, or let them be two functions",
                label(first.place("function"), "the same function"),
            )
