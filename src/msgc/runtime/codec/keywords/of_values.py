"""Keywords about values of every type, strings and numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from .. import multiples
from ..checks import (
    Place,
    a_dict,
    a_list,
    kind_of,
    lengths,
    one_of,
)
from ..formats import format_of
from ..numeric import bounds
from ..patterns.engines import pattern_of
from ..unique import canonical
from .scope import Findings, Make, Marks, Rule, Scope, simple


def _is_integer(value: Any) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "string": ("a string", lambda value: isinstance(value, str)),
    "number": ("a number", _is_number),
    "integer": ("an integer", _is_integer),
    "boolean": ("a boolean", lambda value: isinstance(value, bool)),
    "null": ("null", lambda value: value is None),
    "array": ("an array", lambda value: isinstance(value, a_list)),
    "object": ("an object", lambda value: isinstance(value, a_dict)),
}


def _type(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    names: list[str] = [value] if isinstance(value, str) else value
    tests = [_TYPES[name][1] for name in names]
    expected = "expected " + one_of(_TYPES[name][0] for name in names)

    def rule(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        if not any(test(value) for test in tests):
            found.append((place, f"{expected}, got {kind_of(value)}"))

    return rule


def _enum(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    values: list[Any] = value
    table = {canonical(each) for each in values}
    message = "expected " + one_of(json.dumps(each) for each in values)

    def rule(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        if canonical(value) not in table:
            found.append((place, message))

    return rule


def _const(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _enum([value], schema, scope)


def _min_length(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _counting(value, None)


def _max_length(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _counting(None, value)


def _counting(least: int | None, most: int | None) -> Rule:
    ((holds, message),) = lengths(least, most, "characters")
    return simple(holds, str, message)


def _pattern(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    pattern = pattern_of(value, schema.get("maxLength"))
    return simple(pattern.found, str, pattern.problem)


def _format(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    read = format_of(value).read

    def holds(text: str) -> bool:
        try:
            read(text)
        except (ValueError, OverflowError):
            return False
        return True

    return simple(holds, str, f"is no {value}")


def _multiple_of(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    holds, message = multiples.unit(value)
    return simple(holds, (int, float), message)


def _bound(position: int) -> Make:
    def make(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
        given: list[Any] = [None] * 4
        given[position] = value
        ((holds, message),) = bounds(*given)
        return simple(holds, (int, float), message)

    return make


KEYWORDS: dict[str, Make] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minLength": _min_length,
    "maxLength": _max_length,
    "pattern": _pattern,
    "format": _format,
    "minimum": _bound(0),
    "maximum": _bound(1),
    "exclusiveMinimum": _bound(2),
    "exclusiveMaximum": _bound(3),
    "multipleOf": _multiple_of,
}
