"""One pattern of ECMAScript: as Python has it, and what of it takes too long."""

from __future__ import annotations

from functools import lru_cache

from msgc.payloads.regex.backtracking import Slow, slowest
from msgc.payloads.regex.nodes import Part
from msgc.payloads.regex.parser import parse
from msgc.payloads.regex.printer import as_python
from msgc.payloads.regex.references import References


@lru_cache(maxsize=1024)  # messages share patterns: of identifiers, of currencies
def to_python(pattern: str) -> str:
    r"""Return the pattern as the runtime takes it: Python's `re`, with `\p{L}`.

    Raises `NotForPython` with the reason.
    """
    return as_python(*_read(pattern))


@lru_cache(maxsize=1024)
def slow_part(pattern: str, longest: int | None = None) -> Slow | None:
    """Return what takes too long on some text of up to so many characters."""
    return slowest(*_read(pattern), longest)


@lru_cache(maxsize=64)
def _read(pattern: str) -> tuple[Part, References]:
    expression = parse(pattern)
    return expression.root, References(expression.root, some=expression.refers)
