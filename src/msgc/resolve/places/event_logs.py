"""Resolve what EventBridge logs about buses and pipes, and where to."""

from __future__ import annotations

from typing import Literal

from msgc.kinds import KINDS
from msgc.record import OPEN
from msgc.resolve import parse
from msgc.resolve.ends.found import found
from msgc.topology.ends import EventLog, Outside
from msgc.tree import Mapping, Node, Scalar

_KIND = KINDS["log_group"]
_LEVELS: dict[str | None, Literal["error", "info", "trace"]] = {
    "error": "error", "info": "info", "trace": "trace",
}  # fmt: skip


def event_log(key: Scalar, written: Node | None) -> EventLog | None:
    """Return what is logged about a bus or a pipe; None: nothing."""
    settings, level = parse.mapping(written), parse.text(written)
    if settings is None and parse.boolean(written) is not True and level not in _LEVELS:
        return None
    given = settings or Mapping({}, key.span)
    return EventLog(
        level=_LEVELS.get(parse.text(given.get("level")) or level, "error"),
        detail=parse.boolean(given.get("detail")) or False,
        group=_group(key, given.get("log_group")),
    )


def _group(key: Scalar, written: Node | None) -> Outside:
    """Return the log group that is named, handed over or found by its address; else it is open."""
    address = found(written, key.text, _KIND)
    if address is not None:
        return Outside(kind=_KIND, text=None, address=address)
    text = parse.address(written)
    return Outside(kind=_KIND, text=text) if text else OPEN
