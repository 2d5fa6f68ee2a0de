"""A URL that SNS posts to."""

from __future__ import annotations

from msgc.kinds.kind import ByTopic, Confirmation, Kind

HTTPS = Kind(
    word="https",
    noun="URL",
    by_topic=ByTopic(protocol="https", access=Confirmation(), can_be_raw=True, has_retries=True),
    to="to_url",
)
