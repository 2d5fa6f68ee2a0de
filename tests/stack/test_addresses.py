"""Ends that are addresses: ids follow from the address alone, names from all that there are."""

from __future__ import annotations

import random
from typing import Any

from msgc.stack import plan
from msgc.stack.values import Attribute
from tests.links.linked import links_of

HEAD = """\
version: 1
service: shop
inputs: {orders-topic: {}, jobs: {}}
messages: {Order: {schema: {type: object, properties: {id: {type: string}}}}}
queues:
  jobs: {external: true}
  inbox: {external: true}
"""
ADDRESSES = (
    "{arn: 'arn:aws:sns:eu-west-1:444455556666:orders'}",
    "{arn: 'arn:aws:sns:eu-west-1:777788889999:orders'}",
    "{arn: 'arn:aws:sns:eu-west-1:777788889999:orders-topic'}",
    "{name: orders}",
    "{parameter: /sales/orders}",
    "{provided: orders}",
    "{arn: '${orders-topic}'}",
    "{arn: 'arn:aws:sns:${region}:444455556666:${jobs}-orders'}",
)
DECLARED = "topics: {orders: {messages: [Order], external: true}}\n"
OF_QUEUES = (
    "{arn: '${jobs}'}",
    "{provided: jobs-queue}",
    "{arn: 'arn:aws:sqs:eu-west-1:444455556666:jobs'}",
    "{arn: 'arn:aws:sqs:eu-west-1:777788889999:jobs'}",
)


def identities(edges: list[str], polls: list[str], *, declared: bool) -> dict[str, tuple[str, str]]:
    """Return what each subscription and mapping is of, by its logical id."""
    subscriptions = "".join(
        f"  s{i}: {{from: {{topic: {each}}}, messages: any, to: {{queue: inbox}}}}\n"
        for i, each in enumerate(edges)
    )
    text = HEAD + (DECLARED if declared else "")
    text += f"subscriptions:\n{subscriptions}" if edges else ""
    text += "consumers:\n" if polls else ""
    for each in polls:
        text += f"  worker-{OF_QUEUES.index(each)}:\n    from: {{queue: {each}}}\n"
        text += "    function: {provided: true, timeout: 10s}\n"
    links = links_of(text)
    stack = plan(links.topology, links)
    addresses = {each.path: repr(each.address) for each in stack.existing}
    found: dict[str, tuple[str, str]] = {}
    for made in stack.resources:
        source: Any = made.properties.get("TopicArn", made.properties.get("EventSourceArn"))
        if source is not None:
            address = (
                addresses.get(source.of, "") if isinstance(source, Attribute) else repr(source)
            )
            found[stack.logical_id(made)] = (made.type, address)
    return found


def test_ids_of_addresses_are_their_own() -> None:
    whole = identities(list(ADDRESSES), list(OF_QUEUES), declared=True)
    assert len(whole) == len(ADDRESSES) + len(OF_QUEUES)
    draw = random.Random(1)  # for a test
    for _ in range(40):
        edges = draw.sample(ADDRESSES, draw.randint(0, len(ADDRESSES)))
        polls = draw.sample(OF_QUEUES, draw.randint(0, len(OF_QUEUES)))
        some = identities(edges, polls, declared=draw.random() < 0.5)
        assert some.items() <= whole.items()


def test_names_dont_depend_on_the_order() -> None:
    def names(addresses: list[str]) -> set[str]:
        rows = "".join(
            f"  s{i}: {{from: {{topic: {each}}}, messages: any, to: {{queue: inbox}}}}\n"
            for i, each in enumerate(addresses)
        )
        return set(links_of(f"{HEAD}subscriptions:\n{rows}").topology.topics)

    first = names(list(ADDRESSES))
    assert len(first) == len(ADDRESSES)
    draw = random.Random(2)  # for a test
    for _ in range(10):
        assert names(draw.sample(ADDRESSES, len(ADDRESSES))) == first
    assert names([ADDRESSES[0], "{arn: '${jobs}'}"]) == {"orders", "jobs"}
