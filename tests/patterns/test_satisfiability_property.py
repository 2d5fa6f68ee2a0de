"""*Never* and *always* are certain: no valid payload says otherwise."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from msgc.patterns.disjoint import can_both_match
from msgc.patterns.satisfiability import Sights, satisfiability
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
from msgc.runtime.matching import Pattern, matches
from msgc.source import Source, Span

SPAN = Span(Source("schema.json", ""), 0, 0)
NAMES = ("a", "b", "c.d")
TEXTS = ("", "x", "xy", "y", "abc", "ABC", "::1", "0:0::1", "2026-01-01", "b-1", "b-1x")
NUMBERS = (-1, 0, 1, 1.5, 2, 2.0, 3, 10)

Case = tuple[Shape, "st.SearchStrategy[Any]"]
"""A shape, and payloads for it: most of them valid."""


def _text(shape: StringShape) -> Case:
    return shape, st.sampled_from(shape.enum or TEXTS)


def _number(shape: NumberShape) -> Case:
    return shape, st.sampled_from(shape.enum or NUMBERS)


SCALARS: st.SearchStrategy[Case] = st.one_of(
    st.sampled_from(
        [
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
            (BooleanShape(), st.booleans()),
            (BooleanShape(const=True), st.sampled_from([True])),
            (NullShape(), st.none()),
            (AnyShape(), st.sampled_from(["x", 1, None, True, [], {}, {"a": "x"}, [{"b": 1}]])),
        ]
    ),
)


@st.composite
def _arrays(draw: st.DrawFn, inner: st.SearchStrategy[Case]) -> Case:
    items, payloads = draw(inner)
    least = draw(st.sampled_from([None, 0, 1]))
    shape = ArrayShape(items=items, min_items=least)
    return shape, st.lists(payloads, min_size=least or 0, max_size=2)


@st.composite
def _maps(draw: st.DrawFn, inner: st.SearchStrategy[Case]) -> Case:
    values, payloads = draw(inner)
    return MapShape(values=values), st.dictionaries(st.sampled_from(NAMES), payloads, max_size=2)


_classes = iter(range(10**9))


@st.composite
def _objects(draw: st.DrawFn, inner: st.SearchStrategy[Case]) -> Case:
    fields: list[Field] = []
    needed: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for wire in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3)):
        shape, payloads = draw(inner)
        required = draw(st.booleans())
        (needed if required else optional)[wire] = payloads
        python = wire.replace(".", "_")
        fields.append(Field(wire=wire, python=python, shape=shape, required=required, span=SPAN))
    closed, rest = draw(st.sampled_from([(True, False), (False, False), (False, True)]))
    others: st.SearchStrategy[Any] = st.just({})
    field = None
    if rest:
        shape, values = draw(inner)
        field = Field(
            wire="", python="rest", shape=MapShape(values=shape), required=True, span=SPAN
        )
        others = st.dictionaries(st.sampled_from(["b", "c", "c.d"]), values, max_size=2)
    elif not closed:  # a name with dots that no schema has isn't reckoned with
        others = st.dictionaries(
            st.sampled_from(["a", "b", "c", "d"]),
            st.sampled_from(["x", 1, {"d": "x"}, [{"d": 1}]]),
            max_size=2,
        )
    made = ObjectShape(
        name=f"C{next(_classes)}", fields=tuple(fields), closed=closed, rest=field, span=SPAN
    )
    payloads = st.tuples(others, st.fixed_dictionaries(needed, optional=optional))
    return made, payloads.map(lambda parts: {**parts[0], **parts[1]})


@st.composite
def _unions(draw: st.DrawFn, inner: st.SearchStrategy[Case]) -> Case:
    options = draw(st.lists(inner, min_size=2, max_size=2))
    shapes = tuple(shape for shape, _ in options)
    return UnionShape(options=shapes), st.one_of(*(payloads for _, payloads in options))


SHAPES: st.SearchStrategy[Case] = st.recursive(
    SCALARS,
    lambda inner: _arrays(inner) | _maps(inner) | _objects(inner) | _unions(inner),
    max_leaves=5,
)
PAYLOADS = _objects(SHAPES)

WORDS = st.sampled_from(["", "x", "xy", "b", "b-", "abcd", "ABC", "zzz"])
BOUNDS = st.sampled_from([-1, 0, 0.5, 1, 2, 2.5, 3])
PLAIN = st.sampled_from([*TEXTS, *NUMBERS, True, False, None])
OF_TEXT = st.sampled_from(["prefix", "suffix", "equals-ignore-case"])
MATCHERS = st.one_of(
    PLAIN,
    st.booleans().map(lambda flag: {"exists": flag}),
    st.tuples(OF_TEXT, WORDS).map(lambda pair: {pair[0]: pair[1]}),
    WORDS.map(lambda word: {"prefix": {"equals-ignore-case": word}}),
    st.sampled_from(["*", "x*", "*y", "a*c", "b-*", "xyz*w", "x", "q*"]).map(
        lambda text: {"wildcard": text}
    ),
    st.tuples(st.sampled_from(["=", "<", "<=", ">", ">="]), BOUNDS).map(
        lambda pair: {"numeric": list(pair)}
    ),
    st.tuples(BOUNDS, BOUNDS).map(lambda pair: {"numeric": [">=", min(pair), "<", max(pair) + 1]}),
    st.just({"cidr": "::/64"}),
    st.lists(st.sampled_from(TEXTS), min_size=1, max_size=2).map(
        lambda texts: {"anything-but": texts}
    ),
    st.sampled_from(NUMBERS).map(lambda number: {"anything-but": number}),
    st.tuples(OF_TEXT, WORDS.filter(bool)).map(lambda pair: {"anything-but": {pair[0]: [pair[1]]}}),
)
FIELDS = st.sampled_from(["a", "b", "c", "d", "a.b", "c.d", "b.a", "c.d.a", "a.b.c"])
CLAUSES = st.dictionaries(
    FIELDS, st.lists(MATCHERS, min_size=1, max_size=3), min_size=1, max_size=3
)
PATTERNS = CLAUSES | st.tuples(CLAUSES, st.lists(CLAUSES, min_size=2, max_size=2)).map(
    lambda parts: {**parts[0], "$or": parts[1]}
)


@settings(deadline=None, max_examples=600)
@given(st.data(), PAYLOADS, PATTERNS)
def test_what_is_certain_is_true(data: st.DataObject, case: Case, pattern: dict[str, Any]) -> None:
    shape, payloads = case
    assert isinstance(shape, ObjectShape)
    verdict = satisfiability(pattern, shape).verdict
    assume(verdict != "possible")
    for _ in range(3):
        payload = data.draw(payloads)
        if not violations(shape, payload):
            assert matches(pattern, payload) is (verdict == "always")


@settings(deadline=None, max_examples=600)
@given(st.data(), PAYLOADS, PATTERNS, PATTERNS)
def test_what_two_patterns_never_take_both_none_is_taken_by_both(
    data: st.DataObject, case: Case, one: dict[str, Any], other: dict[str, Any]
) -> None:
    shape, payloads = case
    assert isinstance(shape, ObjectShape)
    assume(not can_both_match(Pattern(one), Pattern(other), Sights(shape)))
    for _ in range(5):
        payload = data.draw(payloads)
        if not violations(shape, payload):
            assert not (matches(one, payload) and matches(other, payload))
