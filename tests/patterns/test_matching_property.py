"""The matcher against a slow reference that tries every choice of leaves."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from msgc.runtime.matching.matching import matches

NAMES = st.sampled_from(["a", "b", "c", "a.b"])
SCALARS = st.sampled_from(["x", "y", 1, 2, True, None])
MATCHERS = st.one_of(
    SCALARS,
    st.booleans().map(lambda flag: {"exists": flag}),
    st.sampled_from(["x", "y"]).map(lambda text: {"anything-but": text}),
    st.sampled_from([1, 2]).map(lambda bound: {"numeric": [">=", bound]}),
)
EVENTS = st.dictionaries(
    NAMES,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=3,
)


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(NAMES, inner, min_size=1, max_size=2)


PATTERNS = _objects(
    st.recursive(st.lists(MATCHERS, min_size=1, max_size=2), _objects, max_leaves=4)
)
WITH_OR = st.tuples(PATTERNS, st.lists(PATTERNS, min_size=2, max_size=3)).map(
    lambda parts: {**parts[0], "$or": parts[1]}
)


def _flat(pattern: dict[str, Any], prefix: str = "") -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for key, value in pattern.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = value
    return found


def _leaves(value: Any, name: str, way: tuple[tuple[str, int], ...]) -> list[tuple[str, Any, Any]]:
    if isinstance(value, dict):
        return [
            leaf
            for key, child in value.items()
            for leaf in _leaves(child, f"{name}.{key}", (*way, (key, -1)))
        ]
    if isinstance(value, list):
        return [
            leaf
            for i, child in enumerate(value)
            for leaf in _leaves(
                child, name, (*way, ("", i)) if isinstance(child, dict | list) else way
            )
        ]
    return [(name[1:], value, way)]


def _agree(one: Any, other: Any) -> bool:
    """Two ways agree unless they part at different elements of one array."""
    for step, else_ in zip(one, other, strict=False):
        if step != else_:
            return bool(step[1] == -1 or else_[1] == -1)
    return True


def _accepts(matcher: Any, value: Any) -> bool:
    match matcher:
        case {"exists": wanted}:
            return bool(wanted)
        case {"anything-but": text}:
            return bool(value != text)
        case {"numeric": [_, bound]}:
            return type(value) is int and value >= bound
        case _:
            return type(matcher) is type(value) and bool(matcher == value)


def _reference(alternative: dict[str, list[Any]], event: dict[str, Any]) -> bool:
    leaves = _leaves(event, "", ())
    absent = object()
    choices = [
        [
            *[
                (name, value, way)
                for name, value, way in leaves
                if name == wanted and any(_accepts(m, value) for m in matchers)
            ],
            *[(wanted, absent, ()) for m in matchers if m == {"exists": False}],
        ]
        for wanted, matchers in sorted(alternative.items())
    ]
    for choice in product(*choices):
        chosen: list[Any] = []
        for name, value, way in choice:
            if value is absent:
                here = [w for n, _, w in leaves if n == name]
                if any(all(_agree(w, c) for c in chosen) for w in here):
                    break
            elif all(_agree(way, c) for c in chosen):
                chosen.append(way)
            else:
                break
        else:
            return True
    return False


@settings(deadline=None, max_examples=400)
@given(PATTERNS, EVENTS)
def test_like_trying_every_choice(pattern: dict[str, Any], event: dict[str, Any]) -> None:
    assert matches(pattern, event) is _reference(_flat(pattern), event)


@settings(deadline=None, max_examples=200)
@given(WITH_OR, EVENTS)
def test_or_is_any_of_its_branches(pattern: dict[str, Any], event: dict[str, Any]) -> None:
    outside = _flat({key: value for key, value in pattern.items() if key != "$or"})
    branches = [{**outside, **_flat(branch)} for branch in pattern["$or"]]
    assert matches(pattern, event) is any(_reference(branch, event) for branch in branches)
