"""A phone number (E.164) that SNS texts."""

from __future__ import annotations

from msgc.kinds.kind import ByTopic, Confirmation, Kind

SMS = Kind(
    word="sms",
    noun="phone number",
    by_topic=ByTopic(protocol="sms", access=Confirmation()),
    scheme="sms:",
    to="to_sms",
)
