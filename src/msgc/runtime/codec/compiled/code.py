"""Source code of a function that converts a class, compiled as `dataclass` compiles `__init__`.

Nearly all payloads are valid. For these a class becomes one function without loops, paths and
explanations. It raises one of `REFUSALS` (see `codec`) for what isn't, and for what is merely
unusual: then the interpreted conversion says what is wrong, or finds that nothing is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..checks import Check, Convert, Found
from ..numeric import LARGEST, Integer
from ..scalars import Boolean, Choice, Spec, String

Direct = Callable[[Any], Any]
"""Converts a value, or raises one of `REFUSALS`."""
Building = dict[Any, Direct]
"""By class, those underway too: recursive ones find themselves here."""


class Code:
    """The expressions of a function, in which other values than literals have names."""

    def __init__(self, building: Building) -> None:
        self.building = building
        self._names: dict[str, Any] = {}

    def name(self, value: object) -> str:
        """Return the name by which the function calls a value."""
        name = f"n{len(self._names)}"
        self._names[name] = value
        return name

    def test(self, a: str, *kinds: type, checks: tuple[Check, ...] = ()) -> str:
        """Return the test for values of exactly these types."""
        if len(kinds) == 1:
            test = f"type({a}) is {self.name(kinds[0])}"
        else:
            test = f"type({a}) in {self.name(frozenset(kinds))}"
        return f"{test} and {self.name(_all_of(checks))}({a})" if checks else test

    def as_is(self, spec: Spec, a: str) -> str:
        """Return the test for values that are the same in JSON and Python; empty: none are."""
        match spec:
            case Integer(checks=checks):
                return self.test(a, int, checks=checks)
            case Boolean():
                return self.test(a, bool)
            case String(form=None, checks=checks):
                return self.test(a, str, checks=checks)
            case Choice(kind="a string", values=values):
                # Of equal numbers only one is the constant.
                among = frozenset(values).__contains__
                return f"{self.test(a, str)} and {self.name(among)}({a})"
            case _:
                return ""

    def number(self, checks: tuple[Check, ...], a: str) -> str:
        """Return the test for a finite number."""
        test = self.test(a, int, float, checks=checks)
        return f"{test} and -{LARGEST!r} <= {a} <= {LARGEST!r}"

    def function(self, *statements: str) -> Direct:
        """Return the function of `value` that consists of these statements."""
        body = "\n    ".join(filter(None, statements))
        # Of a specification, it contains field names, and literals made by repr().
        exec(f"def direct(value):\n    {body}", self._names)  # noqa: S102  # as dataclass does
        made: Direct = self._names["direct"]
        return made


def _all_of(checks: tuple[Check, ...]) -> Callable[[Any], object]:
    """Return what tells whether all checks hold, in one call."""
    first, *others = [holds for holds, _ in checks]
    if not others:
        return first
    rest = _all_of(checks[1:])
    return lambda value: first(value) and rest(value)


def unless(tests: list[str]) -> str:
    """Return the statement that refuses what fails a test, if there is any."""
    held = " and ".join(filter(None, tests))
    return f"if not ({held}): raise ValueError" if held else ""


def interpreted(convert: Convert) -> Direct:
    """Return the interpreted conversion, for what can't be compiled."""

    def direct(value: Any) -> Any:
        found: Found = []
        converted = convert(value, None, found)
        if found:
            raise ValueError
        return converted

    return direct


def built(target: Any, building: Building, build: Callable[[], Direct]) -> Direct:
    """Build the function of a class once; a recursive one refers to itself."""
    if target not in building:

        def recursive(value: Any) -> Any:
            return building[target](value)

        building[target] = recursive
        building[target] = build()
    return building[target]
