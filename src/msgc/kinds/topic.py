"""An SNS topic."""

from __future__ import annotations

from msgc.kinds.kind import ByRule, Kind, Role

TOPIC = Kind(
    word="topic",
    noun="topic",
    by_rule=ByRule(access=Role(actions=("sns:Publish",))),
    arn=("sns", ""),
    to="to_topic",
)
