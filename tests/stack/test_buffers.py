"""A buffered consumer is the same stack as one whose queue and subscription are declared."""

from __future__ import annotations

import json

import pytest

from msgc.stack import plan
from tests.cdk.synthesis import built
from tests.cdk.templates import TOPOLOGIES
from tests.cdk.test_templates import KEPT
from tests.stack.template import template

BUFFERED, DECLARED = "ok-buffered", "stack-buffers"


def test_to_declare_the_queue_moves_nothing() -> None:
    buffered, declared = (
        # in the tests' app, what is handed over comes from a stack with the case's name
        json.loads((KEPT / f"{case}.json").read_text("utf-8").replace(f"{case}-given", "given"))
        for case in (BUFFERED, DECLARED)
    )
    assert buffered == declared


def test_nor_in_the_plan() -> None:
    buffered, declared = (template(plan(*built(TOPOLOGIES[case]))) for case in (BUFFERED, DECLARED))
    assert buffered == declared


@pytest.mark.parametrize("consumer", ["scale", "ledger", "packer"])
def test_edges_have_the_keys_of_declared_ones(consumer: str) -> None:
    for case in (BUFFERED, DECLARED):
        topology, _ = built(TOPOLOGIES[case])
        queue, found = topology.queues[consumer], topology.consumers[consumer]
        assert topology.subscriptions[consumer].target is queue
        assert topology.subscriptions[f"consumer/{consumer}"].origin is queue
        assert topology.subscriptions[f"consumer/{consumer}"].target is found
