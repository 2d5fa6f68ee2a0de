"""Ids of what delivers to an end that exists follow from its address alone."""

from __future__ import annotations

from typing import Any

from msgc.stack import plan
from tests.links.linked import links_of

FILE = """\
version: 1
service: shop
messages: {Placed: {schema: {type: object}}}
buses: {orders: {messages: [Placed]}}
subscriptions:
  runs:
    from: {bus: orders}
    to:
      - {state_machine: {arn: "arn:aws:states:eu-west-1:111122223333:stateMachine:plan"}}
      - {state_machine: {parameter: /shop/pack}}
  nightly:
    from: {schedule: rate(1 day)}
    to:
      - {state_machine: {arn: "arn:aws:states:eu-west-1:111122223333:stateMachine:plan"}}
      - {firehose: {name: plan}}
"""
NAMESAKES = """\
  other: {from: {bus: orders}, messages: any, to: {state_machine: {name: plan}}}
  further: {from: {bus: orders}, messages: any, to: {state_machine: {parameter: /ours/pack}}}
  kept:
    from: {bus: orders}
    messages: any
    to: {firehose: {arn: "arn:aws:firehose:eu-west-1:444455556666:deliverystream/plan"}}
"""


def ids(text: str) -> set[str]:
    links = links_of(text)
    made = plan(links.topology, links)
    found = {
        made.logical_id(each)
        for each in made.resources
        if each.declared.name in {"runs", "nightly"}
    }
    for rule in made.of("AWS::Events::Rule"):
        targets: Any = rule.properties["Targets"]
        if rule.declared.name == "runs":
            found |= {target["Id"] for target in targets}
    return found


def test_an_end_of_the_same_name_moves_nothing() -> None:
    alone = ids(FILE)
    assert len(alone) == 9  # a rule, two schedules, four roles, and two targets
    assert ids(FILE + NAMESAKES) == alone
