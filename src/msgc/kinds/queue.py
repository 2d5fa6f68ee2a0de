"""An SQS queue."""

from __future__ import annotations

from msgc.kinds.kind import Delivery, Kind, ResourcePolicy, Role, piped
from msgc.kinds.way import Way

QUEUE = Kind(
    word="queue",
    noun="queue",
    section="queues",
    ways={
        Way.SNS_SUBSCRIPTION: Delivery(
            access=ResourcePolicy(),
            protocol="sqs",
            options=frozenset({"raw"}),
            is_raw=True,
            raw_keeps_attributes=True,
            takes_fifo=True,
            takes_large=True,
        ),
        Way.EVENT_RULE: Delivery(access=ResourcePolicy(), options=frozenset({"send"})),
        Way.SCHEDULE: Delivery(
            access=Role(actions=("sqs:SendMessage",)), options=frozenset({"send"}), takes_fifo=True
        ),
        **piped(Delivery(access=Role(actions=("sqs:SendMessage",))), most_at_once=10),
    },
    arn=("sqs", ""),
    longest_name=80,
    has_url=True,
    to="to_queue",
)
