"""How findings name the ends of edges: by their words in messaging.yaml."""

from __future__ import annotations

from msgc.topology.ends import Consumer, End, Place, kind_of


def kind(end: End) -> str:
    """Return the word for an end, as it stands under `from` and `to`."""
    return kind_of(end).word


def named(end: Place | Consumer) -> str:
    """Return an end with its kind: "queue `invoicing`"."""
    return f"{kind(end)} `{end.name}`"
