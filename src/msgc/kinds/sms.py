"""A phone number (E.164) that SNS texts."""

from __future__ import annotations

from msgc.kinds.kind import Confirmation, Delivery, Kind
from msgc.kinds.way import Way

SMS = Kind(
    word="sms",
    noun="phone number",
    ways={Way.SNS_SUBSCRIPTION: Delivery(access=Confirmation(), protocol="sms")},
    scheme="sms:",
    to="to_sms",
)
