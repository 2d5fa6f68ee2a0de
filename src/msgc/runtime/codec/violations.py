"""What is wrong with payloads: imported when something is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..errors import MessageError
from .checks import TOO_DEEP, Found, Pending

if TYPE_CHECKING:
    from .objects import Object


class Violation:
    """One thing that is wrong with a payload, and where: `("items", 0, "sku")`."""

    __slots__ = ("message", "path")

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        self.path = path
        """Where, step by step."""
        self.message = message
        """What is wrong."""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"

    def __repr__(self) -> str:
        return f"Violation({self.path!r}, {self.message!r})"

    @property
    def where(self) -> str:
        """The place as a JSON path: `$.items[0].sku`."""
        out = "$"
        for step in self.path:
            if isinstance(step, str) and step.isidentifier():
                out += f".{step}"
            else:
                out += f"[{json.dumps(step)}]"
        return out


class InvalidPayload(MessageError, ValueError):  # it is what the payload is
    """A payload, read or about to be sent, that isn't what its schema says."""

    def __init__(self, message: str, violations: tuple[Violation, ...]) -> None:
        super().__init__(message, violations)
        self.message = message
        """The message's class."""
        self.violations = violations
        """Everything that is wrong with it."""

    def __str__(self) -> str:
        shown = "; ".join(str(violation) for violation in self.violations[:5])
        count = len(self.violations) - 5
        more = f"; and {count} more" if count > 0 else ""
        return f"{self.message} is invalid: {shown}{more}"


def violations(found: Found) -> tuple[Violation, ...]:
    """Return what conversions found, each at its path."""
    out: list[Violation] = []
    for place, message in found:
        path: list[str | int] = []
        step = place
        while step is not None:
            path.append(step[1])
            step = step[0]
        out.append(Violation(tuple(reversed(path)), message))
    return tuple(out)


def checker(specification: Object) -> Callable[[object], tuple[Violation, ...]]:
    """Return what finds what is wrong with a parsed JSON value, where there is no class."""
    convert = specification.decoder(dict, Pending())

    def check(value: object) -> tuple[Violation, ...]:
        found: Found = []
        try:
            convert(value, None, found)
        except RecursionError:
            found.append(TOO_DEEP)
        return violations(found)

    return check
