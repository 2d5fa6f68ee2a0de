"""*Never* and *always* are certain: no valid payload says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from msgc.patterns.satisfiability import PayloadValues, satisfiability
from msgc.patterns.satisfiability.disjoint import can_both_match
from msgc.payloads import violations
from msgc.payloads.model import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    Field,
    MapShape,
    NullShape,
    NumberShape,
    ObjectShape,
    Shape,
    StringShape,
    UnionShape,
)
from msgc.runtime.matching.matching import Pattern, matches
from msgc.source import Source, Span

pytestmark = pytest.mark.once

SPAN = Span(Source("schema.json", ""), 0, 0)
NAMES = ("a", "b", "c.d")
TEXTS = ("", "x", "xy", "y", "abc", "ABC", "::1", "0:0::1", "2026-01-01", "b-1", "b-1x")
NUMBERS = (-1, 0, 1, 1.5, 2, 2.0, 3, 10)

Payloads = Callable[[Random], Any]
Case = tuple[Shape, Payloads]
"""A shape, and payloads for it: most of them valid."""


def _any_of(values: tuple[Any, ...]) -> Payloads:
    return lambda chance: chance.choice(values)


def _text(shape: StringShape) -> Case:
    return shape, _any_of(shape.enum or TEXTS)


def _number(shape: NumberShape) -> Case:
    return shape, _any_of(shape.enum or NUMBERS)


SCALARS: tuple[Case, ...] = (
    _text(StringShape()),
    _text(StringShape(max_length=2)),
    _text(StringShape(min_length=2, max_length=3)),
    _text(StringShape(pattern=r"^b-[0-9]+\Z")),
    _text(StringShape(pattern=r"^ab+c")),
    _text(StringShape(format="date")),
    _text(StringShape(enum=("x", "xy"))),
    _text(StringShape(enum=("x",))),
    _number(NumberShape()),
    _number(NumberShape(integer=True)),
    _number(NumberShape(minimum=1, exclusive_maximum=3)),
    _number(NumberShape(integer=True, exclusive_minimum=0, maximum=2)),
    _number(NumberShape(integer=True, minimum=2, maximum=2)),
    _number(NumberShape(multiple_of=2)),
    _number(NumberShape(enum=(1, 1.5))),
    (BooleanShape(), _any_of((True, False))),
    (BooleanShape(const=True), _any_of((True,))),
    (NullShape(), _any_of((None,))),
    (AnyShape(), _any_of(("x", 1, None, True, [], {}, {"a": "x"}, [{"b": 1}]))),
)


def _some(names: tuple[str, ...], values: Payloads, chance: Random) -> dict[str, Any]:
    """Up to two names, each with a value."""
    return {name: values(chance) for name in chance.sample(names, chance.randint(0, 2))}


def _array(chance: Random, depth: int) -> Case:
    items, payloads = _shape(chance, depth)
    least = chance.choice((None, 0, 1))
    shape = ArrayShape(items=items, min_items=least)
    return shape, lambda chance: [payloads(chance) for _ in range(chance.randint(least or 0, 2))]


def _map(chance: Random, depth: int) -> Case:
    values, payloads = _shape(chance, depth)
    return MapShape(values=values), lambda chance: _some(NAMES, payloads, chance)


_classes = iter(range(10**9))


def _object(chance: Random, depth: int) -> Case:
    fields: list[Field] = []
    known: dict[str, tuple[Payloads, bool]] = {}
    for wire in chance.sample(NAMES, chance.randint(0, 3)):
        shape, payloads = _shape(chance, depth)
        required = chance.random() < 0.5
        known[wire] = payloads, required
        python = wire.replace(".", "_")
        fields.append(Field(wire=wire, python=python, shape=shape, required=required, span=SPAN))
    closed, rest = chance.choice(((True, False), (False, False), (False, True)))
    others: Payloads = _any_of(({},))
    field = None
    if rest:
        shape, values = _shape(chance, depth)
        field = Field(
            wire="", python="rest", shape=MapShape(values=shape), required=True, span=SPAN
        )
        others = partial(_some, ("b", "c", "c.d"), values)
    elif not closed:  # a name with dots that no schema has isn't reckoned with
        others = partial(_some, ("a", "b", "c", "d"), _any_of(("x", 1, {"d": "x"}, [{"d": 1}])))
    made = ObjectShape(
        name=f"C{next(_classes)}", fields=tuple(fields), closed=closed, rest=field, span=SPAN
    )

    def payload(chance: Random) -> Any:
        ours = {
            wire: payloads(chance)
            for wire, (payloads, required) in known.items()
            if required or chance.random() < 0.5
        }
        return {**others(chance), **ours}

    return made, payload


def _union(chance: Random, depth: int) -> Case:
    options = [_shape(chance, depth) for _ in range(2)]
    shapes = tuple(shape for shape, _ in options)
    return UnionShape(options=shapes), lambda chance: chance.choice(options)[1](chance)


def _shape(chance: Random, depth: int) -> Case:
    if depth == 0 or chance.random() < 0.5:
        return chance.choice(SCALARS)
    return chance.choice((_array, _map, _object, _union))(chance, depth - 1)


WORDS = ("", "x", "xy", "b", "b-", "abcd", "ABC", "zzz")
WILDCARDS = ("*", "x*", "*y", "a*c", "b-*", "xyz*w", "x", "q*")
BOUNDS = (-1, 0, 0.5, 1, 2, 2.5, 3)
OF_TEXT = ("prefix", "suffix", "equals-ignore-case")


def _between(chance: Random) -> Any:
    pair = chance.choices(BOUNDS, k=2)
    return {"numeric": [">=", min(pair), "<", max(pair) + 1]}


MATCHERS: tuple[Callable[[Random], Any], ...] = (
    _any_of((*TEXTS, *NUMBERS, True, False, None)),
    lambda chance: {"exists": chance.random() < 0.5},
    lambda chance: {chance.choice(OF_TEXT): chance.choice(WORDS)},
    lambda chance: {"prefix": {"equals-ignore-case": chance.choice(WORDS)}},
    lambda chance: {"wildcard": chance.choice(WILDCARDS)},
    lambda chance: {"numeric": [chance.choice(("=", "<", "<=", ">", ">=")), chance.choice(BOUNDS)]},
    _between,
    lambda _: {"cidr": "::/64"},
    lambda chance: {"anything-but": chance.choices(TEXTS, k=chance.randint(1, 2))},
    lambda chance: {"anything-but": chance.choice(NUMBERS)},
    lambda chance: {"anything-but": {chance.choice(OF_TEXT): [chance.choice(WORDS[1:])]}},
)
FIELDS = ("a", "b", "c", "d", "a.b", "c.d", "b.a", "c.d.a", "a.b.c")


def _clauses(chance: Random) -> dict[str, Any]:
    return {
        field: [chance.choice(MATCHERS)(chance) for _ in range(chance.randint(1, 3))]
        for field in chance.sample(FIELDS, chance.randint(1, 3))
    }


def _pattern(chance: Random) -> dict[str, Any]:
    pattern = _clauses(chance)
    if chance.random() < 0.5:
        pattern["$or"] = [_clauses(chance) for _ in range(2)]
    return pattern


# Choices that hypothesis itself draws, one by one, take ten times as long.
CHANCES = st.integers(0, 2**64).map(Random)
PATTERNS = CHANCES.map(_pattern)


@settings(deadline=None, max_examples=2000)
@given(CHANCES)
def test_what_is_certain_is_true(chance: Random) -> None:
    shape, payloads = _object(chance, 2)
    assert isinstance(shape, ObjectShape)
    pattern = _pattern(chance)
    verdict = satisfiability(pattern, shape).verdict
    assume(verdict != "possible")
    for _ in range(3):
        payload = payloads(chance)
        if not violations(shape, payload):
            assert matches(pattern, payload) is (verdict == "always"), (shape, pattern, payload)


@settings(deadline=None, max_examples=2000)
@given(CHANCES)
def test_what_two_patterns_never_take_both_none_is_taken_by_both(chance: Random) -> None:
    shape, payloads = _object(chance, 2)
    assert isinstance(shape, ObjectShape)
    one, other = _pattern(chance), _pattern(chance)
    assume(not can_both_match(Pattern(one), Pattern(other), PayloadValues(shape)))
    for _ in range(5):
        payload = payloads(chance)
        if not violations(shape, payload):
            both = matches(one, payload) and matches(other, payload)
            assert not both, (shape, one, other, payload)
