"""The linear matcher finds what `re` finds, and its work grows linearly with the text."""

from __future__ import annotations

import json
import random
import re
import sys
from types import CodeType, FrameType

import pytest

from msgc.payloads.regex import NotForPython, to_python
from msgc.payloads.regex.parser import parse
from msgc.payloads.regex.size import PARTS, POSITIONS, is_too_large, size_of
from msgc.runtime.codec import codec
from msgc.runtime.codec.patterns.categories import expanded
from msgc.runtime.codec.patterns.engines import LINEAR, pattern_of
from msgc.runtime.codec.patterns.linear import KEPT, Automaton, Linear, State
from msgc.runtime.codec.patterns.parser import parse as parse_python
from msgc.runtime.codec.patterns.positions import Positions
from msgc.runtime.codec.violations import InvalidPayload
from tests.payloads.generated import generated
from tests.payloads.regex.samples import ORDINARY, RUNAWAY, SLOW
from tests.payloads.regex.stepping import OutOfSteps, Pump, Stepping
from tests.payloads.regex.test_backtracking import deep
from tests.payloads.regex.test_node import Dice
from tests.payloads.schemas import shape_of

REFERENCE = re.compile(r"\\[1-9]|\(\?\(")
"""In Python's words."""


def has_reference(text: str) -> bool:
    return REFERENCE.search(text) is not None


TAKEN = [p for p in (*ORDINARY, *RUNAWAY, *SLOW) if not has_reference(to_python(p))]


def judge(pattern: str, text: str) -> bool | None:
    """Return whether a pattern is found, by going the ways of `re`; None: that takes too long."""
    matcher = Stepping(pattern)
    try:
        with deep():
            matcher.count(text, most=10_000)
    except OutOfSteps:
        return None
    return matcher.found


@pytest.mark.parametrize("pattern", ORDINARY)
def test_what_fits(pattern: str) -> None:
    if has_reference(to_python(pattern)):
        return
    good, bad = ORDINARY[pattern]
    search = Linear(to_python(pattern)).search
    assert search(good) is True
    assert search(bad) is None


@pytest.mark.parametrize("pattern", TAKEN)
def test_long_texts(pattern: str) -> None:
    search = Linear(to_python(pattern)).search
    root = parse(pattern).root
    for seed in range(15):
        text = Pump(root, seed).text(6)[:60]
        expected = judge(pattern, text)
        if expected is not None:
            assert search(text) is (expected or None), text


@pytest.mark.parametrize("seed", range(4))
def test_patterns_by_chance(seed: int) -> None:
    dice = Dice(10 + seed)
    compared = 0
    for _ in range(1000):
        pattern = dice.pattern()
        try:
            text = to_python(pattern)
        except NotForPython:
            continue
        if has_reference(text):
            continue
        search, expected = Linear(text).search, re.compile(expanded(text)).search
        for value in ("", *[dice.text() for _ in range(15)]):
            assert bool(search(value)) == bool(expected(value)), (pattern, value)
            compared += 1
    assert compared > 5000


COUNTS = [
    ("^a{3}$", 3, 3), ("^a{2,5}$", 2, 5), ("^a{4,}$", 4, 99), ("^(?:a){0,3}$", 0, 3),
    ("^(a|a){2,4}$", 2, 4), ("^(?:aa?){2,3}$", 2, 6), ("^(?:a{2,3}){2}$", 4, 6),
    ("^(?:a|b){3,}$", 3, 99), ("^(a*){2,3}$", 0, 99), ("^(?:a{0,9}){0,9}$", 0, 81),
    ("^a{0}$", 0, 0), ("^(?:ab|a|b){0}$", 0, 0), ("^(?:a?){7}$", 0, 7), ("^(?:a?a){3,}$", 3, 99),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "least", "most"), COUNTS)
def test_counts(pattern: str, least: int, most: int) -> None:
    search = Linear(to_python(pattern)).search
    for length in range(100):
        assert search("a" * length) is ((least <= length <= most) or None), length


class Work:
    """Counts the calls of the matcher's functions."""

    def __init__(self) -> None:
        self.calls = 0
        self._of = {
            function.__code__
            for cls in (Automaton, State)
            for function in vars(cls).values()
            if isinstance(getattr(function, "__code__", None), CodeType)
        }

    def of(self, search: Linear, text: str) -> int:
        """Return the calls for one text."""
        self.calls = 0
        sys.setprofile(self._note)
        try:
            search.search(text)
        finally:
            sys.setprofile(None)
        return self.calls

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        self.calls += event == "call" and frame.f_code in self._of


FORGETFUL = [r"(a|b)*a(a|b){14}$", r"(?=(a|b)*a(a|b){12}c)", r"^(?:a{0,9}b?){9}$"]


@pytest.mark.parametrize("pattern", [*RUNAWAY[:12], *SLOW, *FORGETFUL])
def test_work_grows_with_the_text(pattern: str) -> None:
    """No more is called than a fixed number of functions for each character."""
    text = to_python(pattern)
    looks = text.count("(?=") + text.count("(?!")
    work = Work()
    dice = random.Random(1)
    for value in ("a" * 2000, "ab" * 1000, "".join(dice.choices("ab", k=2000)), "a," * 1000 + "\n"):
        assert work.of(Linear(text), value) <= (5 * len(value) + 20) * (1 + looks)


def test_what_was_worked_out_is_kept() -> None:
    search = Linear(to_python("^(a+)+$"))
    work = Work()
    assert work.of(search, "a" * 100_000) < 50
    assert work.of(search, "a" * 100_000) < 10


def test_memory_is_bounded() -> None:
    """States are forgotten when there are many."""
    search = Linear(to_python(r"(a|b)*a(a|b){14}$"))
    automaton = search._automaton  # noqa: SLF001  # what it keeps is nobody else's
    dice = random.Random(2)
    pattern = re.compile("a[ab]{14}$")
    for _ in range(5):
        text = "".join(dice.choices("ab", k=5000))
        assert bool(search.search(text)) == bool(pattern.search(text))
        assert len(automaton._states) <= KEPT + 2  # noqa: SLF001
        kept = [automaton.start, *automaton._states.values()]  # noqa: SLF001
        assert sum(len(state) for state in kept) <= KEPT + 2


def test_many_characters() -> None:
    search = Linear(to_python(r"^[\p{L}\p{N}]+$"))
    letters = [chr(point) for point in range(0x4E00, 0x9FF0)]
    assert search.search("".join(letters)) is True
    assert search.search("".join(letters) + "-") is None


@pytest.mark.parametrize("pattern", TAKEN)
def test_size(pattern: str) -> None:
    _check_size(pattern)


def test_size_of_patterns_by_chance() -> None:
    dice = Dice(20)
    for _ in range(1500):
        pattern = dice.pattern()
        try:
            text = to_python(pattern)
        except NotForPython:
            continue
        if not has_reference(text):
            _check_size(pattern)


def _check_size(pattern: str) -> None:
    """What is counted beforehand is no less than what comes out, and not much more."""
    root, node = parse(pattern).root, parse_python(to_python(pattern))
    for backwards in (False, True):
        made = Positions(node, backwards=backwards)
        size = size_of(root, [], backwards=backwards)
        assert size.positions == made.count
        ways = len({way for context in range(9) for way in made.far(context)})
        assert ways <= size.far <= 5 * ways + 40


def test_limits() -> None:
    assert not is_too_large(parse(f"a{{{POSITIONS}}}").root)
    assert is_too_large(parse(f"a{{{POSITIONS + 1}}}").root)
    assert not is_too_large(parse(f"(?:ab){{{PARTS // 4}}}").root)
    assert is_too_large(parse(f"(?:ab){{{PARTS}}}").root)
    assert not is_too_large(parse("(?=a)" * 8).root)
    assert is_too_large(parse("(?=a)" * 9).root)
    assert is_too_large(parse(f"(?=.*a{{{POSITIONS}}}b)").root)
    assert is_too_large(parse("(?:a*b*c*d*e*f*g*){300}").root)


def test_the_runtime_takes_the_mark() -> None:
    pattern = pattern_of(LINEAR + to_python(r"^(\w+,?)*$"))
    assert pattern.found("some,words")
    assert not pattern.found("some" * 20 + "!")
    assert pattern.problem == r"doesn't match the pattern ^([A-Za-z0-9_]+,?)*\Z"


SLOW_FOR_RE = {
    # a pattern, a text that fits, and one that `re` would take a lifetime to refuse
    "^(?:[0-9]{0,40};?){9}$": ("12;34", "1" * 60 + "-"),
    "^" + "x?" * 50 + "y$": ("xxxy", "x" * 30 + "z"),
    "^" + "0{0,7}" * 14 + "1$": ("0001", "0" * 40 + "2"),
    "^" + ".*" * 40 + "=$": ("a=", "a" * 50 + "\n"),
    r"(?=(?:[a-z]+-?)+\d)": ("ab-cd1", "a" * 60),
}


@pytest.mark.parametrize("pattern", SLOW_FOR_RE)
def test_generated_classes(pattern: str) -> None:
    """In each place where a pattern may stand: of a text, of names, in rules."""
    good, bad = SLOW_FOR_RE[pattern]
    text = json.dumps(pattern)
    shape = shape_of(
        "{title: One, type: object, required: [text], properties: {"
        f" text: {{type: string, pattern: {text}}},"
        f" ruled: {{not: {{type: string, pattern: {text}}}}},"
        f" named: {{type: object, patternProperties: {{{text}: {{type: integer}}}},"
        "   additionalProperties: {type: boolean}},"
        f" names: {{type: object, propertyNames: {{pattern: {text}}}}}"
        "}}"
    )
    long = bad[:1] * 100_000 + bad[-1:]
    with generated(shape) as cls:
        for value in (bad, long):
            fits = {
                "text": good,
                "ruled": value,
                "named": {good: 1, value: True},
                "names": {good: 1},
            }
            made = codec.decode(cls, fits)
            assert codec.encode(made) == fits
            wrong = {
                "text": value,
                "ruled": good,
                "named": {good: True, value: 1},
                "names": {value: 1},
            }
            with pytest.raises(InvalidPayload) as raised:
                codec.decode(cls, wrong)
            said = [violation.message for violation in raised.value.violations]
            assert len(said) == 5
            assert said[0] == f"doesn't match the pattern {to_python(pattern)}"
            assert "linear" not in "".join(said)
