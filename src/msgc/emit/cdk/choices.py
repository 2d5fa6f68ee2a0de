"""Merge what a stack says in each environment: what differs is a choice by the environment."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from msgc.emit.cdk.environment_names import Naming
from msgc.emit.cdk.expressions import Call, mapping
from msgc.record import Record

Expression = str | Call
T = TypeVar("T", bound=Hashable)
Each = dict[str, Expression]
"""An expression in each environment, by their names."""

LEFT_OUT = {
    "self.let_send(": dict.fromkeys(("topics", "also", "buses", "rules"), "()"),
    "self.let_log(": dict.fromkeys(("groups", "sources", "deliveries"), "()"),
    "self.api_destination(": {"method": '"POST"'},
    "self.let_encrypt(": dict.fromkeys(("topics", "also", "events"), "()"),
    "self.let_keep_events(": {"archived": "()"},
    "self.let_log_encrypted(": {"buses": "False"},
}
"""By method of the kit what its arguments are where they are left out, if not None."""
_DISPLAYS = ("[", "{", "(")


class Choices(Record):
    """Merges the expressions that a stack has in its environments."""

    naming: Naming

    def merged(self, each: Each) -> Expression:
        """Return the expression that is, in each environment, the one that it has there."""
        first, *others = each.values()
        if all(_same(first, other) for other in others):
            return first
        calls = {name: found for name, found in each.items() if isinstance(found, Call)}
        if len(calls) == len(each):
            inside = self._inside(calls)
            if inside is not None:
                return inside
        texts = {name: found for name, found in each.items() if isinstance(found, str)}
        if len(texts) == len(each) and (text := self.naming.text(texts)) is not None:
            return text
        return mapping(each.items()).replace(tail="}[self.environment]")

    def _inside(self, calls: dict[str, Call]) -> Call | None:
        """Return a call or display that differs in its arguments only; None if it does in more."""
        first = next(iter(calls.values()))
        if any((call.head, call.tail) != (first.head, first.tail) for call in calls.values()):
            return None
        is_display = first.head in _DISPLAYS
        prefix_of = _key if first.head == "{" else _keyword
        split = {
            name: [_split(argument, prefix_of) for argument in call.arguments]
            for name, call in calls.items()
        }
        keys = {name: _numbered(found) for name, found in split.items()}
        order = in_one_order(keys.values())
        if is_display and any(len(found) != len(order) for found in keys.values()):
            return None
        if any(not key[0] and key not in found for key in order for found in keys.values()):
            return None  # not as many arguments without a name
        values = {
            name: dict(zip(keys[name], (value for _, value in found), strict=True))
            for name, found in split.items()
        }
        if not _makes(first) and any(len(found) != len(order) for found in keys.values()):
            return None  # what makes nothing is chosen as a whole
        left_out = LEFT_OUT.get(first.head, {})
        arguments = []
        for key in order:
            prefix = key[0]
            absent = left_out.get(prefix.removesuffix("="), "None")
            value = self.merged({name: found.get(key, absent) for name, found in values.items()})
            arguments.append(_prefixed(prefix, value))
        return first.replace(arguments=tuple(arguments))


def _makes(call: Call) -> bool:
    """Whether a call is of a method, which may make something: then it stands there once."""
    return call.head.startswith("self.")


_Key = tuple[str, int]
"""The keyword or key of an argument, or none, and which of those it is."""


def in_one_order(lists: Iterable[list[T]]) -> list[T]:
    """Return all keys, each behind what comes before it in its own list."""
    order: list[T] = []
    known: set[T] = set()
    for keys in lists:
        at = 0
        for key in keys:
            if key not in known:
                known.add(key)
                order.insert(at, key)
            elif order[at : at + 1] != [key]:  # most lists are in the same order
                at = order.index(key)
            at += 1
    return order


def _numbered(split: list[tuple[str, Expression]]) -> list[_Key]:
    counts: dict[str, int] = {}
    found = []
    for prefix, _ in split:
        counts[prefix] = counts.get(prefix, -1) + 1
        found.append((prefix, counts[prefix]))
    return found


def _split(argument: Expression, prefix_of: Callable[[str], str]) -> tuple[str, Expression]:
    """Return the keyword or key before an argument, and its value."""
    text = argument if isinstance(argument, str) else argument.head
    prefix = prefix_of(text)
    if isinstance(argument, str):
        return prefix, argument[len(prefix) :]
    return prefix, argument.replace(head=argument.head[len(prefix) :])


def _keyword(text: str) -> str:
    """Return `name=` of `name=value`; nothing if there is no keyword."""
    name, found, rest = text.partition("=")
    return f"{name}=" if found and name.isidentifier() and not rest.startswith("=") else ""


def _key(text: str) -> str:
    """Return `"key": ` of `"key": value`."""
    quote, at = text[0], 1
    while text[at] != quote:
        at += 2 if text[at] == "\\" else 1
    return text[: at + 3]


def _prefixed(prefix: str, value: Expression) -> Expression:
    if isinstance(value, str):
        return prefix + value
    return value.replace(head=prefix + value.head)


def _same(one: Expression, other: Expression) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return (
        one.head == other.head
        and one.tail == other.tail
        and len(one.arguments) == len(other.arguments)
        and all(map(_same, one.arguments, other.arguments))
    )
