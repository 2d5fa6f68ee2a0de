"""Keywords about arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..checks import Place, a_list, bound, lengths
from ..unique import all_different
from .scope import Findings, Make, Marks, Rule, Scope, anything, fits, simple


def _elements(rule: Callable[[list[Any], Place, Findings, Marks], None]) -> Rule:
    def guarded(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        if isinstance(value, a_list):
            rule(value, place, found, marks)

    return guarded


def _items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    first = len(schema.get("prefixItems", ()))
    item = scope.rule(value)

    def rule(value: list[Any], place: Place, found: Findings, marks: Marks) -> None:
        for i in range(first, len(value)):
            item(value[i], (place, i), found, None)
            if marks is not None:
                marks.add(i)

    return _elements(rule)


def _prefix_items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    rules = [scope.rule(below) for below in value]

    def rule(value: list[Any], place: Place, found: Findings, marks: Marks) -> None:
        for i, (item, each) in enumerate(zip(value, rules, strict=False)):
            each(item, (place, i), found, None)
            if marks is not None:
                marks.add(i)

    return _elements(rule)


def _contains(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    least: int = schema.get("minContains", 1)
    most: int | None = schema.get("maxContains")
    wanted = scope.rule(value)

    def rule(value: list[Any], place: Place, found: Findings, marks: Marks) -> None:
        fitting = [
            i for i, item in enumerate(value) if fits(wanted, item, (place, i), found)
        ]
        if len(fitting) < least:
            word = bound("least", least, "items")
            found.append((place, f"{word} to fit `contains`"))
        if most is not None and len(fitting) > most:
            found.append((place, f"{bound('most', most, 'items')} to fit `contains`"))
        if marks is not None:
            marks.update(fitting)

    return _elements(rule)


def _unevaluated_items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    item = scope.rule(value)

    def rule(value: list[Any], place: Place, found: Findings, marks: Marks) -> None:
        seen = marks if marks is not None else set[Any]()
        for i, each in enumerate(value):
            if i not in seen:
                item(each, (place, i), found, None)
                seen.add(i)

    return _elements(rule)


def _min_items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _counting(value, None)


def _max_items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _counting(None, value)


def _counting(least: int | None, most: int | None) -> Rule:
    ((holds, message),) = lengths(least, most, "items")
    return simple(holds, a_list, message)


def _unique_items(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    if not value:
        return anything
    return simple(all_different, a_list, "expected items that are all different")


KEYWORDS: dict[str, Make] = {
    "items": _items,
    "prefixItems": _prefix_items,
    "contains": _contains,
    "unevaluatedItems": _unevaluated_items,
    "minItems": _min_items,
    "maxItems": _max_items,
    "uniqueItems": _unique_items,
}
