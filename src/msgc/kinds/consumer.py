"""A consumer's Lambda function."""

from __future__ import annotations

from msgc.kinds.kind import ByRule, ByTopic, Kind, Permission

CONSUMER = Kind(
    word="consumer",
    noun="consumer",
    by_topic=ByTopic(protocol="lambda", access=Permission()),
    by_rule=ByRule(access=Permission()),
    arn=("lambda", "function:"),
    to="to_function",
)
