"""A message that goes through S3 takes its way by its attributes, as what is published does."""

from __future__ import annotations

import pytest

from msgc.pipeline.check import analyse
from msgc.routing.as_json import route_json
from msgc.routing.input import Input
from msgc.routing.publishing import published
from msgc.routing.route import Router
from msgc.routing.text import route_text
from msgc.routing.wording import receiver
from msgc.runtime.errors import RefusedError
from tests.files import messaging

PRESS = """\
version: 1
service: press
large_messages: {max_size: 1MiB}
messages:
  ReportMade:
    large_messages: true
    schema:
      type: object
      required: [kind, text]
      properties: {kind: {type: string}, text: {type: string}}
topics: {reports: {messages: [ReportMade]}}
queues: {printing: {external: subscribe}, filing: {external: subscribe}}
subscriptions:
  monthly: {from: {topic: reports}, filter: {kind: [monthly]}, to: {queue: printing}}
  daily: {from: {topic: reports}, filter: {kind: [daily]}, to: {queue: filing}}
producers: {office: {publishes: [{topic: reports}]}}
"""


@pytest.mark.parametrize(("size", "told"), [(10, ""), (300_000, ", its 300,028 bytes in S3")])
def test_a_large_message_is_told_of(size: int, told: str) -> None:
    checked = analyse("messaging.yaml", messaging(PRESS)).value
    assert checked is not None
    topology, links = checked.topology, checked.links
    message, place = topology.messages["ReportMade"], topology.topics["reports"]
    parcel = published(links, place, message, {"kind": "monthly", "text": "x" * size})
    given = Input(place=place, message=message, parcel=parcel)
    route = Router(links).route(place, parcel)
    lines = route_text(topology, given, route).splitlines()
    assert lines[0] == f"`ReportMade` on topic/reports{told}"
    assert [receiver(way.receiver) for way in route.arrived] == ["queue/printing"]
    assert ("through_s3" in route_json("messaging.yaml", topology, given, route)) is bool(told)


def test_what_is_larger_goes_nowhere() -> None:
    checked = analyse("messaging.yaml", messaging(PRESS)).value
    assert checked is not None
    topology, links = checked.topology, checked.links
    message, place = topology.messages["ReportMade"], topology.topics["reports"]
    with pytest.raises(RefusedError, match="1,048,576 is the most"):
        published(links, place, message, {"kind": "monthly", "text": "x" * 1_100_000})
