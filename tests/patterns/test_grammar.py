"""What the cases under tests/cases/patterns don't show: dialects, sizes, and what is fine."""

from __future__ import annotations

import pytest

from msgc.patterns import (
    DETAIL_FILTER,
    EVENT_PATTERN,
    LAMBDA_FILTER,
    PIPE_FILTER,
    SNS_ATTRIBUTES,
    SNS_BODY,
    SNS_FILTER,
    Dialect,
    check_pattern,
)
from msgc.patterns.grammar import size
from msgc.syntax import load
from tests.files import Memory


def _names(text: str, dialect: Dialect) -> list[str]:
    document = load("pattern.yaml", Memory({"pattern.yaml": f"pattern: {text}\n"})).value
    assert document is not None
    node = document.root.get("pattern")
    assert node is not None
    return [diagnostic.code.name for diagnostic in check_pattern(node, dialect)]


@pytest.mark.parametrize(
    "text",
    [
        "{a: [x, 1, 1.5, true, false, null]}",
        "{a: {b: {c: [x]}}}",
        "{a.b: [x]}",
        "{a: [{prefix: ''}, {suffix: ''}, {prefix: {equals-ignore-case: X}}]}",
        "{a: [{equals-ignore-case: X}, {wildcard: '*/x/*'}, {wildcard: ''}]}",
        "{a: [{wildcard: 'a\\*b'}]}",
        "{a: [{numeric: ['=', 1]}, {numeric: ['>', 0, '<=', 10]}, {numeric: ['<', -1.5e3]}]}",
        "{a: [{cidr: 10.0.0.0/8}, {cidr: '2001:db8::/32'}, {cidr: 10.0.0.7/24}]}",
        "{a: [{exists: true}], b: [{exists: false}]}",
        "{a: [{anything-but: x}, {anything-but: [x, y]}, {anything-but: 1}]}",
        "{a: [{anything-but: {prefix: [x, y]}}, {anything-but: {equals-ignore-case: x}}]}",
        "{$or: [{a: [x]}, {b: {$or: [{c: [y]}, {d: [z]}]}}]}",
        "{prefix: [x], numeric: [1], exists: [true]}",
        "{detail: {numeric: {prefix: [a]}}}",
    ],
)
def test_a_good_pattern(text: str) -> None:
    assert _names(text, DETAIL_FILTER) == []


@pytest.mark.parametrize(
    ("text", "dialect", "names"),
    [
        ("{a: {b: [x]}}", SNS_ATTRIBUTES, ["nested-attribute"]),
        ("{a.b: [x]}", SNS_ATTRIBUTES, []),
        ("{a: [{anything-but: [x, 1]}]}", SNS_BODY, []),
        ("{a: [{anything-but: [x, 1]}]}", DETAIL_FILTER, ["wrong-operand"]),
        ("{a: [{cidr: 10.0.0.1}]}", SNS_BODY, []),
        ("{a: [{wildcard: '*a*b*c*'}]}", SNS_FILTER, ["recent-operator", "bad-wildcard"]),
        ("{a: [1], b: [1], c: [1], d: [1], e: [1], f: [1]}", SNS_BODY, ["too-many-keys"]),
        ("{a: [1], b: [1], c: [1], d: [1], e: [1], f: [1]}", SNS_FILTER, []),
        ("{a: [{cidr: 10.0.0.0/8}]}", LAMBDA_FILTER, []),
        ("{a: [{wildcard: 'x*'}]}", LAMBDA_FILTER, ["recent-operator"]),
        ("{a: [{anything-but: {suffix: x}}]}", LAMBDA_FILTER, ["operator-not-here"]),
        ("{a: [{anything-but: {prefix: x}}, {suffix: y}]}", LAMBDA_FILTER, []),
        ("{a: [{wildcard: 'x*'}, {anything-but: {prefix: x}}]}", PIPE_FILTER,
         ["operator-not-here", "operator-not-here"]),
        ("{a: [{prefix: {equals-ignore-case: x}}, {cidr: 10.0.0.0/8}]}", PIPE_FILTER, []),
        ("{a: [{exactly: x}]}", DETAIL_FILTER, ["unknown-operator"]),
        ("{$or: {a: [x]}}", DETAIL_FILTER, ["bad-or"]),
        ("{a: [{cidr: 10.0.0.1/32}]}", SNS_BODY, ["bad-network"]),
        ("{a: [{anything-but: {prefix: [x]}}]}", LAMBDA_FILTER, ["wrong-operand"]),
        ("{source: [1], detail: {total: [1]}}", EVENT_PATTERN, ["event-field-is-text"]),
        ("{$or: [{account: [null]}, {source: [x]}]}", EVENT_PATTERN, ["event-field-is-text"]),
        ("[a]", DETAIL_FILTER, ["empty-pattern"]),
        ("a", DETAIL_FILTER, ["empty-pattern"]),
        ("{}", DETAIL_FILTER, ["empty-pattern"]),
        ("{a: {exists: true}}", DETAIL_FILTER, ["value-not-in-list"]),
        ("{a: {anything-but: [x]}}", DETAIL_FILTER, ["value-not-in-list"]),
        ("{a: {b: x}}", DETAIL_FILTER, ["value-not-in-list"]),
        ("{a: [x], $or: [{a: [y]}, {b: [z]}]}", DETAIL_FILTER, ["replaced-field"]),
        ("{d: {a: [x]}, $or: [{d: {a: [y]}}, {b: [z]}]}", DETAIL_FILTER, ["replaced-field"]),
    ],
)  # fmt: skip
def test_a_dialect(text: str, dialect: Dialect, names: list[str]) -> None:
    assert _names(text, dialect) == names


def test_everything_is_reported_at_once() -> None:
    assert _names("{a: x, b: [], c: [{prefix: 1}, [y]], $or: []}", DETAIL_FILTER) == [
        "value-not-in-list",
        "empty-list-of-values",
        "wrong-operand",
        "not-a-value",
        "bad-or",
    ]


def test_a_thousand_alternatives() -> None:
    ten = "[" + ", ".join(f"{{a{i}: [x]}}" for i in range(10)) + "]"
    three = f"{{k: {{$or: {ten}}}, l: {{$or: {ten}}}, m: {{$or: {ten}}}"
    assert _names(f"{three}}}", DETAIL_FILTER) == []
    assert _names(f"{three}, $or: [{{x: [1]}}, {{y: [1]}}]}}", DETAIL_FILTER) == [
        "too-many-combinations"
    ]


def test_combinations_multiply_by_depth_and_add_up_in_or() -> None:
    assert size.combinations({"a": [1, 2, 3], "b": [1, 2]}) == 6
    assert size.combinations({"a": {"b": [1, 2]}}) == 4
    assert size.combinations({"a": [1, 2], "$or": [{"b": [1, 2, 3]}, {"c": [1]}]}) == 8
    assert size.combinations({"a": {"$or": [{"b": [1]}, {"c": {"d": [1, 2]}}]}}) == 8


def test_alternatives_multiply() -> None:
    two = [{"a": [1]}, {"b": [1]}]
    assert size.alternatives({"a": [1, 2]}) == 1
    assert size.alternatives({"$or": two, "c": {"$or": two}}) == 4
    assert size.alternatives({"$or": [{"$or": two}, {"c": [1]}]}) == 3


def test_keys_and_fields_count_once() -> None:
    policy = {"$or": [{"a": [1], "b": {"c": [1], "d": [1]}}, {"a": [2]}]}
    assert size.top_keys(policy) == ("a", "b")
    assert size.field_names(policy) == ("a", "b.c", "b.d")
