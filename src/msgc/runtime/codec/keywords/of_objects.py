"""Keywords about objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..checks import Place, a_dict, lengths
from ..patterns.engines import pattern_of
from .scope import Findings, Make, Marks, Rule, Scope, fits, simple


def _entries(rule: Callable[[dict[str, Any], Place, Findings, Marks], None]) -> Rule:
    def guarded(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        if isinstance(value, a_dict):
            rule(value, place, found, marks)

    return guarded


def _properties(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    rules = {name: scope.rule(below) for name, below in value.items()}

    def rule(
        value: dict[str, Any], place: Place, found: Findings, marks: Marks
    ) -> None:
        for name, each in rules.items():
            if name in value:
                each(value[name], (place, name), found, None)
                if marks is not None:
                    marks.add(name)

    return _entries(rule)


def _pattern_properties(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    rules = [
        (pattern_of(text).found, scope.rule(below)) for text, below in value.items()
    ]

    def rule(
        value: dict[str, Any], place: Place, found: Findings, marks: Marks
    ) -> None:
        for name, below in value.items():
            for matches, each in rules:
                if matches(name):
                    each(below, (place, name), found, None)
                    if marks is not None:
                        marks.add(name)

    return _entries(rule)


def _additional_properties(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    known = frozenset(schema.get("properties", ()))
    patterns = [pattern_of(text).found for text in schema.get("patternProperties", ())]
    others = scope.rule(value)

    def rule(
        value: dict[str, Any], place: Place, found: Findings, marks: Marks
    ) -> None:
        for name, below in value.items():
            if name in known or any(matches(name) for matches in patterns):
                continue
            others(below, (place, name), found, None)
            if marks is not None:
                marks.add(name)

    return _entries(rule)


def _unevaluated_properties(
    value: Any, schema: Mapping[str, Any], scope: Scope
) -> Rule:
    others = scope.rule(value)

    def rule(
        value: dict[str, Any], place: Place, found: Findings, marks: Marks
    ) -> None:
        seen = marks if marks is not None else set[Any]()
        for name, below in value.items():
            if name not in seen:
                others(below, (place, name), found, None)
                seen.add(name)

    return _entries(rule)


def _property_names(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    names = scope.rule(value)

    def rule(
        value: dict[str, Any], place: Place, found: Findings, marks: Marks
    ) -> None:
        for name in value:
            if not fits(names, name, place, found):
                found.append(((place, name), "isn't an allowed name of a property"))

    return _entries(rule)


def _required(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    names: list[str] = value

    def rule(
        value: dict[str, Any], place: Place, found: Findings, marks: Marks
    ) -> None:
        for name in names:
            if name not in value:
                found.append(((place, name), "is required"))

    return _entries(rule)


def _dependent_required(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    needs: dict[str, list[str]] = value

    def rule(
        value: dict[str, Any], place: Place, found: Findings, marks: Marks
    ) -> None:
        for name, others in needs.items():
            for other in others if name in value else ():
                if other not in value:
                    found.append(((place, other), f"is required beside {name}"))

    return _entries(rule)


def _dependent_schemas(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    rules = {name: scope.rule(below) for name, below in value.items()}

    def rule(
        value: dict[str, Any], place: Place, found: Findings, marks: Marks
    ) -> None:
        for name, each in rules.items():
            if name in value:
                each(value, place, found, marks)

    return _entries(rule)


def _min_properties(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _counting(value, None)


def _max_properties(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return _counting(None, value)


def _counting(least: int | None, most: int | None) -> Rule:
    ((holds, message),) = lengths(least, most, "properties")
    return simple(holds, a_dict, message)


KEYWORDS: dict[str, Make] = {
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "unevaluatedProperties": _unevaluated_properties,
    "propertyNames": _property_names,
    "required": _required,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _dependent_schemas,
    "minProperties": _min_properties,
    "maxProperties": _max_properties,
}
