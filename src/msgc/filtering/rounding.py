"""Find bounds in filters on which a payload's number and its rounded attribute disagree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgc.diagnostics import Diagnostic
from msgc.filtering import codes
from msgc.filtering.conditions import Condition, conditions, leaf
from msgc.filtering.traffic import Clause
from msgc.payloads.model import NumberShape, Shape, UnionShape
from msgc.runtime.publishing.fields import DECIMALS, LARGEST, rounded
from msgc.topology.messages import Message

_HALF = 0.5 / 10**DECIMALS
_Path = tuple[str | int, ...]


def rounding(clause: Clause, messages: tuple[Message, ...]) -> Iterator[Diagnostic]:
    """Yield a finding for each bound that may lie between a number and its rounded attribute."""
    edge = clause.edges[0]
    for condition in conditions(clause.filter):
        for path, bound in _bounds(condition):
            place = edge.place("filter", *condition.written, *path)
            limit = next((m for m in messages if _is_clamped(m, condition, bound)), None)
            if limit is not None:
                yield codes.BOUND_AT_LIMIT.at(
                    place,
                    f"`{condition.name}` of `{limit.name}` may be beyond {'-' * (bound < 0)}10⁹, "
                    "and the attribute that the filter sees is this then",
                    help="write `filter_on: body`, or a bound nearer to 0",
                )
                continue
            for message in messages:
                why = _rounded_to(message, condition, bound)
                if why is not None:
                    yield codes.ROUNDED_BOUND.at(
                        place,
                        f"attributes have {DECIMALS} decimals: {why}",
                        help="write `filter_on: body`, which compares the number itself",
                    )
                    break


def _bounds(condition: Condition) -> Iterator[tuple[_Path, int | float]]:
    """Yield the numbers that a field is compared with, each with its place in the list."""
    waiting: list[tuple[_Path, Any]] = [((), list(condition.matchers))]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict | list):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += [((*path, key), below) for key, below in items][::-1]
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield path, value


def _numbers(message: Message, condition: Condition) -> NumberShape | None:
    """Return the shape of a field that may be a number."""
    found = leaf(message, condition.path)
    shape: Shape | None = None if found is None else found.shape
    if isinstance(shape, UnionShape):
        return next((o for o in shape.options if isinstance(o, NumberShape)), None)
    return shape if isinstance(shape, NumberShape) else None


def _is_clamped(message: Message, condition: Condition, bound: float) -> bool:
    """Whether a bound is a limit of what attributes carry, and the field may be beyond it."""
    shape = _numbers(message, condition)
    if shape is None or abs(bound) != LARGEST:
        return False
    if shape.enum is not None:
        return any(value > bound if bound > 0 else value < bound for value in shape.enum)
    if bound > 0:
        highest = (shape.maximum, shape.exclusive_maximum)
        return not any(most is not None and most <= bound for most in highest)
    lowest = (shape.minimum, shape.exclusive_minimum)
    return not any(least is not None and least >= bound for least in lowest)


def _rounded_to(message: Message, condition: Condition, bound: float) -> str | None:
    """Return why some number isn't on the side of a bound that its attribute is on."""
    shape = _numbers(message, condition)
    if shape is None:
        return None
    unit = shape.multiple_of
    if unit is not None and not shape.integer and unit != round(unit, DECIMALS):
        name = f"`{condition.name}` of `{message.name}`"
        return f"{name} has more, as its `multipleOf` says, and may be taken for this bound"
    known = (*(shape.enum or ()), *_in_examples(message, condition.path))
    for value in known:
        if abs(value - bound) <= _HALF and rounded(value) != value:
            return f"{value}, a value of `{message.name}`, becomes {rounded(value):g} in one"
    return None


def _in_examples(message: Message, path: tuple[str, ...]) -> Iterator[int | float]:
    """Yield the numbers that a field has in the message's examples."""
    for example in message.examples:
        value: Any = example
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield value
