"""How descriptions name things, rights and times."""

from __future__ import annotations

import json
from typing import Any, assert_never

from msgc.kinds import Way
from msgc.routing.wording import receiver, reference
from msgc.topology.deferred import spelling
from msgc.topology.edges import Subscription
from msgc.topology.ends import Bus, Consumer, Outside, Queue, Topic, Vertex
from msgc.topology.messages import Message
from msgc.topology.origins import Schedule, Stream
from msgc.topology.outsiders import (
    Accounts,
    AwsService,
    Organizations,
    Outsider,
    Principals,
)
from msgc.topology.units import DAY, HOUR, MINUTE

MECHANISMS: dict[Way, str] = {
    Way.SNS_SUBSCRIPTION: "SNS subscription",
    Way.EVENT_RULE: "EventBridge rule",
    Way.EVENT_SOURCE_MAPPING: "Lambda polls it",
    Way.PIPE: "EventBridge pipe",
    Way.STREAM_MAPPING: "Lambda reads it",
    Way.STREAM_PIPE: "EventBridge pipe",
    Way.LONG_POLL: "a worker polls it",
    Way.SCHEDULE: "EventBridge schedule",
}

_UNITS = ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (1, "s"))
_LONGEST_FILTER = 90


def span_of_time(seconds: int) -> str:
    """`570` → `9 min 30 s`, `0` → `0 s`."""
    parts = []
    for factor, unit in _UNITS:
        count, seconds = divmod(seconds, factor)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts) or "0 s"


def vertex(end: Vertex) -> str:
    """Return what an edge leads from or to: `topic/orders`, `mailto:ops@example.com`."""
    match end:
        case Queue() | Topic() | Bus() | Consumer() | Outside():
            return receiver(end)
        case Schedule():
            return f"{end.expression} ({end.timezone or 'UTC'})"
        case Stream():
            return f"a {_STREAMS[end.service]} stream"
        case _:
            assert_never(end)


_STREAMS = {"dynamodb": "DynamoDB", "kinesis": "Kinesis"}


def listed(messages: tuple[Message, ...], *, untyped: bool = False) -> str:
    """Return the names of messages, or that it may be anything."""
    if untyped:
        return "any message"
    return ", ".join(f"`{message.name}`" for message in messages) or "no message"


def carried(edge: Subscription) -> str:
    """Return what takes an edge, and what decides on it."""
    said = [] if edge.way.is_timed else [listed(edge.messages, untyped=edge.untyped)]
    if edge.pattern is not None:
        said.append(f"that fit the pattern {_short(edge.pattern)}")
    elif edge.filter:
        said.append(f"where {_short(edge.filter)}")
    if edge.send is not None:
        made = edge.send.message
        what = f"`{made.name}`" if made else "another body"
        said.append(f"sends {what}{'' if edge.way.is_timed else ' in its place'}")
    if edge.enrich is not None:
        asked = edge.asks
        said.append(f"asks {reference(asked) if asked else 'a function'} first")
    if not edge.enabled:
        said.append("switched off" if edge.is_made else "switched off, and so not made")
    if edge.made_by is not None:
        said.append(f"made by account {spelling(edge.made_by)}")
    return ", ".join(said)


def _short(filter_: dict[str, Any]) -> str:
    text = json.dumps(filter_, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_FILTER else f"{text[: _LONGEST_FILTER - 3]}..."


def outsider(who: Outsider) -> str:
    """Return who outside of the service is let in."""
    match who:
        case AwsService():
            source = f", for {spelling(who.source)}" if who.source is not None else ""
            return f"{who.name}{source}"
        case Accounts(ids=ids):
            return f"account {', '.join(map(spelling, ids))}"
        case Organizations(ids=ids):
            return f"organization {', '.join(map(spelling, ids))}"
        case Principals(arns=arns):
            return ", ".join(map(spelling, arns))
        case _:
            assert_never(who)
