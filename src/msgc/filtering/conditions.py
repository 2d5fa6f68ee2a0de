"""The conditions of a filter, field by field, and whether message attributes can answer them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from msgc.payloads import FieldAt, field_at
from msgc.payloads.model import NumberShape
from msgc.record import Record
from msgc.runtime.publishing.fields import DECIMALS, LARGEST
from msgc.topology.messages import Message

TYPE_ATTRIBUTE = "message_type"
"""The attribute that carries a message's type."""
_LONGEST_NAME = 256
"""Characters: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html."""


class Condition(Record):
    """A field in a filter, and the matchers for it."""

    path: tuple[str, ...]
    """The payload's field; a dotted key is the same as keys inside one another."""
    written: tuple[str | int, ...]
    """Where it stands in the filter."""
    matchers: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The field's name as an attribute: `customer.tier`."""
        return ".".join(self.path)


def conditions(
    pattern: dict[str, Any],
    path: tuple[str, ...] = (),
    written: tuple[str | int, ...] = (),
) -> Iterator[Condition]:
    """Walk a filter and yield its conditions, in its order."""
    for key, value in pattern.items():
        here = (*written, key)
        if key == "$or" and isinstance(value, list):
            for i, branch in enumerate(value):
                yield from conditions(branch, path, (*here, i))
        elif isinstance(value, dict):
            yield from conditions(value, (*path, *key.split(".")), here)
        else:
            steps = (*path, *key.split("."))
            yield Condition(path=steps, written=here, matchers=tuple(value))


def flattened(
    pattern: dict[str, Any], prefix: str = "", into: dict[str, Any] | None = None
) -> dict[str, Any] | None:
    """Return a filter with dotted names for nested fields and texts for booleans.

    None if two parts of it would get one name: attributes are one level, so their `$or` is too.
    """
    flat = {} if into is None else into
    for key, value in pattern.items():
        if isinstance(value, dict):
            if flattened(value, f"{prefix}{key}.", flat) is None:
                return None
            continue
        name = key if key == "$or" else prefix + key
        if name in flat:
            return None
        if key == "$or":
            branches = [flattened(branch, prefix) for branch in value]
            if None in branches:
                return None
            flat[name] = branches
        else:
            flat[name] = [_text(matcher) for matcher in value]
    return flat


def _text(matcher: Any) -> Any:
    return ("true" if matcher else "false") if isinstance(matcher, bool) else matcher


def leaf(message: Message, path: tuple[str, ...]) -> FieldAt | None:
    """Return the field of a message's payload, or None when it has no such field."""
    return field_at(message.payload, path) or field_at(message.payload, (".".join(path),))


def attribute_type(found: FieldAt) -> Literal["String", "Number"]:
    """Return SNS's data type for a field; booleans go as text."""
    return "Number" if found.kinds == {"number"} else "String"


def obstacle(field: Condition, messages: tuple[Message, ...]) -> str | None:
    """Return why message attributes can't answer what a filter asks of a field; None: they can."""
    name = f"`{field.name}`"
    if field.name.lower() == TYPE_ATTRIBUTE:
        return f"{name} is the attribute that carries the type"
    if not _is_legal(field.name):
        return f"{name} is no legal name of an attribute"
    kinds: set[str] = set()
    for message in messages:
        found = leaf(message, field.path)
        if found is None:
            continue
        if (why := _not_carried(found)) is not None:
            return f"{name} {why}"
        kinds |= found.kinds
    if "boolean" in kinds and (len(kinds) > 1 or not all(map(_about_booleans, field.matchers))):
        return f"{name} is a boolean, which an attribute carries as text"
    for value in _scalars(field.matchers):
        if (why := _not_compared(value)) is not None:
            return f"{name} is compared with {why}"
    return None


def _is_legal(name: str) -> bool:
    """Whether a message attribute can have a name."""
    characters = name.isascii() and all(c.isalnum() or c in "_-." for c in name)
    dots = name.endswith(".") or ".." in name or name.lower().startswith((".", "aws.", "amazon."))
    return characters and not dots and 1 <= len(name) <= _LONGEST_NAME


def _not_carried(found: FieldAt) -> str | None:
    if found.in_array or "array" in found.kinds:
        return "is in a list" if found.in_array else "is a list"
    if "null" in found.kinds:
        return "may be null"
    if "object" in found.kinds:
        return "is an object"
    if len(found.kinds) != 1:
        return "is of several types"
    shape = found.shape
    if isinstance(shape, NumberShape):
        lowest = [b for b in (shape.minimum, shape.exclusive_minimum) if b is not None]
        highest = [b for b in (shape.maximum, shape.exclusive_maximum) if b is not None]
        if any(bound >= LARGEST for bound in lowest) or any(b <= -LARGEST for b in highest):
            return "is a number beyond ±10⁹"
    return None


def _about_booleans(matcher: Any) -> bool:
    return isinstance(matcher, bool) or (isinstance(matcher, dict) and "exists" in matcher)


def _scalars(values: Any) -> Iterator[Any]:
    if isinstance(values, dict):
        values = values.values()
    for value in values:
        if isinstance(value, dict | list | tuple):
            yield from _scalars(value)
        else:
            yield value


def _not_compared(value: Any) -> str | None:
    """Return why a value can't be compared with an attribute; None: it can."""
    if value is None:
        return "null"
    if isinstance(value, str) and ('"' in value or "\\" in value):
        return "a text with a quote or a backslash"  # SNS wants those escaped twice, in the message
    if isinstance(value, int | float) and (abs(value) > LARGEST or round(value, DECIMALS) != value):
        return "a number beyond ±10⁹ or with more than five decimals"
    return None
