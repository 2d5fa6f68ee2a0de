"""Every way, every origin and every end that an edge may have, as messaging.yaml says them.

Tests draw edges from these tables (`tests.services`), and look whether anything is missing in them.
A `#` is the number of the edge: what is read by one only, or has one owner, has it in its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from msgc.kinds import KINDS, Way

Pair = tuple[Way, str]
"""A way, and the word of a kind of end."""
Settings = dict[str, Any]
Entry = tuple[str, str, Any]
"""A section, a name in it, and what stands there."""

PAIRS: tuple[Pair, ...] = tuple((way, word) for word, kind in KINDS.items() for way in kind.ways)
"""In which ways AWS brings messages to which kinds of ends."""

_ACCOUNT = "111122223333"
_UUID = "11111111-2222-3333-4444-555555555555"


def _at(service: str, name: str, account: str = "444455556666") -> str:
    return f"arn:aws:{service}:eu-west-1:{account}:{name}"


def _addresses(service: str, name: str) -> tuple[Any, ...]:
    """Return all ways to say a place that the file doesn't declare."""
    word = name.rpartition("/")[2]
    return (
        {"arn": _at(service, name)}, {"arn": f"${{their-{word}}}"}, {"name": f"their-{word}"},
        {"parameter": f"/theirs/{word}"}, "provided", {"provided": f"their-{service}-{word}"},
    )  # fmt: skip


def _found(service: str, name: str) -> tuple[Any, ...]:
    """Return all ways to say an end that no file declares."""
    return ("provided", {"provided": f"their-{service}"}, {"arn": _at(service, name, _ACCOUNT)},
            {"name": "theirs"}, {"parameter": "/theirs/end"})  # fmt: skip


ORIGINS: dict[str, tuple[Settings, ...]] = {
    "topic": (
        {"topic": "orders"}, {"topic": "theirs"},
        *({"topic": each} for each in _addresses("sns", "source")),
    ),
    "bus": (
        {"bus": "events"}, {"bus": "default"}, {"bus": "theirs"},
        *({"bus": each} for each in _addresses("events", "event-bus/source")),
    ),
    "queue": (
        {"queue": "source-#"}, {"queue": "given-#"},
        *({"queue": each} for each in _addresses("sqs", "source#")),
    ),
    "stream": (
        {"stream": "provided"}, {"stream": "provided", "start": "latest"},
        {"stream": {"kinesis": "provided"}}, {"stream": {"provided": "their-table"}},
        {"stream": {"arn": _at("kinesis", "stream/source")}},
        {"stream": {"arn": _at("dynamodb", "table/source/stream/2026-01-01T00:00:00.000")}},
    ),
    "schedule": (
        {"schedule": "rate(5 minutes)"}, {"schedule": "at(2031-01-31T09:00:00)"},
        {"schedule": "cron(0 3 * * ? *)", "timezone": "Europe/Amsterdam", "window": "15m"},
        {"schedule": "rate(1 day)", "start": "2027-01-01T00:00:00Z", "end": "2028-01-01T00:00:00Z"},
    ),
}  # fmt: skip
"""By their words all origins; of queues each is read by one edge only."""

ENDS: dict[str, tuple[Any, ...]] = {
    "queue": ("audit", "late", "theirs", *_addresses("sqs", "end")),
    "topic": ("alerts", "also-theirs", *_addresses("sns", "end")),
    "bus": ("copies", "also-theirs", *_addresses("events", "event-bus/end")),
    "consumer": (
        {"function": "provided"},
        {"function": {"provided": True, "timeout": "20s"}},
        {"function": {"arn": _at("lambda", "function:code-#", _ACCOUNT)}},
        {"function": {"code": "app", "timeout": "20s"}},
    ),
    "https": ("https://example.com/hook", "https://example.com/other"),
    "http": ("http://example.com/hook",),
    "email": ("ops@example.com", "${mail}"),
    "email_json": ("robot@example.com",),
    "sms": ("+31612345678",),
    "firehose": _found("firehose", "deliverystream/end"),
    "state_machine": _found("states", "stateMachine:end"),
    "log_group": ("/events", *_found("logs", "log-group:/their/logs")),
    "api_destination": (
        "provided", {"provided": "their-destination"},
        {"url": "https://example.com/#", "connection": "provided"},
        {
            "url": "https://example.com/orders/*",
            "method": "PUT",
            "rate": 5,
            "connection": {"api_key": {"header": "x-key", "secret": "partner-key"}},
            "headers": {"x-kind": "order"},
            "path": ["paid"],
        },
        {"arn": _at("events", f"api-destination/end/{_UUID}", _ACCOUNT)},
        {"parameter": "/theirs/destination"},
    ),
    "target": ("provided", {"provided": "own-target-#"}),
}  # fmt: skip
"""By their words all ends; of a consumer, what runs its code."""

WORKERS: tuple[Settings, ...] = (
    {"worker": {"role": "provided"}}, {"worker": {}},
    {"worker": {"role": {"arn": "arn:aws:iam::111122223333:role/worker"}, "stubs": False}},
)  # fmt: skip
"""What runs the code of a consumer that polls by itself."""

OPTIONS: dict[str, tuple[Settings, ...]] = {
    "messages": ({"messages": ["Placed"]}, {"messages": "any"}),
    "filter": ({"filter": {"id": ["a", {"prefix": "b"}]}},),
    "filter_on": ({"filter": {"id": ["a"]}, "filter_on": "attributes"},),
    "pattern": ({"pattern": {"source": [{"prefix": "shop"}]}},),
    "dead_letter": (
        {"dead_letter": {"queue": "lost"}},
        {"dead_letter": False},
        {"dead_letter": {"queue": {"name": "their-lost"}}},
        {"dead_letter": {"queue": {"provided": "their-sqs-lost"}}},
    ),
    "retry": ({"retry": {"attempts": 3}},),
    "retry.max_age": ({"retry": {"attempts": 5, "max_age": "1h"}},),
    "enabled": ({"enabled": False},),
    "batch": ({"batch": {"size": 5, "window": "2s"}},),
    "parallel": ({"parallel": 2},),
    "bisect": ({"bisect": True},),
    "raw": ({"raw": True}, {"raw": False}),
    "delivery": ({"delivery": {"num_retries": 5, "min_delay_target": "5s"}},),
    "log": ({"log": "info"}, {"log": {"detail": True, "log_group": "/events"}}),
    "encryption": tuple(
        {"encryption": {"key": key}}
        for key in (
            "managed-by-stack",
            "provided",
            {"managed": "other"},
            {"provided": "own-key"},
            {"arn": _at("kms", f"key/{_UUID}")},
            {"arn": "${their-key}"},
        )
    ),
    "enrich": ({"enrich": "provided"}, {"enrich": "asked-#"}),
    "send": ({"send": ...},),
}
"""By their words the options of edges; what is sent depends on the edge."""


def ends(pair: Pair) -> tuple[Any, ...]:
    """Return the ends of a pair."""
    way, word = pair
    return WORKERS if way is Way.LONG_POLL else ENDS[word]


def options(pair: Pair) -> tuple[str, ...]:
    """Return the words of the options that an edge of a pair may have."""
    way, word = pair
    return tuple(sorted(way.options | KINDS[word].ways[way].options))


def edge(
    pair: Pair, origin: Settings, end: Any, said: Iterable[Settings], number: int
) -> list[Entry]:
    """Return an edge, and before it what is there for it alone: the queue it reads, who is asked.

    Of options that contradict each other, the first one that is said stands.
    """
    way, word = pair
    settings = {"from": origin, **_consistent(pair, origin, said)}
    if origin.get(word) == end == "provided":
        end = ends(pair)[0]  # both would be one argument
    if way is Way.SNS_SUBSCRIPTION and not _JOINED.isdisjoint(settings):
        end = _OWN.get(word, end)
    if word == "consumer":
        found: Entry = ("consumers", "edge-#", {**settings, **end})
    else:
        found = ("subscriptions", "edge-#", {**settings, "to": {word: end}})
    written = json.dumps([*_beside(settings, end), found]).replace("#", str(number))
    return [(section, name, value) for section, name, value in json.loads(written)]


_JOINED = frozenset({"raw", "dead_letter", "retry", "delivery", "filter_on"})
"""What must be the same of all edges of one topic to one end, which are one subscription."""
_OWN: dict[str, Any] = {
    "queue": "own-#", "https": "https://example.com/#", "http": "http://example.com/#",
    "email": "own-#@example.com", "email_json": "json-#@example.com", "sms": "+3161234567#",
    "firehose": {"name": "own-#"},
}  # fmt: skip
"""By their words ends that one edge only leads to."""


def _beside(settings: Settings, end: Any) -> Iterator[Entry]:
    if end == "own-#":
        yield "queues", "own-#", {"external": "subscribe"}
    match settings["from"]:
        case {"queue": "source-#"}:
            yield "queues", "source-#", {"messages": ["Placed"], "external": True}
        case {"queue": "given-#"}:
            yield "queues", "given-#", {"import": {"name": "given-#"}, "messages": ["Placed"]}
        case {"queue": {"arn": "${their-source#}"}}:
            yield "inputs", "their-source#", {}
    if settings.get("enrich") == "asked-#":
        yield "consumers", "asked-#", {"answers": "Closed", "function": "provided"}


def _consistent(pair: Pair, origin: Settings, said: Iterable[Settings]) -> Settings:
    found: Settings = {}
    for option in said:
        if not _contradicts(found, option, origin):
            found = {**option, **found}
    if "filter" in found and is_table(origin):
        found["filter"] = {"eventName": ["INSERT", "MODIFY"]}
    if "batch" in found and pair[1] == "api_destination":
        found["batch"] = {"size": 1}  # it takes no more
    if "messages" in options(pair) and not _says_enough(origin, found):
        found["messages"] = ["Placed"]
    if _sends(pair, found):
        found["send"] = _sent(pair, {**found, "from": origin})
    return found


_EXCLUDED = {
    "pattern": {"filter", "messages"}, "filter": {"pattern"}, "messages": {"pattern"},
    "retry": {"delivery"}, "delivery": {"retry"},
}  # fmt: skip


def _contradicts(found: Settings, option: Settings, origin: Settings) -> bool:
    if "messages" in option and is_table(origin):
        return True  # its records are none
    both = {**option, **found}
    if both.get("messages") == "any" and "filter" in both:
        return True
    return any(_EXCLUDED.get(word, set()) & found.keys() for word in option)


def _says_enough(origin: Settings, found: Settings) -> bool:
    """Whether it is known what an edge takes: of places of the file, it is."""
    (place,) = list(origin.values())[:1]
    known = place in ("orders", "events", "theirs") or is_table(origin)
    return known or not found.keys().isdisjoint({"messages", "pattern"})


def _sends(pair: Pair, found: Settings) -> bool:
    """Whether an edge sends something: if it says so, and where it has to."""
    way, word = pair
    if "send" in found or way is Way.SCHEDULE:
        return True
    if way not in {Way.PIPE, Way.STREAM_PIPE}:
        return False
    match word:
        case "consumer":
            return "enrich" not in found  # else Lambda reads for it
        case "bus":
            return found.get("enrich") != "asked-#"  # else nothing says the type of the event
        case _:
            return False


def _sent(pair: Pair, settings: Settings) -> Settings:
    """Return what an edge sends: a message to ends of the file, any body to others."""
    way, word = pair
    value = _value(settings)
    if word in {"queue", "topic", "bus", "consumer"}:
        return {"message": "Closed", "body": {"id": value}}
    if way is Way.EVENT_RULE and word == "log_group":
        return {"body": {"timestamp": "<$.time>", "message": value}}
    return {"body": {"id": value, "text": "one"}}


def _value(settings: Settings) -> str:  # noqa: PLR0911  # one for each
    """Return a placeholder of which the type is known; a constant where nothing is known."""
    match settings:
        case {"enrich": "asked-#"}:
            return "<$.id>"
        case {"enrich": _} | {"messages": "any"} | {"pattern": _}:
            return "constant"
        case {"from": {"bus": _}}:
            return "<$.detail.id>"
        case {"from": {"queue": "source-#" | "given-#"}}:
            return "<$.body.id>"
        case {"from": {"stream": _} as origin}:
            return "<$.dynamodb.NewImage.id.S>" if is_table(origin) else "<$.data.id>"
        case {"from": {"schedule": _}}:
            return "<aws.scheduler.execution-id>"
        case _:
            return "constant"


def is_table(origin: Settings) -> bool:
    """Whether an origin is the stream of a table, whose records are no messages."""
    return "stream" in origin and "kinesis" not in str(origin["stream"])
