"""What the file says of alarms: of all, and of one thing, which comes on top."""

from __future__ import annotations

from typing import Final

from msgc.record import Record
from msgc.source import Span
from msgc.topology.ends import Topic
from msgc.topology.model import Topology
from msgc.topology.units import SECONDS
from msgc.tree import Mapping, Node, Scalar, whole

WORDS: Final = ("age", "depth", "dead_letters", "failures", "errors", "throttles")
"""Those that mean an alarm."""
_TRUE: Final = {"depth": 1000, "dead_letters": 1, "failures": 1, "errors": 1, "throttles": 1}
"""What `true` stands for; the age follows from the queue."""
_BY_DEFAULT: Final = ("age", "dead_letters")


class Threshold(Record):
    """A number that raises an alarm."""

    value: int | None
    """Seconds of an age, a count of all others; None: the age that follows from the queue."""
    said: Span | None
    """The key with which something of its own says so; None: it follows from what all have."""


class Alarms(Record):
    """What is said of the alarms of one thing."""

    at: dict[str, Threshold]
    """By word the numbers that raise one."""
    notify: Topic | None
    notified_at: Span | None
    """Where the file says whom they tell."""
    ok: bool
    """Whether their end is told, too."""


def alarms_of(topology: Topology, *own: Node) -> Alarms:
    """Return what holds for something; each of its own declarations comes on top of the others."""
    levels = [(topology.root.get("alarms"), False), *((_in(node), True) for node in own)]
    at: dict[str, Threshold] = {}
    notify: Node | None = None
    is_on = ok = False
    for node, is_own in levels:
        if node is None:
            continue
        is_on = not isinstance(node, Scalar) or node.value is True
        if not is_on:
            at, notify, ok = {}, None, False
            continue
        for word in _BY_DEFAULT:
            at.setdefault(word, Threshold(value=_TRUE.get(word), said=None))
        if isinstance(node, Mapping):
            _overlay(at, node, is_own=is_own)
            notify = node.get("notify") or notify
            ok = _is_true(node.get("ok"), ok)
    return Alarms(
        at={word: found for word, found in at.items() if found.value != 0},
        notify=None if notify is None else (topology.notified or {}).get(notify.span.place),
        notified_at=None if notify is None else notify.span,
        ok=ok,
    )


def _in(node: Node) -> Node | None:
    return node.get("alarms") if isinstance(node, Mapping) else None


def _overlay(at: dict[str, Threshold], node: Mapping, *, is_own: bool) -> None:
    """Put what a declaration says over what is said already; 0 is no alarm."""
    for word in WORDS:
        written = node.get(word)
        if isinstance(written, Scalar):
            value = _number(word, written)
            at[word] = Threshold(value=value, said=node.key(word).span if is_own else None)


def _number(word: str, node: Scalar) -> int | None:
    value = node.value
    if isinstance(value, bool):
        return _TRUE.get(word) if value else 0
    if isinstance(value, int):
        return value
    digits = node.text[:-1]
    unit = SECONDS.get(node.text[-1:])
    return whole(digits) * unit if unit is not None and digits.isdecimal() else 0


def _is_true(node: Node | None, otherwise: bool) -> bool:  # noqa: FBT001  # a value, no flag
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, bool) else otherwise
