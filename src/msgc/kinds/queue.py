"""An SQS queue."""

from __future__ import annotations

from msgc.kinds.kind import ByRule, ByTopic, Kind, ResourcePolicy

QUEUE = Kind(
    word="queue",
    noun="queue",
    by_topic=ByTopic(protocol="sqs", access=ResourcePolicy(), can_be_raw=True, is_raw=True),
    by_rule=ByRule(access=ResourcePolicy()),
    arn=("sqs", ""),
    to="to_queue",
)
