"""A place of another service is found in the environment of that service that is meant."""

from __future__ import annotations

import pytest

from msgc.pipeline.check import analyse
from msgc.topology.deferred import spelling
from msgc.topology.settings import ByArn, ByName
from tests.files import Memory

LOGISTICS = """\
version: 1
service: logistics
messages: {Shipped: {schema: {type: object, properties: {parcel: {type: string}}}}}
topics:
  shipments: {messages: [Shipped], external: subscribe, allow: {subscribe: ["111122223333"]}}
producers: {depot: {publishes: [{topic: shipments}]}}
environments:
  dev: {}
  live: {account: "444455556666", region: %s}
"""
SHOP = """\
version: 1
service: shop
messages: {Shipped: {import: {service: logistics}}}
topics: {shipments: {import: {service: logistics}, messages: [Shipped]}}
queues: {parcels: {external: true}}
subscriptions:
  to-parcels: {from: {topic: shipments}, to: {queue: parcels}}
environments:
  dev: {}
  prod:
    account: "%s"
    region: eu-west-1
    topics: {shipments: {import: {service: logistics, environment: live}}}
"""


def addresses(account: str, region: str = "eu-west-1") -> list[str]:
    """Where each environment of the shop finds the topic."""
    files = Memory(
        {
            "shop/messaging.yaml": SHOP % account,
            "logistics/messaging.yaml": LOGISTICS % region,
        }
    )
    outcome = analyse("shop/messaging.yaml", files)
    assert outcome.value is not None, [d.message for d in outcome.diagnostics]
    found = []
    for links in outcome.value.variants:
        match links.topology.topics["shipments"].imported:
            case ByArn(arn=text) | ByName(name=text):
                found.append(spelling(text))
            case other:
                pytest.fail(repr(other))
    return found


def test_in_the_own_account_it_is_found_by_its_name() -> None:
    assert addresses("444455556666") == ["logistics-shipments-dev", "logistics-shipments-live"]


def test_in_another_account_it_is_found_by_its_arn() -> None:
    _, there = addresses("111122223333")
    assert there == "arn:aws:sns:eu-west-1:444455556666:logistics-shipments-live"
