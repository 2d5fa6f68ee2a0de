"""Translate a pattern of ECMAScript for the runtime: for Python's `re`, or its linear matcher."""

from __future__ import annotations

from functools import lru_cache

from msgc.payloads.regex.backreferences import Backreferences
from msgc.payloads.regex.backtracking import Growth, growth, longest_bounded
from msgc.payloads.regex.nodes import Backreference, NotForPython, Part, Repeat, inside
from msgc.payloads.regex.parser import parse
from msgc.payloads.regex.printer import as_python
from msgc.runtime.codec.patterns.engines import LINEAR


class TooLarge(NotForPython):
    """A pattern with too many parts, or too high counts, for the linear matcher."""


class Runaway(NotForPython):
    """A pattern that only `re` can look for, on which it may take for ever."""

    def __init__(self, part: str, reference: str, longest: int) -> None:
        super().__init__(part)
        self.part = part
        """Which texts can be read in many ways."""
        self.reference = reference
        self.longest = longest
        """Up to as many characters it doesn't take long."""


@lru_cache(maxsize=1024)  # messages share patterns: of identifiers, of currencies
def to_python(pattern: str) -> str:
    r"""Return the pattern as Python's `re` takes it, but for `\p{L}`.

    Raises `NotForPython` with the reason.
    """
    return as_python(*_read(pattern))


@lru_cache(maxsize=1024)
def to_runtime(pattern: str, longest: int | None = None) -> str:
    r"""Return the pattern as the runtime takes it: as `re` does, or marked as for its own matcher.

    `longest` is the length of the longest text to be looked at. Raises `NotForPython`, `TooLarge`
    or `Runaway`.
    """
    text = to_python(pattern)
    root, references = _read(pattern)
    grows = growth(root, references, len(pattern))
    if grows is None:
        return text
    reference = _reference(root, references)
    if reference is None:
        from msgc.payloads.regex.size import is_too_large  # noqa: PLC0415  # 2 ms, and rare

        if is_too_large(root):
            raise TooLarge(pattern)
        return LINEAR + text
    bounded = longest_bounded(root, references, len(pattern))
    if longest is not None and longest <= bounded:
        return text
    named = pattern[reference.start : reference.end]
    around = _repetition(root, grows)
    raise Runaway(pattern[around.start : around.end], named, bounded)


@lru_cache(maxsize=64)
def _read(pattern: str) -> tuple[Part, Backreferences]:
    expression = parse(pattern)
    return expression.root, Backreferences(expression.root, some=expression.refers)


def _repetition(root: Part, grows: Growth) -> Part | Growth:
    """Return the innermost repetition in which the ways become many."""
    found: Part | Growth = grows
    waiting = [root]
    for part in waiting:  # which grows
        if part.start <= grows.start and grows.end <= part.end:
            waiting += inside(part)
            if isinstance(part, Repeat) and part.most not in (0, 1):
                found = part
    return found


def _reference(root: Part, references: Backreferences) -> Backreference | None:
    """Return the first reference to a group, unless it stands for nothing."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Backreference) and references.meaning(part) != "nothing":
            return part
        waiting += reversed(inside(part))
    return None
