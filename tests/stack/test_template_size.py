"""How large a template will be, compared with those that CDK has written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from msgc.stack import Stack, plan
from msgc.stack.placement.parts import parts
from msgc.stack.template_size import resource_sizes, template_size
from msgc.topology.names import pascal
from tests.cdk.synthesis import built
from tests.cdk.templates import TOPOLOGIES
from tests.cdk.test_templates import KEPT
from tests.lint.phases import checked, completed

LONG_ENOUGH = 20_000
"""Bytes of a template from which on a few percent say something."""


def parted(case: str) -> tuple[Stack, ...]:
    return parts(plan(*built(TOPOLOGIES[case])))


def written(case: str) -> int:
    """Return how large the resources are that CDK has made, with what its command adds to each."""
    made = json.loads((KEPT / f"{case}.json").read_text("utf-8"))["Resources"]
    for part in parted(case):
        for resource in part.resources:
            found = made[part.logical_id(resource)]
            found["Metadata"] = metadata(part, resource.path)
            if "Code" in resource.properties:
                found["Metadata"] |= {
                    "aws:asset:path": f"asset.{'0' * 64}",
                    "aws:asset:is-bundled": True,
                    "aws:asset:property": "Code",
                }
    return len(json.dumps({"Resources": made}, indent=1, ensure_ascii=False).encode())


def metadata(part: Stack, path: tuple[str, ...]) -> dict[str, Any]:
    return {"aws:cdk:path": "/".join((pascal(part.service), "Messaging", *path, "Resource"))}


def estimated(case: str) -> int:
    return sum(size for part in parted(case) for size in resource_sizes(part, part.resources))


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_the_estimate_is_near(case: str) -> None:
    size = written(case)
    if size > LONG_ENOUGH:
        assert abs(estimated(case) - size) < 0.05 * size, (estimated(case), size)


def test_estimates_are_right_on_average() -> None:
    made = sum(map(written, TOPOLOGIES))
    assert abs(sum(map(estimated, TOPOLOGIES)) - made) < 0.01 * made


def test_what_stands_around_is_counted() -> None:
    (part,) = parted("checkout")
    assert 5_000 < template_size(part) - estimated("checkout") < 6_000
    (imported,) = parted("ok-imports")
    assert template_size(imported) - estimated("ok-imports") > 5_600


RULE_ELSEWHERE = """
queues: {lost: {external: subscribe, allow: {publish: ["777788889999"]}}, found: {}}
buses: {company: {messages: [OrderPlaced], external: publish}}
subscriptions: {kept: {from: {bus: company}, to: {queue: found}, dead_letter: {queue: lost}}}
stacks: {apart: {queues: [lost]}}
"""
FUNCTION_ELSEWHERE = """
queues:
  ordered: {messages: [OrderPlaced], allow: {publish: ["777788889999"]}}
  other: {external: true, allow: {publish: ["777788889999"]}}
subscriptions: {price: {from: {queue: ordered}, enrich: pricing, to: {consumer: packing}}}
consumers:
  pricing: {answers: OrderPlaced, function: {code: app}}
  packing: {function: {code: app}}
stacks: {apart: {queues: [other], consumers: [pricing]}}
"""
LOG_GROUP_ELSEWHERE = """
buses:
  company: {messages: [OrderPlaced], external: publish, allow: {publish: ["777788889999"]}}
  other: {messages: [OrderPlaced], external: publish, allow: {publish: ["777788889999"]}}
subscriptions:
  log: {from: {bus: company}, to: {log_group: /aws/events/all}}
  log-too: {from: {bus: other}, to: {log_group: /aws/events/all}}
stacks: {apart: {buses: [other]}}
"""


@pytest.mark.parametrize("file", [RULE_ELSEWHERE, FUNCTION_ELSEWHERE, LOG_GROUP_ELSEWHERE])
def test_what_lies_elsewhere_without_a_name_is_measured(file: str) -> None:
    errors = {each.code.name for each in checked(completed(file)) if each.is_error}
    assert errors == {"bound-to-another-stack"}
