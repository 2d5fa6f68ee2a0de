"""A URL that SNS posts to, in the clear."""

from __future__ import annotations

from msgc.kinds.kind import ByTopic, Confirmation, Kind

HTTP = Kind(
    word="http",
    noun="URL",
    by_topic=ByTopic(protocol="http", access=Confirmation(), can_be_raw=True, has_retries=True),
    to="to_url",
)
