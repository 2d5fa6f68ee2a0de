"""How findings name the ends of edges: by their words in messaging.yaml."""

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
