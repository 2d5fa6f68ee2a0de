"""No type of resource that a stack may have is passed over by what reads the plan."""

from __future__ import annotations

import re

from msgc.emit.cdk.calls import CALLS
from msgc.emit.cdk.handles import TYPES
from msgc.kinds import KINDS
from tests.assembly import ROOT

WITH_ANOTHER = {
    "AWS::Events::EventBusPolicy", "AWS::KMS::Alias", "AWS::Lambda::Permission",
    "AWS::Logs::Delivery", "AWS::Logs::DeliverySource", "AWS::S3::BucketPolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
}  # fmt: skip
"""What the kit makes along with a resource, or for an opening."""

HANDED_OVER = {"AWS::EC2::SecurityGroup", "AWS::EC2::VPC"}
"""What a stack is only given."""


def planned() -> set[str]:
    """The types that the planners name, and those of ends that a kind says are made."""
    files = (ROOT / "src" / "msgc" / "stack").rglob("*.py")
    texts = [path.read_text() for path in files]
    found = {t for text in texts for t in re.findall(r'type="(AWS::[A-Za-z0-9:]+)"', text)}
    return found | {kind.cdk.type for kind in KINDS.values() if kind.cdk and kind.is_made}


def test_every_type_is_printed() -> None:
    assert len(planned()) > 10
    assert planned() - WITH_ANOTHER - HANDED_OVER == set(CALLS)


def test_every_end_that_is_a_resource_is_found_in_cdk() -> None:
    for kind in KINDS.values():
        if kind.cdk is not None:
            assert TYPES[kind.cdk.type].importer == kind.cdk.importer
            assert (kind.arn != ("", "")) is bool(kind.cdk.importer)


def test_every_kind_that_an_edge_reaches_is_told_to_the_kit() -> None:
    kit = (ROOT / "src" / "msgc" / "kit" / "targets.py").read_text()
    for kind in KINDS.values():
        assert f"def {kind.to}(" in kit, kind.word
