"""How findings name things: durations, sizes and ends of edges, spelled as in messaging.yaml."""

from __future__ import annotations

from msgc.topology.model import (
    Bus,
    Consumer,
    Email,
    HttpEndpoint,
    LogGroup,
    Place,
    Queue,
    Sms,
    Target,
    Topic,
)

_KINDS: dict[type, str] = {
    Queue: "queue", Topic: "topic", Bus: "bus", Consumer: "consumer", Sms: "sms",
    LogGroup: "log_group",
}  # fmt: skip
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "m"))


def duration(seconds: int) -> str:
    """`180` → `3m`, `90` → `90s`."""
    for factor, unit in _UNITS:
        if seconds and seconds % factor == 0:
            return f"{seconds // factor}{unit}"
    return f"{seconds}s"


def size(count: int) -> str:
    """`262144` → `256KiB`; what is no whole number of KiB is given in bytes."""
    if count and count % (1024 * 1024) == 0:
        return f"{count // (1024 * 1024)}MiB"
    if count and count % 1024 == 0:
        return f"{count // 1024}KiB"
    return f"{count} bytes"


def kind(end: Place | Target) -> str:
    """Return the word for an end, as it stands under `from` and `to`."""
    match end:
        case HttpEndpoint():
            return "https" if end.url.startswith("https:") else "http"
        case Email():
            return "email_json" if end.json else "email"
        case _:
            return _KINDS[type(end)]


def named(end: Place | Consumer) -> str:
    """Return an end with its kind: "queue `invoicing`"."""
    return f"{kind(end)} `{end.name}`"
