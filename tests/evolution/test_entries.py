"""Every topology's inventory is read back as it was written, and YAML reads the same in it."""

from __future__ import annotations

from functools import cache

import pytest
import yaml

from msgc.evolution.inventory.entries import entries
from msgc.evolution.inventory.kinds import KINDS
from msgc.evolution.inventory.lines import line, written
from msgc.evolution.inventory.reading import read
from msgc.source import Source
from msgc.stack import plan
from msgc.stack.model import Stack
from tests.cdk.synthesis import built
from tests.cdk.templates import TOPOLOGIES

NOT_HELD = frozenset(
    {
        "AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard", "AWS::EC2::SecurityGroup",
        "AWS::Events::EventBusPolicy", "AWS::IAM::Policy",
        "AWS::IAM::Role", "AWS::Lambda::EventInvokeConfig", "AWS::Lambda::Permission",
        "AWS::Logs::Delivery", "AWS::Logs::DeliveryDestination", "AWS::Logs::DeliverySource",
        "AWS::Logs::ResourcePolicy", "AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy",
        "AWS::SQS::QueuePolicy",
    }
)  # fmt: skip
"""Types that may be made anew without anybody's noticing: rights, and what logs are brought by."""


@cache
def planned(case: str) -> Stack:
    return plan(*built(TOPOLOGIES[case]))


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_lines(case: str) -> None:
    stack = planned(case)
    lines = sorted(line(each.entry) for each in entries(stack))
    text = written(stack.service, reversed(lines), ())
    found = read(Source("messaging.inventory", text))
    assert (found.problems, found.conflict, found.gone) == ((), None, ())
    assert found.service == stack.service
    assert [line(each.entry) for each in found.holds] == lines
    keys = [each.entry.key for each in found.holds]
    assert len(keys) == len(set(keys))
    assert [each["key"] for each in yaml.safe_load(text)["holds"]] == keys


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_what_an_entry_hangs_on_is_there(case: str) -> None:
    made = entries(planned(case))
    keys = {each.entry.key for each in made}
    for each in made:
        known = (
            key for key in each.entry.of if key.partition("/")[0] not in {"topic", "bus", "queue"}
        )
        assert set(known) <= keys


@pytest.mark.parametrize("case", TOPOLOGIES)
def test_each_type_is_held_or_not(case: str) -> None:
    """Whoever adds a type to stacks decides whether something is lost with it."""
    types = {each.type for each in planned(case).resources}
    assert types <= KINDS.keys() | NOT_HELD


def test_no_type_is_both() -> None:
    assert not NOT_HELD & KINDS.keys()
