"""A backtracking matcher that counts its steps, as Python's `re` takes them; and texts to try."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

from msgc.payloads.regex.backreferences import Backreferences
from msgc.payloads.regex.characters import WORD, Ranges
from msgc.payloads.regex.nodes import (
    Alternation,
    Assertion,
    Backreference,
    Characters,
    Concatenation,
    Group,
    Look,
    Part,
    Repeat,
    inside,
    width,
)
from msgc.payloads.regex.parser import parse

Rest = Callable[[int], bool]
"""What comes after a part, from a place of the text."""


class OutOfSteps(Exception):  # noqa: N818
    """More steps were taken than may be."""


class Stepping:
    """A pattern, to be looked for in texts."""

    def __init__(self, pattern: str) -> None:
        expression = parse(pattern)
        self.root = expression.root
        self._references = Backreferences(self.root, some=expression.refers)
        self._captured: dict[int, tuple[int, int]] = {}
        self._text = ""
        self._most = 0
        self.steps = 0
        self.found = False

    def count(self, text: str, most: int = 1_000_000) -> int:
        """Return how many steps it takes to find it, or not to."""
        self._text, self._most, self.steps, self.found = text, most, 0, False
        for start in range(len(text) + 1):
            self._captured.clear()
            if self._match(self.root, start, lambda _: True):
                self.found = True
                break
        return self.steps

    def _match(self, part: Part, at: int, rest: Rest) -> bool:  # noqa: PLR0911  # one a kind
        self.steps += 1
        if self.steps > self._most:
            raise OutOfSteps
        match part:
            case Characters():
                fits = at < len(self._text) and any(
                    low <= ord(self._text[at]) <= high for low, high in _covered(part)
                )
                return fits and rest(at + 1)
            case Concatenation():
                return self._sequence(part.parts, 0, at, rest)
            case Alternation():
                return any(self._match(each, at, rest) for each in part.options)
            case Group():
                return self._group(part, at, rest)
            case Repeat():
                return self._repeat(part, 0, at, -1, rest)
            case Assertion():
                return self._holds(part.kind, at) and rest(at)
            case Look():
                return self._look(part, at) and rest(at)
            case Backreference():
                return self._refer(part, at, rest)

    def _sequence(self, parts: tuple[Part, ...], i: int, at: int, rest: Rest) -> bool:
        if i == len(parts):
            return rest(at)
        return self._match(parts[i], at, lambda there: self._sequence(parts, i + 1, there, rest))

    def _group(self, group: Group, at: int, rest: Rest) -> bool:
        number = group.number
        if number is None:
            return self._match(group.body, at, rest)
        before = self._captured.get(number)

        def behind(there: int) -> bool:
            inner = self._captured.get(number)
            self._captured[number] = (at, there)
            if rest(there):
                return True
            self._restore(number, inner)
            return False

        if self._match(group.body, at, behind):
            return True
        self._restore(number, before)
        return False

    def _restore(self, number: int, span: tuple[int, int] | None) -> None:
        if span is None:
            self._captured.pop(number, None)
        else:
            self._captured[number] = span

    def _repeat(self, loop: Repeat, times: int, at: int, last: int, rest: Rest) -> bool:
        self.steps += 1

        def again() -> bool:
            if loop.most is not None and times >= loop.most:
                return False
            if times >= loop.least and at == last:  # the last one took nothing
                return False
            return self._match(
                loop.body, at, lambda there: self._repeat(loop, times + 1, there, at, rest)
            )

        if times < loop.least:
            return again()
        if loop.lazy:
            return rest(at) or again()
        return again() or rest(at)

    def _look(self, look: Look, at: int) -> bool:
        if look.behind:
            lengths = {width(option)[0] for option in _options(look.body)}
            found = any(
                length <= at and self._match(look.body, at - length, at.__eq__)
                for length in lengths
            )
        else:
            found = self._match(look.body, at, lambda _: True)
        return found != look.negative

    def _refer(self, part: Backreference, at: int, rest: Rest) -> bool:
        meaning = self._references.meaning(part)
        number = self._references.group(part).number
        span = self._captured.get(number or 0)
        if meaning == "nothing" or (span is None and meaning == "the group, if it took part"):
            return rest(at)
        if span is None:
            return False
        text = self._text[span[0] : span[1]]
        self.steps += len(text)
        return self._text.startswith(text, at) and rest(at + len(text))

    def _holds(self, kind: str, at: int) -> bool:
        if kind in ("start", "end"):
            return at == (0 if kind == "start" else len(self._text))
        beside = self._in_word(at - 1) != self._in_word(at)
        return beside == (kind == "boundary")

    def _in_word(self, at: int) -> bool:
        return 0 <= at < len(self._text) and any(a <= ord(self._text[at]) <= b for a, b in WORD)


def _options(part: Part) -> tuple[Part, ...]:
    if isinstance(part, Alternation):
        return part.options
    return _options(part.body) if isinstance(part, Group) else (part,)


@cache
def _covered(part: Characters) -> Ranges:
    return part.covered()


def _characters(part: Part) -> set[int]:
    """Return some characters out of each set."""
    if isinstance(part, Characters):
        return {ord("a"), *(low for low, _ in _covered(part)[:3])}
    return {each for below in inside(part) for each in _characters(below)}


MOST = 400
"""Characters of a text to try."""


class Pump:
    """Texts made of a pattern, whose repetitions can be turned any number of times."""

    def __init__(self, root: Part, seed: int) -> None:
        self._root = root
        self._seed = seed
        self._characters = sorted(_characters(root))
        self._inner = 0
        """How often repetitions in others are turned."""
        self._liked = 0
        """A character that is taken wherever it can be, so that all repetitions take the same."""

    def text(self, times: int) -> str:
        """Return a text; those of one pump differ in how often repetitions are turned."""
        dice = random.Random(self._seed)
        self._liked = dice.choice([*self._characters, -1])
        self._inner = dice.choice([1, 2, times])
        text = self._of(self._root, dice, times)
        cut = dice.choice([len(text), len(text), dice.randint(0, len(text))])
        if dice.random() < 0.2:  # a start again and again
            text = text[:cut][:9] * times
        return text[:cut][:MOST] + dice.choice(["", "!", "\n", "a", "\0", text[-1:], text[:3]])

    def _of(  # noqa: PLR0911  # one a kind
        self, part: Part, dice: random.Random, times: int
    ) -> str:
        match part:
            case Characters():
                covered = _covered(part)
                if not covered:
                    return ""
                if any(low <= self._liked <= high for low, high in covered):
                    return chr(self._liked)
                wanted = [ord(c) for c in "ab0 ,-.=x:" if any(a <= ord(c) <= b for a, b in covered)]
                low, high = dice.choice(covered)
                return chr(dice.choice([*wanted, *wanted, low, high]))
            case Concatenation():
                return "".join([self._of(each, dice, times) for each in part.parts])
            case Alternation():
                return self._of(dice.choice(part.options), dice, times)
            case Group():
                return self._of(part.body, dice, times)
            case Repeat():
                one = self._of(part.body, dice, self._inner)
                if dice.random() < 0.3:
                    one += self._of(part.body, dice, 1)
                most = times if part.most is None else min(part.most, times)
                return one[:MOST] * max(min(part.least, times), most)
            case Look():
                return self._of(part.body, dice, times) if dice.random() < 0.5 else ""
            case _:
                return ""
