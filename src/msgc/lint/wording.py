"""How findings name an end: by its kind's word in messaging.yaml, and its own name."""

from __future__ import annotations

from typing import assert_never

from msgc.topology.deferred import spelling
from msgc.topology.ends import Bus, Consumer, End, Outside, Place, Queue, Topic, Vertex
from msgc.topology.narrowing import kind_of
from msgc.topology.origins import Schedule, Stream


def kind(end: End) -> str:
    """Return the word for an end, as it stands under `from` and `to`."""
    return kind_of(end).word


def name(end: Vertex) -> str:
    """Return what an end is called in the file."""
    match end:
        case Queue() | Topic() | Bus() | Consumer() | Stream() | Schedule():
            return end.name
        case Outside():
            return spelling(end.text) if end.text else end.kind.noun
        case _:
            assert_never(end)


def named(end: Place | Consumer) -> str:
    """Return an end with its kind: "queue `invoicing`"."""
    return f"{kind(end)} `{end.name}`"
