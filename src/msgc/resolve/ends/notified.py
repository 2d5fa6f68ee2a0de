"""Find what the file says about whom alarms tell."""

from __future__ import annotations

from collections.abc import Iterator

from msgc.resolve import parse
from msgc.resolve.symbols import SymbolTable
from msgc.tree import Mapping, Node

_USER = "alarms"
"""After which an argument is called that the app hands a topic over as: `alarms_topic`."""


def notified(symbols: SymbolTable) -> Iterator[tuple[str, Mapping]]:
    """Yield every `notify` of the file, and after what an argument in it is called."""
    if not symbols.says("alarms"):
        return
    yield from _notify(_USER, symbols.root.get("alarms"))
    for section in ("queues", "topics", "buses", "subscriptions", "consumers"):
        for key, node in symbols.declarations(section):
            user = f"{key.text}-{_USER}"
            yield from _notify(user, node.get("alarms"))
            buffered = parse.mapping(node.get("buffered"))
            if buffered is not None:
                yield from _notify(user, buffered.get("alarms"))


def _notify(user: str, node: Node | None) -> Iterator[tuple[str, Mapping]]:
    found = parse.mapping(node)
    notify = parse.mapping(found.get("notify")) if found is not None else None
    if notify is not None:
        yield user, notify
