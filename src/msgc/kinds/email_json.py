"""An address that SNS mails its whole envelope to, as JSON."""

from __future__ import annotations

from msgc.kinds.kind import ByTopic, Confirmation, Kind

EMAIL_JSON = Kind(
    word="email_json",
    noun="mail address",
    by_topic=ByTopic(protocol="email-json", access=Confirmation()),
    scheme="mailto:",
    to="to_email_json",
)
