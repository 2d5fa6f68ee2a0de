"""Every dialect's limit on the length of a pattern is checked, in its own unit."""

from __future__ import annotations

import pytest

from tests.lint.phases import ORDER_PLACED, checked

HEAD = f"version: 1\nservice: shop\n{ORDER_PLACED}"
EDGES = {
    "bus": (
        "buses: {b: {messages: [OrderPlaced]}}\nqueues: {q: {external: true}}\n"
        "subscriptions: {s: {from: {bus: b}, to: {queue: q}, filter: {order_id: [{prefix: %s}]}}}\n"
        "producers: {shop: {publishes: [{bus: b}]}}\n"
    ),
    "topic": (
        "topics: {t: {messages: [OrderPlaced]}}\nqueues: {q: {external: true}}\n"
        "subscriptions:\n"
        "  s: {from: {topic: t}, to: {queue: q}, filter: {order_id: [{prefix: %s}]}}\n"
        "producers: {shop: {publishes: [{topic: t}]}}\n"
    ),
    "poll": (
        "queues: {q: {messages: [OrderPlaced]}}\nconsumers:\n"
        "  w: {from: {queue: q}, function: provided, filter: {order_id: [{prefix: %s}]}}\n"
        "producers: {shop: {publishes: [{queue: q}]}}\n"
    ),
}


@pytest.mark.parametrize(
    ("edge", "length", "most"),
    [
        ("bus", 4096, "4096"),
        ("poll", 4096, "4096"),
        ("topic", 256 * 1024, "262144"),
    ],
)
def test_too_long(edge: str, length: int, most: str) -> None:
    long = [d for d in checked(HEAD + EDGES[edge] % ("x" * length)) if d.code.id == "MSG610"]
    assert [most in d.message for d in long] == [True]
    short = checked(HEAD + EDGES[edge] % ("x" * (length - 200)))
    assert "MSG610" not in {d.code.id for d in short}


def test_sns_counts_bytes() -> None:
    found = checked(HEAD + EDGES["topic"] % ("é" * 140_000))
    assert "MSG610" in {d.code.id for d in found}
    assert "MSG610" not in {d.code.id for d in checked(HEAD + EDGES["topic"] % ("e" * 140_000))}
