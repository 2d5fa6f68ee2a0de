"""Any other target of a rule that CDK has, which the user's app hands over."""

from __future__ import annotations

from msgc.kinds.kind import Bound, Cdk, Delivery, Kind
from msgc.kinds.way import Way

TARGET = Kind(
    word="target",
    noun="target",
    ways={Way.EVENT_RULE: Delivery(access=Bound(), options=frozenset({"send"}))},
    cdk=Cdk(type="IRuleTarget", module="events", interface="IRuleTarget"),
    to="to_target",
)
"""What it needs to be reached (a role, a permission, a statement of a policy) it brings along.

https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_events/IRuleTarget.html
"""
