"""Values that `Literal` can list, and enumerations, which have a name for them."""

from __future__ import annotations

from functools import lru_cache

from msgc.payloads.model import BooleanShape, NumberShape, Shape, StringShape

_MOST = 300
"""Values up to which `Literal` lists them: there are 249 countries."""


def _values(shape: StringShape | NumberShape) -> tuple[object, ...]:
    known = shape.known if isinstance(shape, StringShape) else None
    return shape.enum or known or ()


@lru_cache(maxsize=1000)
def choices_of(shape: Shape) -> tuple[str | int | bool, ...]:
    """Return what `Literal` can list: text, integers, one boolean."""
    if isinstance(shape, StringShape | NumberShape) and len(_values(shape)) > _MOST:
        return ()
    if isinstance(shape, StringShape) and (shape.enum or shape.known) is not None:
        return shape.enum or shape.known or ()
    if isinstance(shape, NumberShape) and shape.enum is not None and shape.integer:
        return tuple(int(value) for value in shape.enum)
    if isinstance(shape, BooleanShape) and shape.const is not None:
        return (shape.const,)
    return ()


def is_open(shape: Shape) -> bool:
    """Whether other texts may come, too."""
    return isinstance(shape, StringShape) and shape.known is not None


def is_enumeration(shape: Shape) -> bool:
    """Whether it has a name as well as values that can be listed."""
    return isinstance(shape, StringShape | NumberShape) and bool(shape.name and choices_of(shape))
