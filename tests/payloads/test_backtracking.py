"""Patterns that take too long are found, and others aren't accused.

What is found is proved by counting: in how many ways a part can read a text, by its grammar alone.
"""

from __future__ import annotations

from functools import lru_cache

import pytest

from msgc.payloads.regex import slow_part
from msgc.payloads.regex.nodes import (
    Alternation,
    Backreference,
    Characters,
    Concatenation,
    Group,
    Part,
    Repeat,
)
from msgc.payloads.regex.parser import parse
from tests.payloads.regexes import ORDINARY, RUNAWAY, SLOW

Ends = dict[int, int]
"""Where a reading ends, and how many readings end there."""


@lru_cache(maxsize=100_000)
def readings(part: Part, text: str, start: int) -> Ends:
    match part:
        case Characters():
            within = start < len(text) and any(
                low <= ord(text[start]) <= high for low, high in part.covered()
            )
            return {start + 1: 1} if within else {}
        case Concatenation():
            ends: Ends = {start: 1}
            for each in part.parts:
                ends = _then(ends, each, text)
            return ends
        case Alternation():
            return _sum([readings(each, text, start) for each in part.options])
        case Group():
            return readings(part.body, text, start)
        case Repeat():
            return _repeated(part, text, start)
        case Backreference():
            raise NotImplementedError
        case _:
            return {start: 1}


def _repeated(part: Repeat, text: str, start: int) -> Ends:
    ends: Ends = {start: 1}
    for _ in range(part.least):
        ends = _then(ends, part.body, text)
    total = dict(ends)
    times = part.least
    while ends and (part.most is None or times < part.most):
        further = [
            {end: n * count for end, n in readings(part.body, text, here).items() if end > here}
            for here, count in ends.items()
        ]
        ends = _sum(further)
        total = _sum([total, ends])
        times += 1
    return total


def _then(ends: Ends, part: Part, text: str) -> Ends:
    return _sum(
        [
            {end: n * count for end, n in readings(part, text, here).items()}
            for here, count in ends.items()
        ]
    )


def _sum(several: list[Ends]) -> Ends:
    total: Ends = {}
    for ends in several:
        for end, count in ends.items():
            total[end] = total.get(end, 0) + count
    return total


@pytest.mark.parametrize("pattern", ORDINARY)
def test_ordinary_patterns(pattern: str) -> None:
    assert slow_part(pattern) is None


TWICE = [pattern for pattern in RUNAWAY if "(a?){30}" not in pattern and "1000" not in pattern]


@pytest.mark.parametrize("pattern", TWICE)
def test_two_ways_for_one_text_double_again_and_again(pattern: str) -> None:
    found = slow_part(pattern)
    assert found is not None
    assert pattern[found.start : found.end] == RUNAWAY[pattern]
    assert found.why == "twice"
    loop = parse(RUNAWAY[pattern].replace(r"(['\"])\1|", "")).root
    assert isinstance(loop, Repeat)
    endless = loop.replace(least=0, most=None)
    ways = []
    for times in (3, 4, 5):
        turned = {found.text[i:] + found.text[:i] for i in range(len(found.text))}
        counts = [readings(endless, text * times, 0).get(len(text) * times, 0) for text in turned]
        ways.append(max(counts))
    assert ways[1] >= 2 * ways[0] > 0
    assert ways[2] >= 2 * ways[1]


def test_what_can_take_nothing_is_counted_in_many_ways() -> None:
    found = slow_part(r"^(a?){30}a{30}$")
    assert found is not None
    assert found.why == "empty"
    assert found.is_hopeless()
    assert sum(readings(parse("(a?){12}").root, "a" * 12, 0).values()) == 2**12
    assert slow_part(r"^(a?){8}$") is None


RUN = dict.fromkeys(SLOW, "a") | {
    r"^\s*(.*?)\s*$": " ",
    r"^(.*,){4}.*$": ",",
    r"arn(:.*){2}:role$": ":",
}


@pytest.mark.parametrize("pattern", SLOW)
def test_a_shared_run_is_divided_in_a_power_of_ways(pattern: str) -> None:
    part, power = SLOW[pattern]
    found = slow_part(pattern)
    assert found is not None
    assert (pattern[found.start : found.end], found.power) == (part, power)
    assert not found.is_hopeless()

    def ways(length: int) -> int:
        starts = range(1 if pattern.startswith("^") else length)
        root, text = parse(part).root, RUN[pattern] * length
        return sum(sum(readings(root, text, start).values()) for start in starts)

    growth = ways(80) / ways(40)
    assert 2**power * 0.75 < growth < 2**power * 1.25


def test_the_worst_is_told() -> None:
    counted = slow_part(r"^([a-z]{1,9}){1,4}$|^(b+)+$")
    assert counted is not None
    assert counted.is_hopeless()
    two = slow_part(r"^(.*,){3}x$|^.*.*.*.*$")
    assert two is not None
    assert two.power == 4
    within = slow_part(r"^.*?(a+b?a*){1,3}d")
    assert within is not None
    assert within.power == 7
    assert within.is_hopeless()


def test_a_bound_on_the_length_bounds_a_power() -> None:
    assert slow_part(r"^.*.*.*=", 500) is None
    assert slow_part(r"^(.*,){4}.*$", 100) is None
    runaway = slow_part(r"^(a+)+$", 20)
    assert runaway is not None


def test_what_can_not_fail_any_more_is_no_matter() -> None:
    assert slow_part(r"^(a+)+") is None
    assert slow_part(r".*foo.*") is None
    assert slow_part(r"(?=(a+)+)") is None


@pytest.mark.parametrize(
    "pattern",
    [
        "^(" + "|".join(f"word{i}" for i in range(3000)) + ")$",
        "^(?:" + "|".join(f"word{i}" for i in range(300)) + ")*$",
        "^[a-z]{1,1000000}$",
        "^([a-z]{1,63}\\.){1,100000}$",
        "^(?:(?:(?:[a-z]{9}){9}-){9}\\.)*$",
        "a" * 20000,
    ],
)
def test_large_patterns_that_are_harmless(pattern: str) -> None:
    assert slow_part(pattern) is None


WORDS = "|".join(f"word{i}" for i in range(200))


@pytest.mark.parametrize(
    "pattern",
    [
        "^(?:" + "|".join(f"{i:04}a*b{i:04}" for i in range(600)) + ")*$",
        "^" + "(" * 40 + WORDS + "".join(f"x{i})*" for i in range(40)) + "$",
    ],
)
def test_too_large_to_tell(pattern: str) -> None:
    found = slow_part(pattern)
    assert found is not None
    assert found.why == "too large"
    assert found.is_hopeless()
