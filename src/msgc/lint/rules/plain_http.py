"""Messages go to a URL in the clear (W)."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.topology.deferred import known
from msgc.topology.narrowing import as_outside


@rule("MSG501", "warning")
def plain_http(subject: Subject) -> Iterator[Finding]:
    """Messages go over the internet in the clear.

    SNS posts to public addresses only. With `http` anybody on the way can read the messages, and
    can answer the confirmation in the endpoint's place.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      hook: {from: {topic: orders}, to: {http: "http://partner.example.com/orders"}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Use `https`:

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      hook: {from: {topic: orders}, to: {https: "https://partner.example.com/orders"}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
    """
    for edge in subject.edges:
        end = as_outside(edge.target)
        url = known(end.text) if end is not None else None
        if url is not None and url.startswith("http:"):
            yield found(
                edge.place("to"),
                f"`{edge.name}` sends messages in the clear",
                f"write `https: {url.replace('http:', 'https:', 1)}`",
            )
