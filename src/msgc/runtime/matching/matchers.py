"""Whether one matcher of a list accepts a leaf: a value itself, or an operator.

As event-ruler does it, with its peculiarities: it sees a text in its quotes, and a
number as a 64-bit float, or by its digits if that can't hold it.
"""

# What is taken out of JSON has no type; it is looked at before it is used.
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnnecessaryIsInstance=false

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from .addresses import address_of, block_of

Test = Callable[[Any], bool]


def test_of(matcher: Any) -> Test:
    """Return what tells whether a matcher accepts a leaf."""
    if not isinstance(matcher, dict):
        return _equal_to(matcher)
    if len(matcher) != 1:
        message = f"a matcher has one operator: {matcher!r}"
        raise ValueError(message)
    operator, operand = next(iter(matcher.items()))
    make = _TESTS.get(operator)
    if make is None:
        message = f"unknown operator: {operator!r}"
        raise ValueError(message)
    return make(operand)


def _equal_to(wanted: Any) -> Test:
    """Test for one JSON scalar: 300 is 3.0e2; "300" and true are no numbers."""
    if isinstance(wanted, str):
        address = address_of(wanted)
        if address is None:
            return _exactly(wanted)
        return _text(lambda text: address_of(text) == address)
    if not is_number(wanted):
        return lambda value: wanted is value  # true, false, null
    number = number_of(wanted)
    if number is None:
        return lambda value: type(value) is int and value == wanted
    return lambda value: is_number(value) and number_of(value) == number


def _exactly(operand: str) -> Test:
    return lambda value: isinstance(value, str) and value == operand


def _exists(operand: Any) -> Test:
    return lambda _: operand is True  # false is about leaves that aren't there


def _anything_but(operand: Any) -> Test:
    excluded = [test_of(matcher) for matcher in excluded_by(operand)]
    return lambda value: not any(test(value) for test in excluded)


def excluded_by(operand: Any) -> Iterator[Any]:
    """Yield the matchers of which `anything-but` lets none match."""
    operator = "exactly"
    if isinstance(operand, dict):
        operator, operand = next(iter(operand.items()))
    for one in operand if isinstance(operand, list) else [operand]:
        yield {operator: one} if isinstance(one, str) else one


# --- numbers ------------------------------------------------------------------------


def is_number(value: Any) -> bool:
    """Whether a JSON value is a number; `true` is none, though Python thinks so."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def number_of(value: float) -> float | None:
    """Return a number to compare; None: a 64-bit float has other digits."""
    if isinstance(value, float):
        return value if value - value == 0 else None
    if -(2**53) <= value <= 2**53:
        return value
    from decimal import Decimal  # for the rare

    try:
        number = float(value)
    except OverflowError:
        return None
    return number if Decimal(repr(number)) == value else None


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda value, bound: bool(value == bound),
    "<": lambda value, bound: bool(value < bound),
    "<=": lambda value, bound: bool(value <= bound),
    ">": lambda value, bound: bool(value > bound),
    ">=": lambda value, bound: bool(value >= bound),
}


def _numeric(operand: list[Any]) -> Test:
    pairs = [
        (_COMPARISONS[operator], bound)
        for operator, bound in zip(operand[::2], operand[1::2], strict=True)
    ]

    def is_within(value: Any) -> bool:
        number = number_of(value) if is_number(value) else None
        return number is not None and all(test(number, bound) for test, bound in pairs)

    return is_within


# --- texts --------------------------------------------------------------------------


def _text(test: Callable[[str], object]) -> Test:
    return lambda value: isinstance(value, str) and bool(test(value))


def _prefix(operand: Any) -> Test:
    if isinstance(operand, dict):
        start = re.compile(_folded(operand["equals-ignore-case"]))
        return _text(lambda text: start.match(f'{text}"'))
    return _text(lambda text: f'{text}"'.startswith(operand))


def _suffix(operand: Any) -> Test:
    if isinstance(operand, dict):
        end = re.compile(rf"{_folded(operand['equals-ignore-case'])}\Z")
        longest = 3 * len(operand["equals-ignore-case"])  # upper("ΐ") has three letters
        return _text(lambda text: end.search(f'"{text}'[-longest:]))
    return _text(lambda text: f'"{text}'.endswith(operand))


def _equals_ignore_case(operand: str) -> Test:
    return _text(re.compile(_folded(operand)).fullmatch)


def _folded(text: str) -> str:
    """Return an expression for a text in any case, character by character.

    To event-ruler, a character is 16 bits, and one of a pair is a question mark.
    """
    forms = (
        "|".join(map(re.escape, {c.lower(): None, c.upper(): None}))
        if c <= "\uffff"
        else r"\?\?"
        for c in text
    )
    return "".join(f"(?:{form})" for form in forms)


def _wildcard(operand: str) -> Test:
    r"""Test for the operand with something for each `*`; `\*` is literal."""
    first, *rest = literals(operand)
    if not rest:
        return _exactly(first)
    *middle, last = rest

    def matches_wildcard(text: str) -> bool:
        start, end = len(first), len(text) - len(last)
        if start > end or not (text.startswith(first) and text.endswith(last)):
            return False
        for literal in middle:
            start = text.find(literal, start, end)
            if start < 0:
                return False
            start += len(literal)
        return True

    return _text(matches_wildcard)


def literals(operand: str) -> list[str]:
    """Return the texts between the `*` of a wildcard."""
    parts = [""]
    for piece in re.findall(r"\\[*\\]|.", operand, re.DOTALL):
        if piece == "*":
            parts.append("")
        else:
            parts[-1] += piece[-1]
    return parts


def _cidr(operand: str) -> Test:
    width, first, last = block_of(operand)

    def is_within(text: str) -> bool:
        address = address_of(text)
        return (
            address is not None and address[0] == width and first <= address[1] <= last
        )

    return _text(is_within)


_TESTS: dict[str, Callable[[Any], Test]] = {
    "exists": _exists,
    "anything-but": _anything_but,
    "numeric": _numeric,
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _equals_ignore_case,
    "wildcard": _wildcard,
    "cidr": _cidr,
    "exactly": _exactly,
}
