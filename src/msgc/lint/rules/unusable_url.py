"""An HTTP address has parts that nobody can be called by (E)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgc.lint.rule import Finding, found, rule
from msgc.lint.subject import Subject
from msgc.source import Span
from msgc.topology.deferred import Text
from msgc.topology.destinations import Authorization, Destination
from msgc.topology.edges import Subscription
from msgc.topology.ends import Outside
from msgc.topology.narrowing import as_outside
from msgc.topology.settings import ByArn, Provided
from msgc.topology.urls import Url, foreign_characters, split_url

_IN_API_DESTINATIONS = "-()_.!~*';/?:@&=+$,%"


@rule("MSG645", "error")
def unusable_url(subject: Subject) -> Iterator[Finding]:
    """The address of an HTTP endpoint has parts that a call can't or shouldn't have.

    A fragment (`#...`) is for browsers and is never sent. A name or password in an address is in
    the file, in the template and in the console for all to read. EventBridge takes no characters
    in the address of an API destination but those that a URL has unencoded.

    ```yaml
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      hook: {from: {topic: orders}, to: {https: "https://shop:sesame@example.com/orders"}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    Give such an address when the stack is deployed, or call it as an API destination, whose
    connection has the secret:

    ```yaml
    inputs: {partner-hook: {description: The address at which our partner takes orders}}
    topics: {orders: {messages: [OrderPlaced]}}
    subscriptions:
      hook: {from: {topic: orders}, to: {https: "${partner-hook}"}}
    producers: {shop: {publishes: [{topic: orders}]}}
    ```

    AWS: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html
    """
    for edge in subject.edges:
        outside = as_outside(edge.target)
        if outside is not None:
            yield from _of_end(edge, outside)


def _of_end(edge: Subscription, outside: Outside) -> Iterator[Finding]:
    word = outside.kind.word
    if outside.destination is None:
        if word in ("https", "http") and outside.text is not None:
            url = split_url(outside.text)
            yield from _unusable(
                url,
                edge.place("to", word),
                "let it verify SNS's signature, or make the address an input:"
                f' `{word}: "${{{edge.name}-url}}"`',
            )
        return
    yield from _of_destination(edge, outside, outside.destination)


def _of_destination(
    edge: Subscription, outside: Outside, destination: Destination
) -> Iterator[Finding]:
    place = edge.place("to", outside.kind.word, "url")
    yield from _called(destination.url, place)
    if outside.http is not None and outside.http.query and split_url(destination.url).query:
        yield found(
            edge.place("to", outside.kind.word, "query"),
            "the URL has a query, too",
            "write all of it here",
        )
    match destination.connection:
        case Authorization(endpoint=endpoint) if endpoint:
            path = ("to", outside.kind.word, "connection", "oauth", "endpoint")
            yield from _called(endpoint, edge.place(*path))
        case Authorization() | ByArn() | Provided():
            pass
        case _:
            assert_never(destination.connection)


def _called(text: Text, place: Span) -> Iterator[Finding]:
    url = split_url(text)
    yield from _unusable(url, place, "say it by the connection: `basic: {secret: NAME}`")
    foreign = foreign_characters(url, _IN_API_DESTINATIONS)
    if foreign:
        yield found(
            place,
            f"EventBridge takes no `{foreign[0]}` in an address",
            f"write it as `{_encoded(foreign[0])}`",
        )


def _unusable(url: Url, place: Span, advice: str) -> Iterator[Finding]:
    if url.has_credentials:
        yield found(place, "a name or password stands in the address, for all to read", advice)
    if url.fragment is not None:
        yield found(
            place,
            "what stands behind a `#` is for browsers: it is never sent",
            "take it away, or write the `#` as `%23`",
        )
    if not url.host:
        yield found(place, "there is no host in the address", "write `https://HOST/PATH`")
    elif url.port and url.port.isdecimal() and not 0 < int(url.port[:6]) < 65536:
        yield found(place, f"there is no port {url.port}", "take one of 1 to 65535")


def _encoded(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
