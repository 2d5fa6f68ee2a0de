"""An SNS topic."""

from __future__ import annotations

from msgc.kinds.kind import Delivery, Kind, Role, piped
from msgc.kinds.way import Way

TOPIC = Kind(
    word="topic",
    noun="topic",
    section="topics",
    ways={
        Way.EVENT_RULE: Delivery(
            access=Role(actions=("sns:Publish",)), options=frozenset({"send"})
        ),
        Way.SCHEDULE: Delivery(access=Role(actions=("sns:Publish",)), options=frozenset({"send"})),
        **piped(Delivery(access=Role(actions=("sns:Publish",))), most_at_once=10),
    },
    arn=("sns", ""),
    longest_name=256,
    to="to_topic",
)
