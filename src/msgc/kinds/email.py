"""An address that SNS mails the bare message to."""

from __future__ import annotations

from msgc.kinds.kind import Confirmation, Delivery, Kind
from msgc.kinds.way import Way

EMAIL = Kind(
    word="email",
    noun="mail address",
    ways={Way.SNS_SUBSCRIPTION: Delivery(access=Confirmation(), protocol="email")},
    scheme="mailto:",
    to="to_email",
)
