"""Reasons why a filter can't match, or always does: what a schema says of a field, in words."""

from __future__ import annotations

import json
from typing import Any

from msgc.patterns.grammar.problem import written
from msgc.patterns.satisfiability.field_values import FieldValues, Leaf
from msgc.patterns.satisfiability.matcher_verdicts import values_of
from msgc.payloads.model import BooleanShape, NumberShape, StringShape
from msgc.runtime.matching.clauses import Clause

_LISTED = 5


def why_never(clause: Clause, field: FieldValues) -> str:
    """Say why a list of values never holds."""
    name = f"`{clause.name}`"
    if clause.absent and not field.absent:
        return f"{name} {kind(field)}, and always there"
    if field.leaves:
        return f"{name} {kind(field)}, never {asked(clause.matchers)}"
    if field.inside:
        inner, leaf = field.inside[0]
        return f"`{inner}` is {value_kind(leaf)}, and has nothing inside"
    if field.objects:
        return f"{name} is an object, and only values are compared"
    return f"there is no {name}"


def why_always(clause: Clause, field: FieldValues) -> str:
    """Say why a list of values always holds."""
    name = f"`{clause.name}`"
    if not field.leaves and not field.anything:
        return why_never(Clause(clause.name, [""], clause.path), field)
    return f"{name} {kind(field)}, always {asked(clause.matchers)}"


def asked(matchers: list[Any]) -> str:
    """Tell a list of values as it is written."""
    shown = [f"`{json.dumps(matcher, ensure_ascii=False)}`" for matcher in matchers[:_LISTED]]
    return " or ".join([*shown, "others"] if len(matchers) > _LISTED else shown)


def kind(field: FieldValues) -> str:
    """Say what stands under a name."""
    told = [value_kind(leaf) for leaf in field.leaves] or ["an object"] * field.objects
    return f"is {' or '.join(dict.fromkeys(told))}"


def value_kind(leaf: Leaf) -> str:
    """Say what the values of a shape are."""
    values = values_of(leaf)
    if isinstance(leaf, BooleanShape) and leaf.const is None:
        return "`true` or `false`"
    if values is not None:
        shown = [f"`{written(value)}`" for value in values[:_LISTED]]
        if len(values) > _LISTED:
            shown.append("others")
        return f"{'one of ' if len(values) > 1 else ''}{', '.join(shown)}"
    return _number(leaf) if isinstance(leaf, NumberShape) else _text(leaf)


def _number(leaf: NumberShape) -> str:
    limits = [
        f"{word} {bound}"
        for word, bound in (
            ("at least", leaf.minimum),
            ("more than", leaf.exclusive_minimum),
            ("at most", leaf.maximum),
            ("less than", leaf.exclusive_maximum),
        )
        if bound is not None
    ]
    if leaf.multiple_of is not None:
        limits.append(f"a multiple of {leaf.multiple_of}")
    what = "a whole number" if leaf.integer else "a number"
    return f"{what}, {' and '.join(limits)}" if limits else what


def _text(leaf: Any) -> str:
    if not isinstance(leaf, StringShape):
        return "a value"
    limits = []
    if leaf.min_length is not None:
        limits.append(f"at least {leaf.min_length} characters")
    if leaf.max_length is not None:
        limits.append(f"at most {leaf.max_length} characters")
    if leaf.format is not None:
        limits.append(f"format `{leaf.format}`")
    if leaf.pattern is not None:
        limits.append(f"pattern `{leaf.pattern}`")
    return f"a text ({', '.join(limits)})" if limits else "a text"
