"""Source code of a function that converts a class, compiled as `dataclass` compiles `__init__`.

Nearly all payloads are valid. For these a class becomes one function without loops, paths and
explanations. It raises one of `REFUSALS` (see `codec`) for what isn't, and for what is merely
unusual: then the interpreted conversion says what is wrong, or finds that nothing is.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import ge, gt, le, lt
from typing import Any

from ..checks import Check, Convert, Found, no_less, no_more
from ..numeric import LARGEST, Integer
from ..scalars import Boolean, Choice, Spec, String

Direct = Callable[[Any], Any]
"""Converts a value, or raises one of `REFUSALS`."""
Building = dict[Any, Direct]
"""By class, those underway too: recursive ones find themselves here."""

_WRITTEN: dict[Callable[..., Any], str] = {
    le: "{limit} <= {a}",
    ge: "{a} <= {limit}",
    lt: "{limit} < {a}",
    gt: "{a} < {limit}",
    no_less: "{limit} <= len({a})",
    no_more: "len({a}) <= {limit}",
}
"""What a check is as an expression, by the function of which it is a partial with a limit."""


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
        tests = " or ".join(f"type({a}) is {self.name(kind)}" for kind in kinds)
        if len(kinds) > 1:
            tests = f"({tests})"
        return " and ".join([tests, *[self._check(holds, a) for holds, _ in checks]])

    def _check(self, holds: Any, a: str) -> str:
        function: Any = getattr(holds, "func", None)  # of a partial
        if function not in _WRITTEN:
            return f"{self.name(holds)}({a})"
        (limit,) = holds.args
        number = repr(limit) if limit - limit == 0 else self.name(limit)
        return _WRITTEN[function].format(limit=number, a=a)

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
        finite = f"-{LARGEST!r} <= {a} <= {LARGEST!r}"
        return f"{self.test(a, float, int, checks=checks)} and {finite}"

    def function(self, *statements: str, **names: object) -> Direct:
        """Return the function of `value` that consists of these statements."""
        self._names.update(names)
        body = "\n    ".join(filter(None, statements))
        # Of a specification, it contains field names, and literals made by repr().
        exec(f"def direct(value):\n    {body}", self._names)  # noqa: S102  # as dataclass does
        made: Direct = self._names["direct"]
        return made


def only_type(spec: Spec) -> type | None:
    """Return the type of values that are the same in JSON and Python, and all of them taken."""
    match spec:
        case String(form=None, checks=()):
            return str
        case Integer(checks=()):
            return int
        case Boolean():
            return bool
        case _:
            return None


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
