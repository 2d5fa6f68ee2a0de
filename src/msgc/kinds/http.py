"""A URL that SNS posts to, in the clear."""

from __future__ import annotations

from msgc.kinds.kind import Confirmation, Delivery, Kind
from msgc.kinds.way import Way

HTTP = Kind(
    word="http",
    noun="URL",
    ways={
        Way.SNS_SUBSCRIPTION: Delivery(
            access=Confirmation(), protocol="http", options=frozenset({"raw", "retry", "delivery"})
        )
    },
    to="to_url",
)
