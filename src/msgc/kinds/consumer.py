"""A consumer: a Lambda function, or a process that polls a queue by itself."""

from __future__ import annotations

from msgc.kinds.kind import Delivery, Kind, OwnRole, Permission, Role, piped
from msgc.kinds.way import Way

CONSUMER = Kind(
    word="consumer",
    noun="consumer",
    section="consumers",
    ways={
        Way.SNS_SUBSCRIPTION: Delivery(access=Permission(), protocol="lambda", takes_large=True),
        Way.EVENT_RULE: Delivery(access=Permission(), options=frozenset({"send"})),
        Way.EVENT_SOURCE_MAPPING: Delivery(access=OwnRole()),
        Way.STREAM_MAPPING: Delivery(access=OwnRole()),
        Way.LONG_POLL: Delivery(access=OwnRole()),
        **piped(Delivery(access=Role(actions=("lambda:InvokeFunction",)))),
        Way.SCHEDULE: Delivery(
            access=Role(actions=("lambda:InvokeFunction",)), options=frozenset({"send"})
        ),
    },
    arn=("lambda", "function:"),
    to="to_function",
)
