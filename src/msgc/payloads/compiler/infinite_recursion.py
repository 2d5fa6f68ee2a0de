"""Infinite recursion: classes that need an instance of themselves, and so on without end."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from msgc.payloads.codes import REF_LOOP
from msgc.payloads.context import Context
from msgc.payloads.model import (
    ArrayShape,
    Field,
    MapShape,
    ObjectShape,
    RefShape,
    Shape,
    UnionShape,
)


def say_if_endless(context: Context) -> None:
    """Look at all classes of a message, if one of its schemas leads back to itself."""
    found = _endless(context.classes.values())
    if found is not None:
        cls, field = found
        message = f"`{cls.name}` has no end: each needs another one in `{field.wire}`"
        help_ = f"leave `{field.wire}` out of `required`, or let it be null or an empty list"
        context.say(REF_LOOP, field.span, message, help=help_)


def _endless(classes: Iterable[ObjectShape]) -> tuple[ObjectShape, Field] | None:
    """Return the first class that no finite value is of, and the property that has no end."""
    waiting = list(classes)
    finite: set[str] = set()
    while waiting:
        still = [cls for cls in waiting if _without_end(cls, finite) is not None]
        if len(still) == len(waiting):
            field = _without_end(waiting[0], finite)
            return None if field is None else (waiting[0], field)
        finite |= {cls.name for cls in waiting} - {cls.name for cls in still}
        waiting = still
    return None


def _without_end(cls: ObjectShape, finite: AbstractSet[str]) -> Field | None:
    needed = (field for field in cls.fields if field.required)
    return next((field for field in needed if not _ends(field.shape, finite)), None)


def _ends(shape: Shape, finite: AbstractSet[str]) -> bool:
    match shape:
        case ObjectShape() | RefShape():
            return shape.name in finite
        case ArrayShape():
            return not shape.min_items or _ends(shape.items, finite)
        case MapShape():
            return not shape.min_properties or _ends(shape.values, finite)
        case UnionShape():
            return any(_ends(option, finite) for option in shape.options)
        case _:
            return True
