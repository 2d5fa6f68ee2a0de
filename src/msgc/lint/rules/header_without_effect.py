"""A header of a call to an API destination isn't sent as it is written (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, label, rule
from msgc.lint.subject import Subject
from msgc.topology.destinations import Authorization, Connection
from msgc.topology.edges import Subscription
from msgc.topology.narrowing import as_outside
from msgc.topology.settings import ByArn, Provided

_REMOVED = frozenset({
    "a-im", "accept-charset", "accept-datetime", "accept-encoding", "cache-control", "connection",
    "content-encoding", "content-length", "content-md5", "date", "expect", "forwarded", "from",
    "host", "http2-settings", "if-match", "if-modified-since", "if-none-match", "if-range",
    "if-unmodified-since", "max-forwards", "origin", "pragma", "proxy-authorization", "range",
    "referer", "te", "trailer", "transfer-encoding", "user-agent", "upgrade", "via", "warning",
})  # fmt: skip


@rule("MSG646", "error")
def header_without_effect(subject: Subject) -> Iterator[Finding]:
    """A header of a call to an API destination isn't sent as it is written.

    EventBridge takes some headers out of every call, and sends `User-Agent`, `Range` and `Host` of
    its own. Where the connection has a header, its value is sent, and not that of the call. A name
    that differs in upper and lower case only is the same header.

    ```yaml
    buses: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      hook:
        from: {bus: orders}
        to:
          api_destination:
            url: https://api.example.com/orders
            headers: {User-Agent: shop}
            connection: provided
    producers: {shop: {publishes: [{bus: orders}]}}
    ```

    Use a header of your own:

    ```yaml
    buses: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      hook:
        from: {bus: orders}
        to:
          api_destination:
            url: https://api.example.com/orders
            headers: {X-Caller: shop}
            connection: provided
    producers: {shop: {publishes: [{bus: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
    """
    for edge in subject.edges:
        outside = as_outside(edge.target)
        if outside is None or outside.http is None:
            continue
        made = outside.destination
        yield from _headers(edge, outside.http.headers, made.connection if made else None)


def _headers(
    edge: Subscription, headers: dict[str, str], connection: Connection | None
) -> Iterator[Finding]:
    path = ("to", "api_destination", "headers")
    known: dict[str, str] = {}
    own = _authorizing(connection) if connection is not None else ""
    for name in headers:
        lower = name.lower()
        first = known.setdefault(lower, name)
        place = edge.place(*path, name)
        if lower in _REMOVED:
            yield found(
                place, f"EventBridge doesn't send `{name}` as it is written", "take it away"
            )
        elif first != name:
            yield found(
                place,
                f"`{name}` is the header `{first}` once more",
                "take one of them away",
                label(edge.place(*path, first), "here, too"),
            )
        elif lower == own:
            yield found(
                place,
                f"the connection sends `{name}`, and not this value",
                "take it away",
                label(edge.place("to", "api_destination", "connection"), "the connection"),
            )


def _authorizing(connection: Connection) -> str:
    """Return the header, in lower case, by which a connection authorises calls, if it is known."""
    match connection:
        case Authorization(kind="api_key", header=header):
            return header.lower()
        case Authorization():
            return "authorization"
        case ByArn() | Provided():
            return ""
        case _:
            assert_never(connection)
