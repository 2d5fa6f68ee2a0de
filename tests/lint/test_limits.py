"""Every row of the table of limits, at the limit and one above it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from msgc.diagnostics import Diagnostic
from msgc.lint.limits.stack_limits import LIMITS
from tests.lint.phases import ORDER_PLACED, checked

pytestmark = pytest.mark.once

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
        f"  s{i}: {{from: {{topic: t{i}}}, to: {{queue: q{i // 50}}}, dead_letter: false}}\n"
        for i in range(count)
    )
    return f"topics:\n{topics}queues:\n{queues(5)}subscriptions:\n{subscribed}"


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


def accounts(count: int) -> str:
    """As many statements of a queue's policy, beside the one that asks for TLS."""
    let_in = "".join(
        f'  p{i:02}: {{account: "{444455556666 + i}", publishes: [{{queue: q}}]}}\n'
        for i in range(1, count)
    )
    return f"queues: {{q: {{external: subscribe}}}}\nproducers:\n{let_in}"


def dashboard(count: int) -> str:
    """As many metrics: of a queue with a dead-letter queue five, of one without three."""
    few = 2 * count % 5
    queues = "".join(
        f"  q{i}: {{external: true{', dead_letter: false' if i < few else ''}}}\n"
        for i in range(few + (count - 3 * few) // 5)
    )
    return f"dashboard: true\nqueues:\n{queues}"


ROWS: list[tuple[Callable[[int], str], int, str]] = [
    (environment, 4096, "MSG607"),
    (parameters, 200, "MSG607"),
    (fifo_subscriptions, 100, "MSG607"),
    (large_subscriptions, 100, "MSG607"),
    (filter_policies, 200, "MSG608"),
    (rules, 300, "MSG608"),
    (accounts, 20, "MSG607"),
    (dashboard, 2500, "MSG607"),
]


def topics(count: int, *, more: str = "") -> str:
    return "".join(
        f"  topic-of-the-region-{i:03}: {{messages: [OrderPlaced]{more}}}\n" for i in range(count)
    )


def published(count: int) -> str:
    return ", ".join(f"{{topic: topic-of-the-region-{i:03}}}" for i in range(count))


def managed_policy(count: int) -> str:
    return f"topics:\n{topics(count)}producers: {{shop: {{publishes: [{published(count)}]}}}}\n"


def inline_policy(count: int) -> str:
    producer = f"{{publishes: [{published(count)}], role: provided}}"
    return f"topics:\n{topics(count)}producers: {{shop: {producer}}}\n"


def function_policy(count: int) -> str:
    subscribed = "".join(
        f"  s{i:03}: {{from: {{topic: topic-of-the-region-{i:03}}}, to: {{consumer: c}},"
        " dead_letter: false}\n"
        for i in range(1, count)
    )
    return (
        f"topics:\n{topics(count)}subscriptions:\n{subscribed}"
        "consumers:\n"
        "  c: {from: {topic: topic-of-the-region-000}, function: provided, dead_letter: false}\n"
    )


def queue_policy(count: int) -> str:
    """Imported topics, which are named one by one however many there are."""
    imported = "".join(
        f'  t{i:03}: {{messages: [OrderPlaced], import: {{arn: "arn:aws:sns:eu-west-1:111122223333'
        f':topic-of-the-region-{i:03}"}}}}\n'
        for i in range(count)
    )
    subscribed = "".join(
        f"  s{i:03}: {{from: {{topic: t{i:03}}}, to: {{queue: q}}, dead_letter: false}}\n"
        for i in range(count)
    )
    return f"topics:\n{imported}queues: {{q: {{external: true}}}}\nsubscriptions:\n{subscribed}"


def let_in(count: int, where: str, place: str) -> str:
    role = f"role/{'x' * 250}"
    arns = ", ".join(f"{{arn: 'arn:aws:iam::444455556666:{role}{i}'}}" for i in range(count))
    return f"{where}:\n  x: {{{place}, allow: {{publish: [{arns}]}}}}\n"


def topic_policy(count: int) -> str:
    return let_in(count, "topics", "messages: [OrderPlaced], external: true")


def bus_policy(count: int) -> str:
    return let_in(count, "buses", "messages: [OrderPlaced], external: true")


def registry_schema(count: int) -> str:
    told = f"description: '{'x' * (60_000 + 300 * count)}'"
    return (
        f"  Long: {{schema: {{type: object, properties: {{id: {{type: string}}}}, {told}}}}}\n"
        "buses:\n  x: {messages: [Long], external: true, schemas: true}\n"
    )


def key_policy(count: int) -> str:
    """Imported topics of long names, each with an encrypted queue of its own."""
    imported = "".join(
        f'  t{i:03}: {{messages: [OrderPlaced], import: {{arn: "arn:aws:sns:eu-west-1:111122223333'
        f':{"x" * 150}-{i:03}"}}}}\n'
        for i in range(count)
    )
    queues = "".join(
        f"  q{i:03}: {{external: true, encryption: {{key: managed-by-stack}}}}\n"
        for i in range(count)
    )
    subscribed = "".join(
        f"  s{i:03}: {{from: {{topic: t{i:03}}}, to: {{queue: q{i:03}}}, dead_letter: false}}\n"
        for i in range(count)
    )
    return f"topics:\n{imported}queues:\n{queues}subscriptions:\n{subscribed}"


POLICIES = [
    (key_policy, 32_768, "KMS"),
    (registry_schema, 100_000, "EventBridge"),
    (topic_policy, 30_720, "SNS"),
    (bus_policy, 10_240, "EventBridge"),
    (managed_policy, 6144, "IAM"),
    (inline_policy, 10_240, "IAM"),
    (function_policy, 20_480, "Lambda"),
    (queue_policy, 8192, "SQS"),
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
    here = {limit.most for limit in LIMITS if not limit.is_of_one_stack}  # test_stacks_offered.py
    assert here == {most for _, most, _ in (*ROWS, *POLICIES)}


@pytest.mark.parametrize(("text", "most", "service"), POLICIES)
def test_a_policy(text: Callable[[int], str], most: int, service: str) -> None:
    def told(count: int) -> list[str]:
        return [d.message for d in found(text(count)) if d.code.id == "MSG607"]

    few, many = 1, 250
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if told(middle) else (middle, many)
    assert 20 < many < 200
    (message,) = told(many)
    assert message.endswith(f"and {service} takes {most}")
    (length,) = [int(word) for word in message.split() if word.isdigit() and int(word) > most]
    longest = len(f"arn:aws:events:eu-west-1:111122223333:rule/{'x' * 300}")
    assert most < length < most + longest


def test_a_size_that_depends_on_the_region() -> None:
    (near,) = found(environment(4093))
    assert near.code.id == "MSG608"
    assert "4093 to 4098 bytes, by the name of the Region" in near.message
    assert not found(environment(4091))
