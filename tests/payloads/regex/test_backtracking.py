"""What `re` is given takes time that grows linearly with the text, by counting steps.

A backtracking matcher that goes the ways of `re` counts them, on texts that are made of the pattern
so that they can be read in as many ways as there are, and then don't fit.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from msgc.payloads.regex import NotForPython, Runaway, TooLarge, to_python, to_runtime
from msgc.payloads.regex.backreferences import Backreferences
from msgc.payloads.regex.backtracking import BOUNDED, longest_bounded
from msgc.payloads.regex.parser import parse
from msgc.runtime.codec.patterns.categories import expanded
from msgc.runtime.codec.patterns.engines import LINEAR
from tests.payloads.regex.samples import NOT_FOR_RE, ORDINARY, RUNAWAY, SLOW
from tests.payloads.regex.stepping import OutOfSteps, Pump, Stepping
from tests.payloads.regex.test_node import Dice

pytestmark = pytest.mark.once

SHORT, LONG = 20, 80
"""How often repetitions are turned."""
MOST = 50_000
"""Steps that are enough to call it growth."""


def is_for_re(pattern: str) -> bool:
    return not to_runtime(pattern).startswith(LINEAR)


@contextmanager
def deep() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def steps(pattern: str, times: int, seeds: int) -> float:
    """Return the most steps for a character of a text whose repetitions are turned so often."""
    matcher = Stepping(pattern)
    worst = 0.0
    with deep():
        for seed in range(seeds):
            text = Pump(matcher.root, seed).text(times)
            try:
                worst = max(worst, matcher.count(text, most=MOST) / (len(text) + 5))
            except OutOfSteps:
                return MOST
    return worst


@pytest.mark.parametrize("pattern", ORDINARY)
def test_ordinary_patterns_are_for_re_if_they_are_linear(pattern: str) -> None:
    assert is_for_re(pattern) == (pattern not in NOT_FOR_RE)


@pytest.mark.parametrize("pattern", [p for p in ORDINARY if p not in NOT_FOR_RE])
def test_steps_of_ordinary_patterns(pattern: str) -> None:
    short = steps(pattern, SHORT, 25)
    assert short < 500
    assert steps(pattern, LONG, 25) < 1.3 * short + 2


@pytest.mark.parametrize("pattern", [*RUNAWAY, *SLOW])
def test_what_grows_is_not_for_re(pattern: str) -> None:
    try:
        assert not is_for_re(pattern)
    except Runaway:
        assert r"\1" in pattern


GROWING = [
    pattern
    for pattern in (*RUNAWAY, *SLOW)
    # neither is looked for by chance: the text has to be just short of the count
    if r"\1" not in pattern and pattern not in ("(.*a){20}", "^([a-z]{1,10}){1,10}$")
]


@pytest.mark.parametrize("pattern", GROWING)
def test_what_grows_grows(pattern: str) -> None:
    """It takes one text to show that; most often the first few do."""
    assert any(grows(pattern, seeds) for seeds in (10, 100))


def grows(pattern: str, seeds: int) -> bool:
    long = steps(pattern, LONG, seeds)
    return long == MOST or long > 2 * steps(pattern, SHORT, 100) + 2


@pytest.mark.parametrize("seed", range(4))
def test_steps_of_patterns_by_chance(seed: int) -> None:
    dice = Dice(100 + seed)
    judged = 0
    for _ in range(800):
        pattern = dice.pattern()
        try:
            if not is_for_re(pattern):
                continue
        except NotForPython:
            continue
        short = steps(pattern, SHORT, 5)
        assert short < 500, pattern
        assert steps(pattern, LONG, 5) < 2 * short + 10, pattern
        judged += 1
    assert judged > 300


@pytest.mark.parametrize("pattern", ORDINARY)
def test_the_counting_matcher_is_right(pattern: str) -> None:
    search = re.compile(expanded(to_python(pattern))).search
    matcher = Stepping(pattern)
    dice = Dice(3)
    with deep():
        for text in (*ORDINARY[pattern], *[dice.text() for _ in range(30)]):
            matcher.count(text)
            assert matcher.found == (search(text) is not None), text


def test_a_bound_on_the_length_bounds_a_power() -> None:
    """A reference can't be looked for in linear time, but in a text of limited length."""
    pattern = r"(\w+) \1"
    with pytest.raises(Runaway) as raised:
        to_runtime(pattern)
    longest = raised.value.longest
    assert raised.value.reference == r"\1"
    assert 50 < longest < 1000
    assert to_runtime(pattern, longest) == to_python(pattern)
    with pytest.raises(Runaway):
        to_runtime(pattern, longest + 1)
    matcher = Stepping(pattern)
    with deep():
        for text in ("a" * longest, "a " * (longest // 2), ("a" * (longest // 2) + " ") * 2):
            assert matcher.count(text[:longest]) < 10 * BOUNDED


def test_what_doubles_is_bounded_for_short_texts_only() -> None:
    root = parse(r"^(['a])(\w|\w)*\1$")
    longest = longest_bounded(root.root, Backreferences(root.root, some=True), 20)
    assert 10 < longest < 25
    with pytest.raises(Runaway):
        to_runtime(r"^(['a])(\w|\w)*\1$", 100)


def test_references_that_stand_for_nothing() -> None:
    assert to_runtime(r"(a*\1)*b") == LINEAR + r"(a*(?:))*b"


HARMLESS = [
    "^[a-z]{1,1000000}$",
    "^([a-z]{1,63}\\.){1,100000}$",
    "^" + "a" * 1900,
    "^(AA|AB|AC|BA|BB|CA|CB|CC)(-(AA|AB|AC|BA|BB|CA|CB|CC))*$",
]


@pytest.mark.parametrize("pattern", HARMLESS)
def test_large_patterns_that_are_for_re(pattern: str) -> None:
    assert is_for_re(pattern)


LARGE = [
    "^(?:(?:(?:[a-z]{9}){9}-){9}\\.)*$",
    "^(" + "|".join(f"word{i}" for i in range(3000)) + ")$",
    "^(?:" + "|".join(f"word{i}" for i in range(300)) + ")*$",
    "^(?:" + "|".join(f"{i:04}a*b{i:04}" for i in range(1000)) + ")*$",
    "a" * 20000,
    "a?" * 1000 + "b",
    "(?:[a-z]{0,1000}-?){0,20}x",
]


@pytest.mark.parametrize("pattern", LARGE)
def test_large_patterns_that_are_linear(pattern: str) -> None:
    assert not is_for_re(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "^([a-z]{1,1000}){1,1000}$",
        "(?:a{0,1000}b?){0,1000}",
        "(?:a|b|ab){0,20000}$",
        "(a?" * 50 + "){0,1000}" * 50 + "x",
    ],
)
def test_too_large(pattern: str) -> None:
    with pytest.raises(TooLarge):
        to_runtime(pattern)


def calls(pattern: str) -> int:
    """Count the functions that are called to judge a pattern."""
    count = 0

    def note(_frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        to_runtime.__wrapped__(pattern)
    except NotForPython:
        pass
    finally:
        sys.setprofile(None)
    return count


HARD: dict[str, Callable[[int], str]] = {
    "deterministic": lambda n: "^" + "".join(f"[a-f]x{i}" for i in range(n)) + "$",
    "ambiguous": lambda n: "^(" + "a*[a-f]*" * n + ")*$",
    "options": lambda n: "^(" + "|".join(f"a{i}b*c?" for i in range(n)) + ")*$",
    "nested": lambda n: "^" + "(" * 50 + "a" + "{0,90})" * 50 + f"b{{{n}}}$",
    "counted": lambda n: "^" + "(?:[a-z]{1,300}-?){1,300}" * n + "$",
    "sums": lambda n: r"(a|b)*a(a|b){" + str(n) + "}$",
    "optional": lambda n: "^" + "a?" * n + "$",
    "lookarounds": lambda n: "(?=.*a)" * n + "b",
    "references": lambda n: "^(a*)" + r"b*\1" * n + "$",
    "classes": lambda n: "".join(rf"[\p{{L}}{chr(0x4E00 + i)}]?" for i in range(n)),
}


@pytest.mark.parametrize("kind", HARD)
def test_patterns_are_judged_in_linear_time(kind: str) -> None:
    """A megabyte of patterns is judged in seconds, be it many of them or one."""
    calls("^a$")
    short, long = HARD[kind](20), HARD[kind](1000)
    for pattern in (short, long):
        assert calls(pattern) < 150_000 + 400 * len(pattern)
    assert calls(long) / calls(short) < 3 * len(long) / len(short) + 3
