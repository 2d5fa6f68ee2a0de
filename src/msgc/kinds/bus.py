"""An EventBridge bus."""

from __future__ import annotations

from msgc.kinds.kind import ByRule, Kind, Role

BUS = Kind(
    word="bus",
    noun="bus",
    by_rule=ByRule(access=Role(actions=("events:PutEvents",))),
    arn=("events", "event-bus/"),
    to="to_bus",
)
