"""What several services call one message, or one place."""

from __future__ import annotations

from msgc.pipeline.check import check
from msgc.routing.services import same_messages, same_places
from msgc.topology.model import Topology
from msgc.workspace import Workspace
from tests.files import Memory

HEAD = "version: 1\nservice: {}\n"
OWNER = """\
messages: {Shipped: {schema: {type: object}}}
topics: {parcels: {messages: [Shipped], external: true}}
buses: {default: {messages: [Shipped]}}
producers: {depot: {publishes: [{topic: parcels}, {bus: default}]}}
"""
READER = """\
messages:
  Parcel: {import: {service: logistics, message: Shipped}}
  Shipped: {schema: {type: object}, type: OursShipped}
topics:
  news: {import: {service: logistics, topic: parcels}}
  parcels: {messages: [Shipped], external: true}
subscriptions:
  a: {from: {topic: news}, to: {queue: inbox}}
  b: {from: {bus: default}, messages: [Parcel], to: {queue: inbox}}
queues: {inbox: {external: subscribe}}
producers: {depot: {publishes: [{topic: parcels}]}}
"""


def topologies() -> list[Topology]:
    texts = {
        f"{name}/messaging.yaml": HEAD.format(name) + text
        for name, text in (("logistics", OWNER), ("shop", READER))
    }
    workspace = Workspace(Memory(texts))
    found = [check(path, workspace).value for path in texts]
    return [checked.topology for checked in found if checked is not None]


def messages(name: str) -> list[list[str]]:
    return [[message.name for message in each] for each in same_messages(topologies(), name)]


def places(name: str) -> list[list[str]]:
    return [[place.name for place in each] for each in same_places(topologies(), name)]


def test_messages() -> None:
    assert messages("Parcel") == [["Shipped"], ["Parcel"]]
    assert messages("Shipped") == [["Shipped"], ["Parcel", "Shipped"]]
    assert messages("Nope") == [[], []]


def test_places() -> None:
    assert places("topic/news") == [["parcels"], ["news"]]
    assert places("topic/parcels") == [["parcels"], ["news", "parcels"]]
    assert places("bus/default") == [["default"], ["default"]]
    assert places("queue/inbox") == [[], ["inbox"]]
    assert places("queue/parcels") == [[], []]
