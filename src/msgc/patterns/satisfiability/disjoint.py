"""Whether two patterns can match one payload."""

from __future__ import annotations

from itertools import product
from typing import Any

from msgc.patterns.at_deploy import is_open
from msgc.patterns.satisfiability import PayloadValues, joint_verdict
from msgc.patterns.satisfiability.field_values import FieldValues
from msgc.patterns.satisfiability.matcher_verdicts import few_values, ranges_meet
from msgc.runtime.matching.addresses import address_of
from msgc.runtime.matching.clauses import Clause
from msgc.runtime.matching.matchers import excluded_by
from msgc.runtime.matching.matching import Pattern

_COMPARED = 10_000
"""Pairs of alternatives; of more, it isn't known."""


def can_both_match(one: Pattern, other: Pattern, payload: PayloadValues) -> bool:
    """Return whether a payload may match both patterns; False is certain."""
    pairs = len(one.alternatives) * len(other.alternatives)
    return pairs > _COMPARED or any(
        _meet(clauses, others, payload)
        for clauses, others in product(one.alternatives, other.alternatives)
    )


def _meet(clauses: tuple[Clause, ...], others: tuple[Clause, ...], payload: PayloadValues) -> bool:
    if (
        joint_verdict(clauses, payload)[0] == "never"
        or joint_verdict(others, payload)[0] == "never"
    ):
        return False
    return not any(
        clause.name == other.name and _exclude(clause, other, payload.of(clause.name))
        for clause, other in product(clauses, others)
    )


def _exclude(clause: Clause, other: Clause, field: FieldValues) -> bool:
    """Whether no payload has a value that both clauses accept, and both have to be of one value."""
    if field.several or field.anything or (field.absent and clause.absent and other.absent):
        return False
    if any(map(is_open, (*clause.matchers, *other.matchers))):
        return False
    for leaf in field.leaves:
        values = few_values(leaf)
        if values is None:
            if any(_overlap(*pair) for pair in product(clause.matchers, other.matchers)):
                return False
        elif any(clause.accepts(value) and other.accepts(value) for value in values):
            return False
    return True


def _overlap(one: Any, other: Any) -> bool:
    """Whether two matchers may accept the same value of a schema that doesn't list them."""
    if {"exists": False} in (one, other):
        return False  # which is about no value
    for literal, matcher in ((one, other), (other, one)):
        if not isinstance(literal, dict):
            has_spellings = isinstance(literal, str) and address_of(literal) is not None
            return has_spellings or Clause("", [matcher], ()).accepts(literal)
    return _operators_overlap(one, other)


def _operators_overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    name, operand = next(iter(one.items()))
    other_name, other_operand = next(iter(other.items()))
    if name == "anything-but" and other in excluded_by(operand):
        return False
    if other_name == "anything-but" and one in excluded_by(other_operand):
        return False
    if name != other_name:
        return True
    if name == "numeric":
        return ranges_meet(operand, other_operand)
    if name in _ENDS and isinstance(operand, str) and isinstance(other_operand, str):
        quoted = '"' in operand + other_operand  # may be the quotes that JSON has around a text
        end = _ENDS[name]
        return quoted or end(operand, other_operand) or end(other_operand, operand)
    return True


_ENDS = {"prefix": str.startswith, "suffix": str.endswith}
