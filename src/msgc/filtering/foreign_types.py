"""How messages that others publish tell their type, so that a topic's filters can ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgc.filtering.conditions import TYPE_ATTRIBUTE, conditions
from msgc.filtering.traffic import Clause, Traffic
from msgc.topology.messages import Message


def type_attribute(messages: Iterable[Message]) -> str:
    """Return the attribute with the type: a discriminator's where all messages have that."""
    names = {_told_in(message) for message in messages}
    name = names.pop() if len(names) == 1 else None
    return name or TYPE_ATTRIBUTE


def _told_in(message: Message) -> str | None:
    return message.discriminator.attribute if message.discriminator is not None else None


def told_by_field(traffic: Traffic, clause: Clause) -> tuple[str, ...]:
    """Return the field by which a clause's types can be told from all others in what is sent.

    A filter that asks for that field itself can't be narrowed by it besides.
    """
    first = next(iter(clause.order), None)
    path = () if first is None else first.told_by
    if first is None or not path or any(m.told_by != path for m in _rivals(traffic, clause)):
        return ()
    asked = {first.on_wire(condition.path) for condition in conditions(clause.filter)}
    by_payload = first.discriminator is not None and bool(first.discriminator.field)
    return () if path in asked or (by_payload and "$or" in clause.filter) else path


def untold_by_field(traffic: Traffic, clause: Clause) -> tuple[str, tuple[Message, ...]]:
    """Return what to write for the types of a clause to be told, and the messages that lack it."""
    first = next(iter(clause.order), None)
    path = () if first is None else first.told_by
    everybody = dict.fromkeys(_rivals(traffic, clause)) if path else {}
    if first is None or first.discriminator is None or not first.discriminator.field:
        said = "the envelope that tells it: `envelope: cloudevents`"
    else:
        field = ".".join(first.discriminator.field)
        said = f"the same field for it: `discriminator: {{field: {field}}}`"
    return said, tuple(m for m in everybody if m.told_by != path)


def _rivals(traffic: Traffic, clause: Clause) -> tuple[Message, ...]:
    """Return the messages from which a clause's types have to be told.

    Bare payloads are no rivals of CloudEvents: they have no `specversion`.
    """
    if all(m.envelope is not None and m.told_by == ("type",) for m in clause.order):
        others = tuple(m for m in traffic.messages if m.envelope is not None)
        return (*clause.order, *others)
    return (*clause.order, *traffic.messages)


def narrowed(filter_: dict[str, Any], path: tuple[str, ...], types: list[str]) -> dict[str, Any]:
    """Return a filter about what is sent that asks for the types in a field of it, too."""
    first, *rest = path
    if not rest:
        return {first: types, **filter_}
    below = filter_.get(first)
    inner = below if isinstance(below, dict) else {}
    return {**filter_, first: narrowed(inner, tuple(rest), types)}


def is_promised(clause: Clause, traffic: Traffic) -> bool:
    """Whether all that a clause asks for comes as an attribute from whoever publishes."""
    messages = clause.order or traffic.messages
    told = clause.everything or all(_told_in(message) for message in messages)
    return told and all(
        condition.path in message.promised or _is_foreign(condition.path, message)
        for condition in conditions(clause.filter)
        for message in messages
    )


def foreign_in(clause: Clause) -> str | None:
    """Return an attribute that a filter names and that isn't in the payload."""
    for condition in conditions(clause.filter):
        if any(_is_foreign(condition.path, message) for message in clause.order):
            return condition.name
    return None


def _is_foreign(path: tuple[str, ...], message: Message) -> bool:
    name = ".".join(path)
    return any(each.name == name for each in message.foreign)
