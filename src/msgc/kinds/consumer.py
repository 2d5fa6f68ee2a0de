"""A consumer's Lambda function."""

from __future__ import annotations

from msgc.kinds.kind import Delivery, Kind, OwnRole, Permission
from msgc.kinds.way import Way

CONSUMER = Kind(
    word="consumer",
    noun="consumer",
    ways={
        Way.SNS_SUBSCRIPTION: Delivery(access=Permission(), protocol="lambda", takes_large=True),
        Way.EVENT_RULE: Delivery(access=Permission()),
        Way.EVENT_SOURCE_MAPPING: Delivery(access=OwnRole()),
    },
    arn=("lambda", "function:"),
    to="to_function",
)
