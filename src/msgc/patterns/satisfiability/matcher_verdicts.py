"""Whether one matcher accepts all, some or no values of a shape that has too many to try."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

from msgc.patterns.satisfiability.field_values import Leaf
from msgc.payloads.model import BooleanShape, NullShape, NumberShape, StringShape
from msgc.payloads.validation import problem_of
from msgc.runtime.matching.addresses import address_of
from msgc.runtime.matching.matchers import excluded_by, is_number, literals

_problem_of = lru_cache(maxsize=1000)(problem_of)
"""Many clauses are about one field, and fields that say the same are one shape."""

Verdict = Literal["never", "possible", "always"]
_FEW = 20
"""So many whole numbers can be tried."""
Bound = tuple[float, bool]
"""A number, and whether it is left out itself."""


def values_of(leaf: Leaf) -> tuple[Any, ...] | None:
    """Return all values of a shape that lists them; None: it doesn't."""
    match leaf:
        case NullShape():
            return (None,)
        case BooleanShape():
            return (True, False) if leaf.const is None else (leaf.const,)
        case NumberShape() | StringShape():
            return leaf.enum


def few_values(leaf: Leaf) -> tuple[Any, ...] | None:
    """Return all values of a shape that has a list or a short range of them; None: too many."""
    if not isinstance(leaf, NumberShape) or leaf.enum is not None or not leaf.integer:
        return values_of(leaf)
    (low, _), (high, _) = _range(leaf)
    if not high - low < _FEW:
        return None
    whole, problem = range(int(low), int(high) + 1), _problem_of(leaf)
    return tuple(value for value in whole if problem(value) is None) or None


def verdict_of(matcher: Any, leaf: Leaf) -> Verdict:
    """Return whether a matcher accepts the values of a shape that has too many to try."""
    if not isinstance(matcher, dict):
        return _literal(matcher, leaf)
    operator, operand = next(iter(matcher.items()))
    if operator == "exists":
        return "always" if operand is True else "never"
    if operator == "anything-but":
        return _anything_but(operand, leaf)
    if isinstance(leaf, NumberShape):
        return _numeric(operand, leaf) if operator == "numeric" else "never"
    test = _TEXT.get(operator)
    return test(operand, leaf) if test is not None and isinstance(leaf, StringShape) else "never"


def _literal(value: Any, leaf: Leaf) -> Verdict:
    if isinstance(leaf, StringShape):
        if not isinstance(value, str):
            return "never"
        # addresses have many spellings
        fits = address_of(value) is not None or _problem_of(leaf)(value) is None
        return "possible" if fits else "never"
    if not is_number(value) or _problem_of(leaf)(value) is not None:
        return "never"
    (low, _), (high, _) = _range(leaf) if isinstance(leaf, NumberShape) else _NUMBERS
    return "always" if low == high else "possible"


def _anything_but(operand: Any, leaf: Leaf) -> Verdict:
    verdicts = {verdict_of(matcher, leaf) for matcher in excluded_by(operand)}
    if "always" in verdicts:
        return "never"
    return "always" if verdicts == {"never"} else "possible"


# --- numbers ------------------------------------------------------------------------------------

_NUMBERS: tuple[Bound, Bound] = ((-math.inf, True), (math.inf, True))


def _numeric(operand: list[Any], leaf: NumberShape) -> Verdict:
    low, high = _asked(operand)
    least, most = _range(leaf)
    bottom, top = max(low, least), min(high, most, key=_upper)
    if leaf.integer:
        bottom, top = _whole(bottom, top)
    if bottom[0] > top[0] or (bottom[0] == top[0] and (bottom[1] or top[1])):
        return "never"
    within = low <= least and _upper(high) >= _upper(most)
    return "always" if within else "possible"


def ranges_meet(operand: list[Any], other: list[Any]) -> bool:
    """Return whether a number may be in the ranges of two `numeric`."""
    (low, high), (other_low, other_high) = _asked(operand), _asked(other)
    bottom, top = max(low, other_low), min(high, other_high, key=_upper)
    return bottom[0] < top[0] or (bottom[0] == top[0] and not (bottom[1] or top[1]))


def _asked(operand: list[Any]) -> tuple[Bound, Bound]:
    low, high = _NUMBERS
    for comparison, bound in zip(operand[::2], operand[1::2], strict=True):
        if comparison in {">", ">=", "="}:
            low = (bound, comparison == ">")
        if comparison in {"<", "<=", "="}:
            high = (bound, comparison == "<")
    return low, high


def _range(leaf: NumberShape) -> tuple[Bound, Bound]:
    lows: list[Bound] = [_NUMBERS[0]]
    highs: list[Bound] = [_NUMBERS[1]]
    if leaf.minimum is not None:
        lows.append((leaf.minimum, False))
    if leaf.exclusive_minimum is not None:
        lows.append((leaf.exclusive_minimum, True))
    if leaf.maximum is not None:
        highs.append((leaf.maximum, False))
    if leaf.exclusive_maximum is not None:
        highs.append((leaf.exclusive_maximum, True))
    low, high = max(lows), min(highs, key=_upper)
    return _whole(low, high) if leaf.integer else (low, high)


def _upper(bound: Bound) -> tuple[float, bool]:
    """Order upper bounds: of two equal ones, that which is left out itself is the lower."""
    return bound[0], not bound[1]


def _whole(low: Bound, high: Bound) -> tuple[Bound, Bound]:
    """Return the whole numbers that a range begins and ends with."""
    if not math.isinf(low[0]):
        least = math.floor(low[0]) + 1 if low[1] else math.ceil(low[0])
        low = (least, False)
    if not math.isinf(high[0]):
        most = math.ceil(high[0]) - 1 if high[1] else math.floor(high[0])
        high = (most, False)
    return low, high


# --- texts --------------------------------------------------------------------------------------


def _prefix(operand: Any, leaf: StringShape) -> Verdict:
    if isinstance(operand, dict):
        return _length(operand["equals-ignore-case"], leaf)
    start = literal_start(leaf.pattern)
    if start.startswith(operand):
        return "always"
    return _length(operand, leaf) if operand.startswith(start) else "never"


def _suffix(operand: Any, leaf: StringShape) -> Verdict:
    if operand == "":
        return "always"
    return _length(operand["equals-ignore-case"] if isinstance(operand, dict) else operand, leaf)


def _equals_ignore_case(operand: str, leaf: StringShape) -> Verdict:
    too_short = operand.isascii() and leaf.min_length is not None and len(operand) < leaf.min_length
    return "never" if too_short else _length(operand, leaf)


def _wildcard(operand: str, leaf: StringShape) -> Verdict:
    first, *rest = literals(operand)
    if not rest:
        return _exactly(first, leaf)
    if not any(rest):
        return _prefix(first, leaf)
    if _prefix(first, leaf) == "never":
        return "never"
    return _length(first + "".join(rest), leaf)


def _cidr(_: str, leaf: StringShape) -> Verdict:
    return "never" if leaf.checked_format else _length("::", leaf)


def _length(part: str, leaf: StringShape) -> Verdict:
    """Return whether a text with this part may be short enough.

    Another case of a letter may have another length, but for those of ASCII. A quote at an end
    may be the one that JSON has around the text.
    """
    length = len(part.strip('"'))
    too_long = part.isascii() and leaf.max_length is not None and length > leaf.max_length
    return "never" if too_long else "possible"


def _exactly(operand: str, leaf: StringShape) -> Verdict:
    return "never" if _problem_of(leaf)(operand) is not None else "possible"


_TEXT: dict[str, Callable[[Any, StringShape], Verdict]] = {
    "exactly": _exactly,
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _equals_ignore_case,
    "wildcard": _wildcard,
    "cidr": _cidr,
}


def literal_start(pattern: str | None) -> str:
    """Return the plain text that all matches of a regular expression start with."""
    if pattern is None or not pattern.startswith("^") or "|" in pattern:
        return ""
    start = ""
    rest = pattern[1:]
    while rest:
        step = 2 if rest[0] == "\\" else 1
        character, after = rest[step - 1 : step], rest[step : step + 1]
        plain = character.isalnum() if step == 1 else not character.isalnum()
        if not (plain or (step == 1 and character in "-_/:@#=, ")) or after in {"?", "*", "{"}:
            break
        start += character
        if after == "+":
            break
        rest = rest[step:]
    return start
