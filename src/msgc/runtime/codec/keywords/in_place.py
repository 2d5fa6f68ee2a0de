"""Keywords that apply schemas to the same value: `allOf`, `anyOf`, `oneOf`, `not`, `if`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..checks import Place
from .scope import Findings, Make, Marks, Rule, Scope, every, fits


def _ref(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return scope.named(value)


def _all_of(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    return every([scope.rule(below) for below in value])


def _any_of(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    options = [scope.rule(below) for below in value]

    def rule(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        if marks is None:
            right = any(fits(option, value, place, found) for option in options)
        else:  # each that fits says what it looked at
            right = (
                sum([fits(option, value, place, found, marks) for option in options])
                > 0
            )
        if not right:
            found.append((place, "fits none of the schemas of `anyOf`"))

    return rule


def _one_of(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    options = [scope.rule(below) for below in value]

    def rule(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        count = sum([fits(option, value, place, found, marks) for option in options])
        if count != 1:
            some = f"{count} of" if count else "none of"
            message = f"fits {some} the schemas of `oneOf`, expected one"
            found.append((place, message))

    return rule


def _not(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    forbidden = scope.rule(value)

    def rule(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        if fits(forbidden, value, place, found):
            found.append((place, "is what `not` forbids"))

    return rule


def _if(value: Any, schema: Mapping[str, Any], scope: Scope) -> Rule:
    condition = scope.rule(value)
    then, otherwise = (scope.rule(schema.get(word, True)) for word in ("then", "else"))

    def rule(value: Any, place: Place, found: Findings, marks: Marks) -> None:
        branch = then if fits(condition, value, place, found, marks) else otherwise
        branch(value, place, found, marks)

    return rule


KEYWORDS: dict[str, Make] = {
    "$ref": _ref,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
}
