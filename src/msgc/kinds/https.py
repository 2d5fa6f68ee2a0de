"""A URL that SNS posts to."""

from __future__ import annotations

from msgc.kinds.kind import Confirmation, Delivery, Kind
from msgc.kinds.way import Way

HTTPS = Kind(
    word="https",
    noun="URL",
    ways={
        Way.SNS_SUBSCRIPTION: Delivery(
            access=Confirmation(), protocol="https", options=frozenset({"raw", "retry", "delivery"})
        )
    },
    to="to_url",
)
