"""An EventBridge bus."""

from __future__ import annotations

from msgc.kinds.kind import Delivery, Kind, Role, piped
from msgc.kinds.way import Way

BUS = Kind(
    word="bus",
    noun="bus",
    section="buses",
    ways={
        Way.EVENT_RULE: Delivery(access=Role(actions=("events:PutEvents",))),
        **piped(Delivery(access=Role(actions=("events:PutEvents",))), most_at_once=10),
        Way.SCHEDULE: Delivery(
            access=Role(actions=("events:PutEvents",)), options=frozenset({"send"})
        ),
    },
    arn=("events", "event-bus/"),
    longest_name=256,
    carries_events=True,
    to="to_bus",
)
