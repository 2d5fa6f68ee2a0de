"""An address that SNS mails the bare message to."""

from __future__ import annotations

from msgc.kinds.kind import ByTopic, Confirmation, Kind

EMAIL = Kind(
    word="email",
    noun="mail address",
    by_topic=ByTopic(protocol="email", access=Confirmation()),
    scheme="mailto:",
    to="to_email",
)
