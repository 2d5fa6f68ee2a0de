"""An address that SNS mails its whole envelope to, as JSON."""

from __future__ import annotations

from msgc.kinds.kind import Confirmation, Delivery, Kind
from msgc.kinds.way import Way

EMAIL_JSON = Kind(
    word="email_json",
    noun="mail address",
    ways={Way.SNS_SUBSCRIPTION: Delivery(access=Confirmation(), protocol="email-json")},
    scheme="mailto:",
    to="to_email_json",
)
