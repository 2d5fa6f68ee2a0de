"""Every row of the table of limits, at the limit and one above it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from msgc.diagnostics import Diagnostic
from msgc.lint.limits import LIMITS
from tests.lint.phases import ORDER_PLACED, checked

HEAD = f"version: 1\nservice: shop\n{ORDER_PLACED}"


def queues(count: int, *, fifo: bool = False) -> str:
    more = ", fifo: true" if fifo else ""
    return "".join(f"  q{i}: {{external: true{more}}}\n" for i in range(count))


def edges(count: int, origin: str, *, more: str = "") -> str:
    one = "  s{i}: {{from: {{{origin}}}, to: {{queue: q{i}}}, dead_letter: false{more}}}\n"
    return "".join(one.format(i=i, origin=origin, more=more) for i in range(count))


def fifo_subscriptions(count: int) -> str:
    return (
        "topics: {t: {fifo: true, messages: [OrderPlaced]}}\n"
        f"queues:\n{queues(count, fifo=True)}subscriptions:\n{edges(count, 'topic: t')}"
        "producers: {shop: {publishes: [{topic: t}]}}\n"
    )


def large_subscriptions(count: int) -> str:
    return (
        "topics: {t: {max_size: 512KiB, messages: [OrderPlaced]}}\n"
        f"queues:\n{queues(count)}subscriptions:\n{edges(count, 'topic: t')}"
        "producers: {shop: {publishes: [{topic: t}]}}\n"
    )


def filter_policies(count: int) -> str:
    filtered = edges(count, "topic: t", more=", filter: {order_id: [a]}")
    unfiltered = "  s: {from: {topic: t}, to: {queue: q}, dead_letter: false}\n"
    return (
        "topics: {t: {messages: [OrderPlaced]}}\n"
        f"queues:\n  q: {{external: true}}\n{queues(count)}subscriptions:\n{unfiltered}{filtered}"
        "producers: {shop: {publishes: [{topic: t}]}}\n"
    )


def rules(count: int) -> str:
    other = "  s: {from: {bus: other}, to: {queue: q}, dead_letter: false}\n"
    return (
        "buses: {b: {messages: [OrderPlaced]}, other: {messages: [OrderPlaced]}}\n"
        f"queues:\n  q: {{external: true}}\n{queues(count)}"
        f"subscriptions:\n{other}{edges(count, 'bus: b')}"
        "producers: {shop: {publishes: [{bus: b}, {bus: other}]}}\n"
    )


def parameters(count: int) -> str:
    # one is CDK's own, and two topics that are found by one parameter need it once
    topics = "".join(
        f"  t{i}: {{import: {{parameter: /o/t{min(i, count - 2)}}}, messages: [OrderPlaced]}}\n"
        for i in range(count)
    )
    subscribed = "".join(
        f"  s{i}: {{from: {{topic: t{i}}}, to: {{queue: q}}, dead_letter: false}}\n"
        for i in range(count)
    )
    return f"topics:\n{topics}queues: {{q: {{external: true}}}}\nsubscriptions:\n{subscribed}"


def environment(size: int) -> str:
    around = len('{"SHOP_REPORTS_QUEUE_URL":"","TEXT":""}')
    url = len("https://sqs.eu-west-1.amazonaws.com/111122223333/shop-reports")
    return (
        "queues: {jobs: {messages: [OrderPlaced]},"
        " reports: {messages: [OrderPlaced], external: true}}\n"
        "consumers:\n  worker:\n    from: {queue: jobs}\n    publishes: [{queue: reports}]\n"
        f"    function: {{code: worker, environment: {{TEXT: {'x' * (size - around - url)}}}}}\n"
        "producers: {shop: {publishes: [{queue: jobs}]}}\n"
    )


ROWS: list[tuple[Callable[[int], str], int, str]] = [
    (environment, 4096, "MSG607"),
    (parameters, 200, "MSG607"),
    (fifo_subscriptions, 100, "MSG607"),
    (large_subscriptions, 100, "MSG607"),
    (filter_policies, 200, "MSG608"),
    (rules, 300, "MSG608"),
]


def found(text: str) -> list[Diagnostic]:
    every = checked(HEAD + text, resource_limit=None)
    return [d for d in every if d.code.id in {"MSG607", "MSG608"}]


@pytest.mark.parametrize(("text", "most", "code"), ROWS)
def test_a_limit(text: Callable[[int], str], most: int, code: str) -> None:
    near = [d.message for d in found(text(most)) if f" {most} to " not in d.message]
    assert near == []
    (above,) = found(text(most + 1))
    assert above.code.id == code
    assert f" {most + 1} " in above.message
    assert f"takes {most}" in above.message
    assert above.help is not None
    assert "https://docs.aws.amazon.com/" in above.help


def test_every_row_is_tested() -> None:
    assert {limit.most for limit in LIMITS} <= {most for _, most, _ in ROWS}


def test_a_size_that_depends_on_the_region() -> None:
    (near,) = found(environment(4093))
    assert near.code.id == "MSG608"
    assert "4093 to 4098 bytes, by the name of the Region" in near.message
    assert not found(environment(4091))
